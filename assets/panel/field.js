// The fields in the browser: the function that Python printed from the checked formula, compiled
// once; see kernels/javascript.py.

/**
 * Fields on a grid, each row by row, and further measures by their names; `isParameter` where a
 * slider of the formula has changed them.
 * @typedef {{nU: number, nV: number, f?: Float64Array, gradient?: Float64Array, trace?:
 * Float64Array, S?: Float64Array, isParameter?: boolean}} Fields
 */

/**
 * Adds the measures that are a multiple of another one.
 * @param {object} values arrays by measure
 * @param {object} measures as the header has them
 */
export function complete(values, measures) {
  for (const [name, { multiple }] of Object.entries(measures))
    if (multiple) values[name] = values[multiple[0]].map((x) => multiple[1] * x);
  return values;
}

/** The fields in a message. @returns {Fields} */
export function fieldsOf(arrays, measures) {
  const [nV, nU] = arrays.f.shape;
  const sent = Object.keys(measures).filter((name) => arrays[name]);
  return { nU, nV, ...complete(Object.fromEntries(sent.map((name) => [name, arrays[name].values])), measures) };
}

/** Whether this page may make functions from text; a content security policy can forbid it. */
export function mayCompile() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}

export class Evaluator {
  /** @param {string} script @param {string[]} parameters @param {object} measures */
  constructor(script, parameters, measures) {
    this.script = script;
    this.parameters = parameters;
    this.measures = measures;
    this.computed = Object.keys(measures).filter((name) => !measures[name].multiple);
    this.compute = new Function("u", "v", "p", "out", script);
    this.buffers = new Map();
  }

  /**
   * The fields on an n × m grid over the window, as arrays that the next call overwrites.
   * @returns {Fields}
   */
  fields(window, nU, nV, values) {
    const key = `${nU} ${nV}`;
    if (!this.buffers.has(key)) this.buffers.set(key, this.arrays(nU * nV));
    const out = this.buffers.get(key);
    this.compute(linspace(window[0], window[1], nU), linspace(window[2], window[3], nV), this.vector(values), out);
    return { nU, nV, ...complete({ ...out }, this.measures) };
  }

  at(u, v, values) {
    const out = this.arrays(1);
    this.compute(Float64Array.of(u), Float64Array.of(v), this.vector(values), out);
    return Object.fromEntries(Object.entries(complete(out, this.measures)).map(([name, [value]]) => [name, value]));
  }

  arrays(n) {
    return Object.fromEntries(this.computed.map((name) => [name, new Float64Array(n)]));
  }

  vector(values) {
    return Float64Array.from(this.parameters, (name) => values[name]);
  }
}

export function linspace(low, high, n) {
  return Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? high : low + (i * (high - low)) / (n - 1)));
}

/** A field between the points of its grid, bilinear; NaN outside. */
export function between(values, nU, nV, window, u, v) {
  const x = ((u - window[0]) / (window[1] - window[0])) * (nU - 1);
  const y = ((v - window[2]) / (window[3] - window[2])) * (nV - 1);
  if (!(x >= -1e-9 && y >= -1e-9 && x <= nU - 1 + 1e-9 && y <= nV - 1 + 1e-9)) return NaN;
  const j = Math.max(0, Math.min(Math.floor(x), nU - 2));
  const i = Math.max(0, Math.min(Math.floor(y), nV - 2));
  const s = x - j;
  const t = y - i;
  const k = i * nU + j;
  return (1 - t) * ((1 - s) * values[k] + s * values[k + 1]) + t * ((1 - s) * values[k + nU] + s * values[k + nU + 1]);
}
