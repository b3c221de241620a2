// Facts about zero curves, and about the vertices that are moved onto them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ontoBorder } from "../../assets/panel/mesh.js";
import { refined } from "../../assets/panel/smooth.js";
import { zeroCurves, zeroField } from "../../assets/panel/zero.js";

const N = 41;
const axis = Float64Array.from({ length: N }, (_, k) => -1 + k / 20);
const field = (f) => Float64Array.from({ length: N * N }, (_, k) => f(axis[k % N], axis[Math.floor(k / N)]));
const points = (curve) =>
  Array.from({ length: curve.length / 2 }, (_, k) => [-1 + curve[2 * k] / 20, -1 + curve[2 * k + 1] / 20]);

test("a closed zero curve is one polyline that ends where it began", () => {
  const curves = zeroCurves(
    field((u, v) => u * u + v * v - 0.5),
    N,
    N,
  );
  assert.equal(curves.length, 1);
  assert.deepEqual(curves[0].slice(0, 2), curves[0].slice(-2));
  for (const [u, v] of points(curves[0])) assert.ok(Math.abs(Math.hypot(u, v) - Math.SQRT1_2) < 2e-3);
});

test("an open zero curve runs from edge to edge in one piece", () => {
  const [curve, ...others] = zeroCurves(
    field((u, v) => v - 0.3 * u - 0.11),
    N,
    N,
  );
  const ends = [points(curve)[0], points(curve).at(-1)];
  assert.equal(others.length, 0);
  assert.deepEqual(
    ends.map(([u]) => Math.abs(u)),
    [1, 1],
  );
});

test("two zero curves that cross are drawn through each other, and not as two bends", () => {
  const curves = zeroCurves(
    field((u, v) => (u - 0.013) * (v + 0.021)),
    N,
    N,
  ).map(points);
  assert.equal(curves.length, 2);
  for (const curve of curves) {
    const spans = [0, 1].map((c) => Math.max(...curve.map((p) => p[c])) - Math.min(...curve.map((p) => p[c])));
    assert.ok(Math.max(...spans) > 1.99 && Math.min(...spans) < 0.01, "each goes straight on");
  }
});

test("two zero curves that only come near each other stay apart", () => {
  const curves = zeroCurves(
    field((u, v) => (u - 0.013) * (v + 0.021) - 0.02),
    N,
    N,
  );
  assert.equal(curves.length, 2);
  for (const curve of curves.map(points)) assert.ok(curve.every(([u, v]) => (u - 0.013) * (v + 0.021) > 0));
});

test("a pole is no zero, and nothing is drawn beside undefined points", () => {
  assert.deepEqual(
    zeroCurves(
      field((u) => 1 / (u - 0.013)),
      N,
      N,
    ),
    [],
  );
  assert.deepEqual(
    zeroCurves(
      field(() => NaN),
      N,
      N,
    ),
    [],
  );
});

test("S is zero where its determinant is, which straight lines find", () => {
  const g = (u) => 30 * (u - 0.21);
  const found = zeroField({ S: field((u) => (2 * (u - 0.21)) / (1 + g(u) ** 2) ** 2), gradient: field(g) }, "S");
  for (let k = 0; k < N * N; k++) assert.ok(Math.abs(found[k] - 2 * (axis[k % N] - 0.21)) < 1e-12);
});

test("vertices move onto the border by half a cell at most, and leave no edge across it", () => {
  const f = (u, v) => u * u + 0.7 * v * v - 0.31;
  const z = field(f);
  const { x, y, moved } = ontoBorder({ u: axis, v: axis }, z);
  assert.ok(moved.length > 40);
  for (const k of moved) {
    assert.ok(Math.abs(f(x[k], y[k])) < 2e-3, "it lies on the curve");
    assert.ok(Math.hypot(x[k] - axis[k % N], y[k] - axis[Math.floor(k / N)]) <= 0.025 + 1e-12);
  }
  const on = new Set(moved);
  const across = (a, b) => z[a] * z[b] < 0 && !on.has(a) && !on.has(b);
  for (let k = 0; k < N * (N - 1); k++) assert.ok(!across(k, k + N) && (k % N === N - 1 || !across(k, k + 1)));
});

test("the first row keeps its u, the first column its v, and the rim its place, wherever the border runs", () => {
  for (const f of [(u, v) => u - 0.31 * v - 0.013, (u, v) => v - 0.31 * u - 0.013, (u, v) => u + v + 1.93]) {
    const { x, y } = ontoBorder({ u: axis, v: axis }, field(f));
    for (let k = 0; k < N; k++) {
      assert.equal(x[k], axis[k]);
      assert.equal(y[k * N], axis[k]);
      for (const [found, wanted] of [
        [y[k], -1],
        [y[N * (N - 1) + k], 1],
        [x[k * N], -1],
        [x[k * N + N - 1], 1],
      ])
        assert.equal(found, wanted);
    }
  }
});

test("a field without a change of sign moves nothing", () => {
  assert.deepEqual(
    ontoBorder(
      { u: axis, v: axis },
      field((u) => 1 + u * u),
    ).moved,
    [],
  );
  assert.deepEqual(ontoBorder({ u: axis, v: axis }, []).moved, []);
  assert.deepEqual(
    ontoBorder(
      { u: axis, v: axis },
      field((u) => 1 / (u - 0.013)),
    ).moved,
    [],
  );
});

test("tiny fields have borders and zero curves like large ones", () => {
  const f = (u, v) => u * u + v * v - 0.31;
  const tiny = field((u, v) => 1e-170 * f(u, v));
  assert.deepEqual(ontoBorder({ u: axis, v: axis }, tiny).moved, ontoBorder({ u: axis, v: axis }, field(f)).moved);
  assert.equal(zeroCurves(tiny, N, N).length, 1);
});

test("a cell is crossed where the field is zero on each of its sides, and by two curves at a saddle", () => {
  const cell = (a, b, d, c) => zeroCurves(Float64Array.of(a, b, d, c), 2, 2);
  assert.deepEqual(cell(1, -3, 1, -1), [[0.25, 0, 0.5, 1]]); // bottom to top
  assert.deepEqual(cell(1, 1, -3, -1), [[1, 0.5, 0, 0.25]]); // right to left
  assert.deepEqual(cell(-1, 1, -1, -3), [[0.5, 0, 1, 0.25]]); // bottom to right
  assert.deepEqual(cell(-1, -1, 3, -1), [[0.75, 1, 0, 0.25]]); // top to left
  const ends = cell(5, -1, -1, 5).map((curve) => curve.map((x) => Number(x.toFixed(3))));
  assert.deepEqual(ends.flat(), [0.833, 0, 1, 0.167, 0.167, 1, 0, 0.833]);
});

test("a field that jumps through infinity along a row or a column has no zero there", () => {
  for (const jump of [(u) => 1 / (u - 0.013), (_, v) => 1 / (v - 0.013)])
    assert.deepEqual(zeroCurves(field(jump), N, N), []);
  assert.equal(
    zeroCurves(
      field((u) => u - 0.013),
      N,
      N,
    ).length,
    1,
  );
});

test("a coarse zero curve becomes a fine one, with its gaps, and stays where nothing is zero", () => {
  const coarse = [...[0, 1, 2].flatMap((k) => [Math.cos(k / 2), Math.sin(k / 2)]), NaN, NaN];
  for (const [power, within] of [
    [1, 1e-4],
    [3, 1e-4],
    [-3, 1e-3],
  ]) {
    const fine = refined(coarse, (u, v) => (u * u + v * v) ** power - 1, [-2, 2, -2, 2]);
    assert.equal(fine.length, 2 * (3 + 2 * 5 + 1));
    for (let k = 0; k < fine.length - 2; k += 2) assert.ok(Math.abs(Math.hypot(fine[k], fine[k + 1]) - 1) < within);
    assert.ok(Number.isNaN(fine.at(-1)));
  }
  const still = refined([0, 0, 1, 0], () => 1, [0, 1, 0, 1]);
  assert.deepEqual(
    [...still].filter((_, k) => k % 2),
    [0, 0, 0, 0, 0, 0, 0],
  );
});
