// The curve on which a field is zero, by marching squares: what the maps show while a slider is dragged.

/**
 * Segments [x0, y0, x1, y1, …] in cells of the grid. Nothing is drawn beside undefined corners, nor where the field jumps through infinity.
 * @param {Float64Array} z values, row by row
 */
export function zeroSegments(z, nU, nV) {
  const found = [];
  for (let i = 0; i < nV - 1; i++) {
    for (let j = 0; j < nU - 1; j++) {
      const k = i * nU + j, a = z[k], b = z[k + 1], c = z[k + nU + 1], d = z[k + nU];
      if (!Number.isFinite(a + b + c + d)) continue;
      const sign = (a > 0) | ((b > 0) << 1) | ((c > 0) << 2) | ((d > 0) << 3);
      if (sign === 0 || sign === 15) continue;
      const crossings = [];
      if (a > 0 !== b > 0) crossings.push([j + a / (a - b), i]);
      if (b > 0 !== c > 0) crossings.push([j + 1, i + b / (b - c)]);
      if (c > 0 !== d > 0) crossings.push([j + d / (d - c), i + 1]);
      if (d > 0 !== a > 0) crossings.push([j, i + a / (a - d)]);
      if (crossings.length === 4 && (a + b + c + d > 0) === (a > 0)) crossings.push(crossings.shift());
      if (isPole(z, k, nU, j, i, nV)) continue;
      for (let n = 0; n + 1 < crossings.length; n += 2) found.push(...crossings[n], ...crossings[n + 1]);
    }
  }
  return found;
}

/** Whether the values grow towards the change of sign, as they do at a pole and never at a zero. */
function isPole(z, k, nU, j, i, nV) {
  return grows(z, k, 1, j, nU) || grows(z, k, nU, i, nV);
}

function grows(z, k, step, index, n) {
  if (index < 1 || index > n - 3) return false;
  const [a, b, c, d] = [z[k - step], z[k], z[k + step], z[k + 2 * step]];
  return b * c < 0 && Math.abs(b) > 1.5 * Math.abs(a) && Math.abs(c) > 1.5 * Math.abs(d);
}
