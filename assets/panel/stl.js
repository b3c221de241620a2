// The surface as a solid for a 3-D printer: the graph above a flat base, 100 mm wide, in binary
// STL.

const WIDTH = 100;
const BASE = 4;
/**
 * Bytes at the beginning of the file that are free; readers take a file that begins with "solid"
 * for one of text.
 */
const HEAD = 80;

/**
 * @param {{u: number[], v: number[], f: ArrayLike<number>}} surface row by row; a cell with an
 * undefined corner is left out
 * @param {[number, number]} heights between which f is cut
 * @param {number} depth of the solid beside its width
 * @param {string} words about it, of which the file keeps the first 80 letters
 */
export function stl({ u, v, f }, [low, high], depth, words) {
  const n = u.length;
  const m = v.length;
  const triangles = [];
  const top = (j, i) => {
    const height = Math.min(high, Math.max(low, f[i * n + j]));
    return [(WIDTH * j) / (n - 1), (WIDTH * depth * i) / (m - 1), BASE + (WIDTH / 2) * ((height - low) / (high - low))];
  };
  const bottom = (j, i) => [(WIDTH * j) / (n - 1), (WIDTH * depth * i) / (m - 1), 0];
  const quad = (a, b, c, d) => triangles.push([a, b, c], [a, c, d]);
  const there = (j, i) =>
    j >= 0 &&
    i >= 0 &&
    j < n - 1 &&
    i < m - 1 &&
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].every(([s, t]) => Number.isFinite(f[(i + t) * n + j + s]));
  for (let i = 0; i < m - 1; i++) {
    for (let j = 0; j < n - 1; j++) {
      if (!there(j, i)) continue;
      quad(top(j, i), top(j + 1, i), top(j + 1, i + 1), top(j, i + 1));
      quad(bottom(j, i), bottom(j, i + 1), bottom(j + 1, i + 1), bottom(j + 1, i));
      const wall = (a, b) => quad(bottom(...a), bottom(...b), top(...b), top(...a));
      if (!there(j, i - 1)) wall([j, i], [j + 1, i]);
      if (!there(j + 1, i)) wall([j + 1, i], [j + 1, i + 1]);
      if (!there(j, i + 1)) wall([j + 1, i + 1], [j, i + 1]);
      if (!there(j - 1, i)) wall([j, i + 1], [j, i]);
    }
  }
  return written(triangles, words);
}

function written(triangles, words) {
  const view = new DataView(new ArrayBuffer(HEAD + 4 + 50 * triangles.length));
  new TextEncoder().encodeInto(
    words.replaceAll("−", "-").replace(/[^ -~]/g, "?"),
    new Uint8Array(view.buffer, 0, HEAD),
  );
  view.setUint32(HEAD, triangles.length, true);
  triangles.forEach((corners, k) => {
    [normal(corners), ...corners].flat().forEach((x, c) => view.setFloat32(HEAD + 4 + 50 * k + 4 * c, x, true));
  });
  return new Blob([view.buffer], { type: "model/stl" });
}

function normal([a, b, c]) {
  const [p, q, r] = a.map((x, k) => b[k] - x);
  const [s, t, w] = a.map((x, k) => c[k] - x);
  const cross = [q * w - r * t, r * s - p * w, p * t - q * s];
  const size = Math.hypot(...cross) || 1;
  return cross.map((x) => x / size);
}
