// A zero curve between the points that Python sent: more points, put where the field really is
// zero. It is then a curve at any size.

import { opposite } from "./zero.js";

const PARTS = 6;
const STEPS = 6;

/**
 * The curve with each of its pieces in parts, all points moved across the curve to the zero; they
 * stay where none is near.
 * @param {ArrayLike<number>} points u, v, one after the other, with NaN between curves
 * @param {(u: number, v: number) => number} value of the field
 * @param {number[]} window whose sides are the measure of lengths
 */
export function refined(points, value, [u0, u1, v0, v1]) {
  const found = [];
  const [wide, high] = [u1 - u0, v1 - v0];
  const at = (k) => [points[k] / wide, points[k + 1] / high];
  const reach = longest(points, at) / 2;
  /** @param {number[]} place @param {number[]} way of the curve there */
  const move = ([x, y], [dx, dy]) => {
    const size = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [(-reach * dy) / size, (reach * dx) / size];
    const s = zero((t) => value((x + t * nx) * wide, (y + t * ny) * high));
    found.push((x + s * nx) * wide, (y + s * ny) * high);
  };
  for (let k = 0; k + 1 < points.length; k += 2) {
    const [before, here, after] = [at(k - 2), at(k), at(k + 2)];
    const to = difference(after, here);
    const from = difference(here, before);
    // beside a gap one of `to` and `from` is NaN
    if (Number.isNaN(here[0])) found.push(NaN, NaN);
    else move(here, [(to[0] || 0) + (from[0] || 0), (to[1] || 0) + (from[1] || 0)]);
    if (!(Math.hypot(...to) > 0)) continue;
    for (let part = 1; part < PARTS; part++)
      move([here[0] + (part / PARTS) * to[0], here[1] + (part / PARTS) * to[1]], to);
  }
  return Float64Array.from(found);
}

const difference = (p, q) => [p[0] - q[0], p[1] - q[1]];

function longest(points, at) {
  let most = 0;
  for (let k = 0; k + 3 < points.length; k += 2) {
    const size = Math.hypot(...difference(at(k + 2), at(k)));
    if (size > most) most = size;
  }
  return most;
}

/**
 * A zero between −1 and 1 by false position with halving (Illinois), or 0 if the ends do not tell
 * one.
 */
function zero(value) {
  let [a, b] = [-1, 1];
  let [p, q] = [value(a), value(b)];
  let side = 0;
  if (!opposite(p, q)) return 0;
  for (let step = 0; step < STEPS; step++) {
    const x = (a * q - b * p) / (q - p);
    const r = value(x);
    if (!Number.isFinite(r)) return 0;
    if (r * q > 0) {
      [b, q] = [x, r];
      if (side === 1) p /= 2;
      side = 1;
    } else {
      [a, p] = [x, r];
      if (side === -1) q /= 2;
      side = -1;
    }
  }
  return Math.abs(p) < Math.abs(q) ? a : b;
}
