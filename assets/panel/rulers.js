// Rulers: where a number lies on an axis of a scene. WebGL computes in single precision, which a
// window far from zero and a loss of 1e300 do not survive.

/**
 * How many lengths of an axis zero may be away, and how large numbers may be and how short an axis,
 * for them to be their own places.
 */
const FAR = 1000;
const LARGE = 1e30;
const SHORT = 1e-30;

/**
 * From a number to its place on an axis between two ends: the number itself where single precision
 * bears it, else from -1 to 1.
 */
export function ruler([low, high]) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const half = high / 2 - low / 2;
  if (size < FAR * 2 * half && size < LARGE && half > SHORT) return Number;
  return (x) => (x / 2 - low / 2 - half / 2) / (half / 2);
}

/** The rulers of u, v and f. */
export const rulersOf = ([u0, u1, v0, v1], heights) => [[u0, u1], [v0, v1], heights].map(ruler);

/** A Plotly trace in space with its numbers at their places. */
export function onRulers(trace, rulers) {
  if (rulers.every((place) => place === Number)) return trace;
  return { ...trace, ...Object.fromEntries(["x", "y", "z"].map((name, k) => [name, placed(trace[name], rulers[k])])) };
}

/** Numbers, gaps, and rows of them. */
function placed(numbers, place) {
  return Array.from(numbers, (x) => (x === null ? null : typeof x === "number" ? place(x) : placed(x, place)));
}
