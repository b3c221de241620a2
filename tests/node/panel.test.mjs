// Facts about framing, captions, rulers and numbers.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { CAMERAS } from "../../assets/panel/cameras.js";
import { keptOf } from "../../assets/panel/encode.js";
import { typeset } from "../../assets/panel/formula.js";
import { apart, axesOf, boxOf, fits, fitted, inset, roundStep, standing, ticks } from "../../assets/panel/framing.js";
import { onRulers, ruler, rulersOf } from "../../assets/panel/rulers.js";
import { digitsIn, short, table } from "../../assets/panel/scale.js";
import { stl } from "../../assets/panel/stl.js";

test("ticks are round, within the range, and tell neighbours apart", () => {
  assert.deepEqual(ticks([-5, 5]).texts, ["−4", "−2", "0", "2", "4"]);
  assert.deepEqual(ticks([0, 2509]).values, [0, 500, 1000, 1500, 2000, 2500]);
  assert.deepEqual(ticks([-0.05, 0.97]).values, [0, 0.2, 0.4, 0.6, 0.8]);
  for (const range of [
    [1e6 + 0.1, 1e6 + 0.2],
    [1e-12, 3e-12],
    [-3e300, 3e300],
    [12345.678, 12345.679],
  ]) {
    const { values, texts } = ticks(range);
    assert.ok(values.length >= 2 && values.length <= 7, String(range));
    assert.equal(new Set(texts).size, texts.length, texts.join());
  }
});

test("a step is 1, 2 or 5 times a power of ten", () => {
  assert.equal(roundStep(10, 6), 2);
  assert.equal(roundStep(1, 16), 0.1);
  assert.equal(roundStep(890, 6), 200);
});

test("an end of the heights that is all but zero is zero, nothing is cut off, and a point on the peak has room", () => {
  const close = (found, wanted) => wanted.forEach((x, k) => assert.ok(Math.abs(found[k] - x) < 1e-9, `${found}`));
  close(standing([0.0035, 890]), [0, 890 + 0.03 * 889.9965]);
  close(standing([-2, -1e-9]), [-2, 0.06]);
  close(standing([-0.001, 1]), [-0.001, 1.03003]);
  close(standing([5, 6]), [5, 6.03]);
});

test("margins give both axes of a map one scale, as long as the window is no strip", () => {
  const least = { l: 42, r: 10, t: 6, b: 44 };
  const size = { width: 452, height: 350 };
  for (const window of [
    [-5, 5, -5, 5],
    [0, 1, 0, 2],
    [-3.5, 3.5, -2.5, 2.5],
  ]) {
    const { l, r, t, b } = inset(size, window, least);
    const across = (size.width - l - r) / (window[1] - window[0]);
    const up = (size.height - t - b) / (window[3] - window[2]);
    assert.ok(Math.abs(across / up - 1) < 1e-12);
    assert.ok(l >= least.l && r >= least.r && t >= least.t && b >= least.b);
    assert.ok(Math.abs(l + r - 52) < 1e-9 || Math.abs(t + b - 50) < 1e-9, "one side is used to the full");
  }
  assert.deepEqual(inset(size, [0, 1, 0, 100], least), least);
  assert.deepEqual(inset({ width: 0, height: 0 }, [0, 1, 0, 1], least), least);
});

test("a camera stays while all that changes is a label, and goes where it is sent", () => {
  const window = [0, 12, 0, 12];
  const size = { width: 518, height: 460 };
  const box = boxOf(window);
  const axes = axesOf(window, [-1, 1.2]);
  const first = fitted(CAMERAS.Oblique, box, axes, size);
  assert.ok(fits(first, CAMERAS.Oblique, box, axesOf(window, [-1, 1.3]), size));
  assert.ok(!fits(first, CAMERAS.Top, box, axes, size));
  assert.ok(!fits(first, CAMERAS.Oblique, box, axes, { width: 400, height: 400 }));
  assert.ok(!fits(first, CAMERAS.Oblique, box, axes, { width: 800, height: 800 }));
});

test("tick labels that would lie on one another give way, and no others", () => {
  const window = [-2, 2, -1, 3];
  const size = { width: 518, height: 460 };
  const box = boxOf(window);
  const axes = axesOf(window, [0, 2509]);
  for (const camera of Object.values(CAMERAS)) {
    const placed = fitted(camera, box, axes, size);
    const kept = apart(placed, box, axes, size);
    assert.deepEqual(kept[0], { values: axes[0].values, texts: axes[0].texts });
    for (const { values, texts } of kept) assert.equal(values.length, texts.length);
  }
  const oblique = apart(fitted(CAMERAS.Oblique, box, axes, size), box, axes, size);
  assert.deepEqual(oblique[1].texts, ["−1", "0", "1", "2", "3"]);
  assert.deepEqual(oblique[2].texts, ["500", "1000", "1500", "2000", "2500"]);
});

test("words of the language keep their blanks in a caption", () => {
  const said = (formula) =>
    typeset(formula)
      .map(({ markup }) => markup)
      .join("");
  assert.equal(said("if(u<0 and v>1,u,v)"), "if(<i>u</i> &lt; 0 and <i>v</i> &gt; 1, <i>u</i>, <i>v</i>)");
  assert.equal(said("if(not u<0,1,2)"), "if(not <i>u</i> &lt; 0, 1, 2)");
  assert.equal(said("a=3;a*u"), "<i>a</i> = 3; <i>a</i>·<i>u</i>");
});

test("a number is its own place on an axis that single precision bears", () => {
  for (const ends of [
    [-5, 5],
    [0, 1e-6],
    [-3e20, 2e20],
    [999, 1001],
  ])
    assert.equal(ruler(ends), Number, String(ends));
});

test("elsewhere the ends of an axis are -1 and 1, and its middle is told from its neighbours", () => {
  for (const [low, high] of [
    [1e6, 1e6 + 1],
    [1, 1.000001],
    [-1e300, 1e300],
    [-4e307, 4e307],
    [0, 3e-300],
    [1e12, 1e12 + 1e-3],
  ]) {
    const place = ruler([low, high]);
    assert.deepEqual(
      [low, high].map((x) => Math.fround(place(x))),
      [-1, 1],
      `${low} ${high}`,
    );
    assert.ok(Math.abs(place(low / 2 + high / 2)) < 0.02);
  }
});

test("a trace moves to its places with its gaps, and stays itself where nothing moves", () => {
  const trace = {
    x: [1e6, null, 1e6 + 1],
    y: [0, null, 1],
    z: [
      [0, 2],
      [NaN, 1],
    ],
    mode: "lines",
  };
  assert.equal(onRulers(trace, rulersOf([-1, 1, -1, 1], [0, 2])), trace);
  assert.deepEqual(onRulers(trace, rulersOf([1e6, 1e6 + 1, 0, 1], [0, 2])), { ...trace, x: [-1, null, 1] });
});

test("a coordinate has the digits that its window needs", () => {
  assert.equal(short(0.123456, digitsIn([-5, 5])), "0.12346");
  assert.equal(short(1e6 + 0.25, digitsIn([1e6, 1e6 + 1])), "1000000.25");
  assert.equal(short(1.00000025, digitsIn([1, 1.000001])), "1.00000025");
  assert.equal(short(-2.5e300, digitsIn([-3e300, 3e300])), "−2.5·10³⁰⁰");
});

test("a GIF shows no colour of a diverging scale as one of the other sign", async () => {
  const { vik, berlin } = JSON.parse(await readFile(new URL("../../assets/colour_scales.json", import.meta.url)));
  for (const stops of [vik, berlin]) {
    const colours = table(stops);
    const kept = keptOf([stops]);
    const side = (k, count) => Math.sign(k - (count - 1) / 2);
    for (let k = 0; k < 256; k++) {
      const colour = colours.subarray(3 * k, 3 * k + 3);
      const far = kept.map((other) => Math.hypot(...other.map((x, c) => x - colour[c])));
      assert.equal(side(far.indexOf(Math.min(...far)), kept.length), side(k, 256), `colour ${k}`);
    }
  }
});

test("a solid says what it is, and in no way that readers take for text", async () => {
  const bytes = new Uint8Array(
    await stl({ u: [0, 1], v: [0, 1], f: [0, 1, 1, 2] }, [0, 2], 1, "f = u^2−v^2, window −1,1").arrayBuffer(),
  );
  assert.match(new TextDecoder().decode(bytes.subarray(0, 80)), /^f = u\^2-v\^2, window -1,1/);
  assert.equal(new DataView(bytes.buffer).getUint32(80, true), (bytes.length - 84) / 50);
});
