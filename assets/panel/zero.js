// The curves on which a field is zero, by marching squares: what the maps show while a slider is
// dragged, and where the surface puts vertices.

/**
 * How near zero the middle of a cell must be, beside its corners, for two curves to cross there.
 */
const CROSSING = 0.15;

/**
 * A field that is zero where the measure is, without the narrow peaks of S: straight lines between
 * grid points find its zeros.
 */
export function zeroField(fields, measure) {
  if (measure !== "S") return fields[measure];
  const { S, gradient } = fields;
  return S.map((x, k) => {
    const determinant = x * (1 + gradient[k] ** 2) ** 2;
    return Number.isFinite(determinant) ? determinant : x;
  });
}

/**
 * The curves, each a list [x0, y0, x1, y1, …] in cells of the grid. Nothing is drawn beside
 * undefined corners, nor where the field jumps through infinity.
 * @param {Float64Array} z values, row by row
 */
export function zeroCurves(z, nU, nV) {
  return chained(links(z, nU, nV), (edge) => crossing(z, nU, edge));
}

/**
 * Where on an edge of the grid the field is zero; edge 2k leads from point k to its right, 2k + 1
 * upwards.
 */
function crossing(z, nU, edge) {
  const k = edge >> 1;
  const up = edge & 1;
  const j = k % nU;
  const i = (k - j) / nU;
  const share = z[k] / (z[k] - z[k + (up ? nU : 1)]);
  return up ? [j, i + share] : [j + share, i];
}

/** Pairs of edges that a curve joins within a cell. */
function links(z, nU, nV) {
  const found = [];
  for (let i = 0; i < nV - 1; i++) {
    for (let j = 0; j < nU - 1; j++) {
      const k = i * nU + j;
      const a = z[k];
      const b = z[k + 1];
      const c = z[k + nU + 1];
      const d = z[k + nU];
      if (!Number.isFinite(a + b + c + d)) continue;
      const sign = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (sign === 0 || sign === 15 || isPole(z, k, nU, j, i, nV)) continue;
      const bottom = 2 * k;
      const right = 2 * (k + 1) + 1;
      const top = 2 * (k + nU);
      const left = 2 * k + 1;
      if (sign === 5 || sign === 10) found.push(...paired(a, b, c, d, [bottom, right, top, left]));
      else
        found.push([
          ...(a > 0 !== b > 0 ? [bottom] : []),
          ...(b > 0 !== c > 0 ? [right] : []),
          ...(c > 0 !== d > 0 ? [top] : []),
          ...(d > 0 !== a > 0 ? [left] : []),
        ]);
    }
  }
  return found;
}

/**
 * Four edges of a cell whose corners alternate: straight across where the field is zero in its
 * middle too, else about the corners that stand alone.
 */
function paired(a, b, c, d, [bottom, right, top, left]) {
  const middle = (a * c - b * d) / (a + c - b - d);
  const size = Math.min(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
  if (Math.abs(middle) <= CROSSING * size)
    return [
      [bottom, top],
      [left, right],
    ];
  return middle > 0 === a > 0
    ? [
        [bottom, right],
        [top, left],
      ]
    : [
        [left, bottom],
        [right, top],
      ];
}

/** Whether the values grow towards the change of sign, as they do at a pole and never at a zero. */
function isPole(z, k, nU, j, i, nV) {
  return grows(z, k, 1, j, nU) || grows(z, k, nU, i, nV);
}

/**
 * Whether that is so between the points k and k + step, of which the first is number `index` of `n`
 * in its line.
 */
export function grows(z, k, step, index, n) {
  if (index < 1 || index > n - 3) return false;
  const [a, b, c, d] = [z[k - step], z[k], z[k + step], z[k + 2 * step]];
  return opposite(b, c) && Math.abs(b) > 1.5 * Math.abs(a) && Math.abs(c) > 1.5 * Math.abs(d);
}

/** Whether two numbers have opposite signs; their product would underflow where they are small. */
export const opposite = (a, b) => (a < 0 && b > 0) || (a > 0 && b < 0);

/**
 * Links end to end: open curves from one end to the other, closed ones back to where they began.
 */
function chained(pairs, pointOf) {
  const meeting = new Map();
  for (const pair of pairs) for (const edge of pair) meeting.set(edge, [...(meeting.get(edge) ?? []), pair]);
  const used = new Set();
  const follow = (start, pair) => {
    const curve = [...pointOf(start)];
    for (let at = start; pair; pair = meeting.get(at).find((other) => !used.has(other))) {
      used.add(pair);
      at = pair[0] === at ? pair[1] : pair[0];
      curve.push(...pointOf(at));
    }
    return curve;
  };
  const ends = [...meeting].filter(([, met]) => met.length === 1);
  const curves = [];
  for (const [edge, [pair]] of ends) if (!used.has(pair)) curves.push(follow(edge, pair));
  for (const pair of pairs) if (!used.has(pair)) curves.push(follow(pair[0], pair));
  return curves;
}
