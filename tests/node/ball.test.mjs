// Facts about a geodesic ball that is cut at a radius between those that were sent.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Ball } from "../../assets/panel/ball.js";

const RAYS = 8;
const RADII = [0, 1, 2];
const ANGLES = Array.from({ length: RAYS }, (_, k) => (2 * Math.PI * k) / RAYS);

/** A disc about (10, 20), each ray cut at its stop. */
function disc(radius, stops = ANGLES.map(() => Infinity)) {
  const along = (angle, stop) =>
    RADII.map((r) => Math.min(r, Math.abs(stop))).flatMap((s) => [10 + s * Math.cos(angle), 20 + s * Math.sin(angle)]);
  const values = ANGLES.flatMap((angle, k) => along(angle, stops[k]));
  return new Ball({ points: { shape: [RAYS, RADII.length], values }, values: stops, radii: RADII }, radius);
}

const far = ([u, v]) => Math.hypot(u - 10, v - 20);
const close = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-12, `${found} is not ${wanted}`);
/** The points of curves, without the gaps between them. */
const pairs = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]).filter(([u]) => !Number.isNaN(u));

test("a point of a ray lies at its length, up to the last radius and no farther", () => {
  for (const length of [0, 0.25, 1, 1.5, 2]) close(far(disc(2).at(3, length)), length);
  close(far(disc(2).at(3, 5)), 2);
  close(far(disc(2).at(3, -1)), 0);
});

test("a ray that is cut ends where it is cut, whatever the length", () => {
  const cut = disc(2, [1.5, ...ANGLES.slice(1).map(() => Infinity)]);
  for (const [length, wanted] of [
    [1.2, 1.2],
    [1.25, 1.25],
    [1.5, 1.5],
    [1.9, 1.5],
    [9, 1.5],
  ])
    close(far(cut.at(0, length)), wanted);
  close(far(cut.at(1, 1.9)), 1.9);
});

test("the edge is closed; the rim is its part at the radius, the cut locus the part where rays are cut", () => {
  const edge = pairs(disc(1.25).edge);
  assert.equal(edge.length, RAYS + 1);
  assert.deepEqual(edge[0], edge.at(-1));
  for (const point of edge) close(far(point), 1.25);
  assert.deepEqual(pairs(disc(1.25).rim), edge);
  assert.deepEqual(disc(1.25).cut, []);
  const small = disc(
    2,
    ANGLES.map((_, k) => (k < 2 ? 0.05 : Infinity)),
  );
  assert.deepEqual(
    pairs(small.cut).map((point) => far(point).toFixed(9)),
    ["0.050000000", "0.050000000"],
  );
  assert.equal(pairs(small.rim).length, RAYS, "all but the piece between the two");
});

test("rays that end with the function are no cut locus", () => {
  assert.deepEqual(
    disc(
      2,
      ANGLES.map(() => -0.05),
    ).cut,
    [],
  );
});

test("the ball's triangles lie over the heights and leave out what has none", () => {
  const { x, y, z, i, j, k } = disc(2).mesh((u, v) => (u > 10.001 ? NaN : u + v));
  assert.equal(x.length, 9 * RAYS);
  assert.ok(i.length > 0 && i.length < 2 * 8 * RAYS);
  for (const at of [...i, ...j, ...k]) close(z[at], x[at] + y[at]);
});
