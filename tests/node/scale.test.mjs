// Facts about colour scales, and the words and bars that go with them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bar, barTitle, percent, positions, recut, rgb, short, table } from "../../assets/panel/scale.js";

const close = (found, wanted, within = 1e-6) =>
  wanted.forEach((x, k) => assert.ok(Math.abs(found[k] - x) < within, `${found}`));

test("a diverging scale has zero in its middle, is odd about it, and ends at its limits", () => {
  const scale = { low: -100, limit: 100, unit: 1, zero: 0 };
  const share = Math.asinh(10) / Math.asinh(100) / 2;
  close(positions([-1e300, -100, -10, 0, 10, 100, 1e300], scale), [0, 0, 0.5 - share, 0.5, 0.5 + share, 1, 1]);
  assert.ok(Number.isNaN(positions([NaN], scale)[0]));
});

test("a one-sided scale begins at its own zero, wherever that lies", () => {
  const scale = { low: 50, limit: 150, unit: 10, zero: 50 };
  close(positions([0, 50, 60, 150], scale), [0, 0, Math.asinh(1) / Math.asinh(10), 1]);
  const moved = { low: -7, limit: 13, unit: 2, zero: -7 };
  close(positions([-7, -5, 13], moved), [0, Math.asinh(1) / Math.asinh(10), 1]);
});

test("256 colours go from the first stop to the last in straight lines", () => {
  const colours = table(["#000000", "rgb(10, 20, 30)", "#ffffff"]);
  assert.deepEqual([...colours.subarray(0, 3)], [0, 0, 0]);
  assert.deepEqual([...colours.subarray(3 * 64, 3 * 64 + 3)], [5, 10, 15]);
  assert.deepEqual([...colours.subarray(3 * 255)], [255, 255, 255]);
  assert.deepEqual(rgb("#0a141e"), rgb("rgb(10,20,30)"));
});

test("a number is written with a true minus, and as what it is where it is none", () => {
  assert.deepEqual(
    [NaN, Infinity, -Infinity, -0.5, 0].map((x) => short(x)),
    ["undefined", "∞", "−∞", "−0.5", "0"],
  );
  assert.equal(short(0.00012345, 3), "1.23·10⁻⁴");
  assert.equal(short(0.00002, 4), "2·10⁻⁵");
  assert.equal(short(1234567, 4), "1.235·10⁶");
});

test("a scale that is held says how much of the new fields lies beyond it", () => {
  const { S } = recut({ S: { low: -1, limit: 1, unit: 1 } }, { S: Float64Array.of(-2, -1, 0, 1, 3, NaN, 0.5, 0) });
  close([S.clipped], [2 / 7]);
  assert.deepEqual([0.001, 0.125, 1].map(percent), ["< 1 %", "13 %", "100 %"]);
});

test("a bar carries the true values at the places of their colours, and a name that fits", () => {
  const measure = {
    name: "S",
    symbol: "<i>S</i>",
    clipped: 0.5,
    ticks: [
      [0, "−1"],
      [1, "1"],
    ],
  };
  const palette = { text: "#000", line: "#111" };
  assert.deepEqual(bar(measure, palette, 200).tickvals, [0, 1]);
  assert.deepEqual(bar(measure, palette, 200).ticktext, ["−1", "1"]);
  assert.equal(barTitle(measure, palette, 400).text, "S <i>S</i> (asinh scale, 50 % beyond)");
  assert.equal(barTitle(measure, palette, 100).text, "<i>S</i> (asinh)");
  assert.equal(barTitle(measure, palette, 10).text, "<i>S</i>");
});
