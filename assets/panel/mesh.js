// The surface as vertices: as many as a side needs, and moved onto the curve where the colours
// change sign, so that this border is as clean as the curve.

import { grows, opposite } from "./zero.js";

/**
 * Vertices of a grid, moved along their row or column by at most half a cell.
 *
 * The first row keeps its u and the first column its v: Plotly takes these for the spacing of the
 * grid, and refines a grid that it finds uneven.
 *
 * @param {{u: ArrayLike<number>, v: ArrayLike<number>}} grid
 * @param {ArrayLike<number>} z a field, row by row, whose change of sign is the border
 * @returns {{x: Float64Array, y: Float64Array, moved: number[]}} the place of each vertex, and
 * which lie on the border now
 */
export function ontoBorder({ u, v }, z) {
  const n = u.length;
  const m = v.length;
  const shifts = new Map();
  const offer = (k, along, share) => {
    const j = k % n;
    const i = (k - j) / n;
    const fixed = along ? j === 0 || i === 0 || i === m - 1 : i === 0 || j === 0 || j === n - 1;
    if (!fixed && !(Math.abs(shifts.get(k)?.share) <= Math.abs(share))) shifts.set(k, { along, share });
  };
  const look = (k, step, along, index, count) => {
    if (!opposite(z[k], z[k + step]) || grows(z, k, step, index, count)) return;
    const share = z[k] / (z[k] - z[k + step]);
    if (share <= 0.5) offer(k, along, share);
    else offer(k + step, along, share - 1);
  };
  for (let i = 0, k = 0; i < m; i++) {
    for (let j = 0; j < n; j++, k++) {
      if (j < n - 1) look(k, 1, 0, j, n);
      if (i < m - 1) look(k, n, 1, i, m);
    }
  }
  const x = Float64Array.from({ length: n * m }, (_, k) => u[k % n]);
  const y = Float64Array.from({ length: n * m }, (_, k) => v[Math.floor(k / n)]);
  for (const [k, { along, share }] of shifts) {
    if (along) y[k] += share * ((v[m - 1] - v[0]) / (m - 1));
    else x[k] += share * ((u[n - 1] - u[0]) / (n - 1));
  }
  return { x, y, moved: [...shifts.keys()] };
}
