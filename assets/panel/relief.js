// The surface as numbers: thinned to what WebGL draws quickly, and its level lines.

import { roundStep } from "./framing.js";

/** At most `side` points along each side of the fields, with the coordinates they really have. */
export function thinned({ nU, nV, f }, [u0, u1, v0, v1], side) {
  const some = (n) =>
    Array.from({ length: Math.min(n, side) }, (_, i) => Math.round((i * (n - 1)) / (Math.min(n, side) - 1)));
  const columns = some(nU);
  const lines = some(nV);
  const at = (values) =>
    Float64Array.from(
      { length: columns.length * lines.length },
      (_, k) => values[lines[Math.floor(k / columns.length)] * nU + columns[k % columns.length]],
    );
  const rows = (values) => lines.map((_, i) => values.subarray(i * columns.length, (i + 1) * columns.length));
  return {
    u: columns.map((j) => u0 + (j * (u1 - u0)) / (nU - 1)),
    v: lines.map((i) => v0 + (i * (v1 - v0)) / (nV - 1)),
    at,
    rows,
    f: at(f),
  };
}

/**
 * The heights where there is a colour, and those about the places where there is a height but no
 * colour (null if nowhere): two surfaces that meet.
 */
export function parted(height, colour, columns) {
  const lacks = (k) => colour[k] !== colour[k] && height[k] === height[k];
  if (!height.some((_, k) => lacks(k))) return { coloured: height, bare: null };
  const bare = new Float64Array(height.length).fill(NaN);
  for (let k = 0; k < height.length; k++) {
    if (!lacks(k)) continue;
    for (let row = -1; row <= 1; row++) {
      for (let step = k % columns ? -1 : 0; step <= ((k + 1) % columns ? 1 : 0); step++) {
        const near = k + row * columns + step;
        if (near >= 0 && near < height.length) bare[near] = height[near];
      }
    }
  }
  return { coloured: height.map((z, k) => (lacks(k) ? NaN : z)), bare };
}

/** Level lines at round heights, at most sixteen, on a ruler. */
export function levels([low, high], place, color) {
  const step = roundStep(high - low, 16);
  const first = Math.ceil(low / step) * step;
  const start = place(first);
  return {
    show: true,
    start,
    end: place(high),
    size: place(first + step) - start,
    color,
    width: 1,
    highlight: false,
    usecolormap: false,
  };
}
