// Facts about a drag: the message, the fields that the browser computes, and the pictures of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { Drag } from "../../assets/panel/drag.js";
import { between, Evaluator, linspace, mayCompile } from "../../assets/panel/field.js";
import { heatmap, pictureBox } from "../../assets/panel/heatmap.js";
import { unpack } from "../../assets/panel/message.js";
import { onStep } from "../../assets/panel/sliders.js";

/** Packs numbers as message.py does: differences, folded, in four planes. */
function planes(numbers) {
  const bits = new Int32Array(Float32Array.from(numbers).buffer);
  const bytes = new Uint8Array(4 * bits.length);
  bits.forEach((word, k) => {
    const difference = (word - (k ? bits[k - 1] : 0)) | 0;
    const folded = (difference << 1) ^ (difference >> 31);
    for (let plane = 0; plane < 4; plane++) bytes[plane * bits.length + k] = folded >>> (8 * plane);
  });
  return bytes;
}

test("a message gives back its header and its arrays, of both precisions", async () => {
  const arrays = [
    { name: "f", shape: [2, 2], start: 0 },
    { name: "far", shape: [2], start: 0, double: true },
    { name: "overlay0", shape: [1, 2], start: 4 },
  ];
  const header = new TextEncoder().encode(JSON.stringify({ title: "∇", singles: 6, arrays }));
  const length = new Uint8Array(Uint32Array.of(header.length).buffer);
  const singles = planes([1, -2.5, NaN, 1e30, 7, -0]);
  const doubles = new Uint8Array(Float64Array.of(1 / 3, 1e300).buffer);
  const message = await unpack(new Uint8Array(deflateSync(Buffer.concat([length, header, singles, doubles]))));
  assert.equal(message.header.title, "∇");
  assert.deepEqual([...message.arrays.f.values], [1, -2.5, NaN, Math.fround(1e30)]);
  assert.deepEqual([...message.arrays.far.values], [1 / 3, 1e300]);
  assert.deepEqual(message.arrays.overlay0, { shape: [1, 2], values: Float32Array.of(7, -0) });
});

test("fields between the points of a grid are bilinear, and undefined outside", () => {
  const values = Float64Array.of(0, 1, 2, 10, 11, 12);
  const at = (u, v) => between(values, 3, 2, [0, 4, -1, 1], u, v);
  assert.deepEqual([at(0, -1), at(4, 1), at(3, 0), at(1, 0.5)], [0, 12, 6.5, 8]);
  for (const [u, v] of [
    [-0.1, 0],
    [4.1, 0],
    [0, -1.1],
    [0, 1.1],
    [NaN, 0],
  ])
    assert.ok(Number.isNaN(at(u, v)));
});

test("a grid ends exactly at its ends", () => {
  assert.deepEqual(
    [...linspace(-0.1, 0.3, 5)].map((x) => x.toFixed(12)),
    ["-0.1", "0", "0.1", "0.2", "0.3"].map((x) => Number(x).toFixed(12)),
  );
  assert.equal(linspace(0, 0.7, 4).at(-1), 0.7);
});

test("a printed formula is computed row by row, its parameters in their order, into arrays of its own", () => {
  const body =
    "for (let i = 0, k = 0; i < v.length; i++) for (let j = 0; j < u.length; j++, k++) out.f[k] = p[0] * u[j] + p[1] * v[i];";
  const evaluator = new Evaluator(body, ["b", "a"], { f: {}, half: { multiple: ["f", 0.5] } });
  assert.ok(mayCompile());
  assert.deepEqual(evaluator.at(2, 3, { a: 10, b: 1 }), { f: 32, half: 16 });
  const fields = evaluator.fields([0, 1, 0, 2], 2, 3, { a: 10, b: 1 });
  assert.deepEqual([...fields.f], [0, 1, 10, 11, 20, 21]);
  assert.deepEqual([...fields.half], [0, 0.5, 5, 5.5, 10, 10.5]);
  assert.equal(evaluator.fields([0, 1, 0, 2], 2, 3, { a: 0, b: 0 }).f, fields.f);
  assert.notEqual(evaluator.fields([0, 1, 0, 2], 3, 2, { a: 0, b: 0 }).f, fields.f);
});

test("the picture of a grid reaches half a cell beyond the window, so that each cell lies about its point", () => {
  const area = { x: (u) => 100 * u, y: (v) => 100 - 100 * v };
  const { left, top, width, height } = pictureBox({ window: [0, 1, 0, 1] }, { nU: 11, nV: 6 }, area);
  const close = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-9, `${found}`);
  [
    [left, -5],
    [top, -10],
    [width, 110],
    [height, 120],
  ].forEach(([found, wanted]) => close(found, wanted));
  close(left + (width * 3.5) / 11, area.x(0.3));
});

test("a heatmap has the places of its fields' points, row by row", () => {
  const measures = { f: { low: 0, limit: 1, unit: 1, zero: 0 } };
  const header = { window: [0, 2, 5, 6], measures, palette: { one_sided: ["#000000", "#ffffff"] } };
  const trace = heatmap({ nU: 3, nV: 2, f: Float64Array.of(0, 0, 0, 1, 1, 1) }, "f", header);
  assert.deepEqual([trace.x0, trace.dx, trace.y0, trace.dy], [0, 1, 5, 1]);
  assert.deepEqual(
    trace.z.map((row) => [...row]),
    [
      [0, 0, 0],
      [1, 1, 1],
    ],
  );
});

test("a formula too heavy for a frame gets fewer points, down to a least number, and all again at the next drag", () => {
  const drag = new Drag(/** @type {any} */ ({}));
  const full = drag.side;
  for (let k = 0; k < 3; k++) drag.pace(1000);
  drag.pace(1);
  assert.equal(drag.side, full, "one quick frame shows that the others were slowed down by something else");
  for (let k = 0; k < 100; k++) drag.pace(1000);
  assert.equal(drag.side, 48);
  drag.start();
  assert.equal(drag.side, full);
});

test("a played slider stays on its steps and never passes its end", () => {
  const slider = { low: -1, high: 1, step: 0.3 };
  assert.equal(onStep(slider, -0.68), -0.7);
  assert.equal(onStep(slider, 0.1), 0.2);
  assert.equal(onStep(slider, 1), 1);
  assert.equal(onStep({ low: 0, high: 1, step: 0.1 }, 0.30001), 0.3);
});
