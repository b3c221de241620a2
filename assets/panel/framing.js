// Framing: where a view's axes lie on its canvas, computed before anything is drawn. Pure: numbers
// in, numbers out.

import { short } from "./scale.js";

const FIELD_OF_VIEW = Math.PI / 4;
/**
 * Plotly's own distances, in units of 1/height of the canvas at the depth of the box: from an edge
 * to its ticks, and to its title.
 */
const TICK_PAD = 18;
const TITLE_PAD = 48;
/** Pixels that stay free along the border of the canvas. */
const EDGE = 4;
/**
 * The width of a letter as a share of its size, no narrower than digits and signs in the fonts of
 * the app.
 */
const LETTER = 0.62;
const LINE = 1.2;
/** Steps of the search for a camera, each of which brings the rest of the error down to a third. */
const ROUNDS = 32;
/** The share of the canvas at which the search is over. */
const FULL = 0.99;
/** The share of the canvas below which a camera is found anew. */
const LARGE = 0.92;
/**
 * Distances of the eye: no nearer than the box's own corners, no farther than where it is a speck.
 */
const [NEAREST, FARTHEST] = [1.2, 60];
/** How near a plane of symmetry of the box the eye is where labels may change sides. */
const UNDECIDED = 0.2;
/** The cosine of the angle to the axis of f within which its labels are left out. */
const STEEP = 0.97;
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7];

export const TICK_SIZE = 11;
export const TITLE_SIZE = 15;

/** Round numbers within a range, at most `most` of them, and how they are written. */
export function ticks([low, high], most = 6) {
  const step = roundStep(high - low, most);
  const digits = Math.max(4, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) =>
    Number(((first + k) * step).toPrecision(15)),
  );
  const written = (count) => values.map((value) => short(value, count));
  const texts = written(digits);
  return { values, texts: new Set(texts).size === texts.length ? texts : written(digits + 3) };
}

/**
 * How far above the surface a chosen point lies, as a share of its height, so that the surface
 * swallows no half of it.
 */
export const LIFT_OF_POINTS = 0.03;

/**
 * The heights between which the box stands: an end that is all but zero is zero, so that the axis
 * shows it; and there is room for a point on the highest peak.
 * @param {number[]} heights
 * @returns {[number, number]}
 */
export function standing([low, high]) {
  const length = high - low;
  const near = 0.01 * length;
  return [low > 0 && low < near ? 0 : low, (high < 0 && -high < near ? 0 : high) + LIFT_OF_POINTS * length];
}

/**
 * The heights between which a surface is drawn that is dragged: as far as it goes, but not where a
 * few values tower over the rest; as height_range in charts/picture.py.
 * @param {Float64Array} f
 * @param {number[]} least heights that are shown in any case
 * @returns {[number, number]}
 */
export function reaching(f, [low, high]) {
  const known = f.filter(Number.isFinite).sort();
  if (known.length === 0) return [low, high];
  const [lower, upper] = [0.02, 0.98].map((share) => known[Math.round(share * (known.length - 1))]);
  const room = 1.5 * (upper - lower);
  return [
    Math.min(low, Math.max(known[0], lower - room)),
    Math.max(high, Math.min(known[known.length - 1], upper + room)),
  ];
}

/** The least of 1, 2, 5 times a power of ten that goes into a length at most `most` times. */
export function roundStep(length, most) {
  const power = 10 ** Math.floor(Math.log10(length / most));
  return power * ([1, 2, 5, 10].find((m) => length / (m * power) < most) ?? 10);
}

/**
 * Margins of a map: those asked for, and more on two opposite sides where both axes shall have one
 * scale.
 * @param {{width: number, height: number}} size of the map in pixels
 * @param {number[]} window
 * @param {{l: number, r: number, t: number, b: number}} least
 */
export function inset({ width, height }, [u0, u1, v0, v1], least) {
  const ratio = (v1 - v0) / (u1 - u0);
  const across = width - least.l - least.r;
  const up = height - least.t - least.b;
  if (ratio < 0.5 || ratio > 2 || across <= 0 || up <= 0) return { ...least };
  const side = Math.max(0, across - up / ratio) / 2;
  const above = Math.max(0, up - across * ratio) / 2;
  return { l: least.l + side, r: least.r + side, t: least.t + above, b: least.b + above };
}

/**
 * The side along v of a window beside the one along u, as it is drawn: never flatter than 1 to 2.
 */
export const ratioOf = ([u0, u1, v0, v1]) => Math.min(2, Math.max(0.5, (v1 - v0) / (u1 - u0)));

/** The sides of the box in space. */
export function boxOf(window) {
  const ratio = ratioOf(window);
  return ratio <= 1 ? { x: 1.4, y: 1.4 * ratio, z: 0.7 } : { x: 1.4 / ratio, y: 1.4, z: 0.7 };
}

/**
 * The three axes of the box, as `extent` needs them: where their ticks stand, from 0 to 1, and what
 * they say.
 */
export function axesOf([u0, u1, v0, v1], heights) {
  return [[u0, u1], [v0, v1], heights].map(([low, high]) => {
    const { values, texts } = ticks([low, high]);
    return { values, texts, shares: values.map((value) => (value - low) / (high - low)) };
  });
}

/**
 * The camera that looks from the same side and shows the whole box with its labels as large as the
 * canvas allows.
 * @param {{eye: object, center: object, up: object}} camera of which only the direction counts
 * @param {{x: number, y: number, z: number}} box
 * @param {{shares: number[], texts: string[]}[]} axes
 * @param {{width: number, height: number}} size of the canvas in pixels
 */
export function fitted(camera, box, axes, size) {
  const from = unit(minus(vector(camera.eye), vector(camera.center)));
  const up = vector(camera.up);
  const { across, above } = screenAxes(from, up);
  let center = [0, 0, 0];
  let distance = 2.5;
  let best = null;
  for (let round = 0; round < ROUNDS; round++) {
    const tried = { eye: named(plus(center, from, distance)), center: named(center), up: camera.up };
    const { left, right, top, bottom } = extent(tried, box, axes, size);
    const inside = left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
    if (inside && !(best?.distance <= distance)) best = { camera: tried, distance };
    const excess = Math.max((right - left) / (size.width - 2 * EDGE), (bottom - top) / (size.height - 2 * EDGE));
    if (inside && excess > FULL) break;
    const pixel = (2 * distance * Math.tan(FIELD_OF_VIEW / 2)) / size.height;
    center = plus(
      plus(center, across, ((left + right - size.width) / 2) * pixel),
      above,
      (-(top + bottom - size.height) / 2) * pixel,
    );
    distance = Math.min(FARTHEST, Math.max(NEAREST, distance * (1 + 0.7 * (excess - 1))));
  }
  return best?.camera ?? { eye: named(plus([0, 0, 0], from, FARTHEST)), center: named([0, 0, 0]), up: camera.up };
}

/**
 * Whether a camera looks from where another does, and shows the box whole and large enough: then it
 * may stay, though a label has changed.
 */
export function fits(camera, wanted, box, axes, size) {
  const [from, asked] = [camera, wanted].map(({ eye, center, up }) => [
    ...unit(minus(vector(eye), vector(center))),
    ...vector(up),
  ]);
  const { left, right, top, bottom } = extent(camera, box, axes, size);
  const inside = left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
  return (
    inside &&
    from.every((x, j) => Math.abs(x - asked[j]) < 1e-6) &&
    Math.max((right - left) / size.width, (bottom - top) / size.height) > LARGE
  );
}

/**
 * The rectangle that the corners of the box, the tick labels and the titles take, in pixels of the
 * canvas.
 */
export function extent(camera, box, axes, size) {
  const rectangles = [...cornersOf(camera, box, size), ...labelsOf(camera, box, axes, size)];
  const ends = (low, high) => [
    Math.min(...rectangles.map((r) => r.x + low * r.width)),
    Math.max(...rectangles.map((r) => r.x + high * r.width)),
  ];
  const [left, right] = ends(-0.5, 0.5);
  const top = Math.min(...rectangles.map((r) => r.y - r.height / 2));
  const bottom = Math.max(...rectangles.map((r) => r.y + r.height / 2));
  return { left, right, top, bottom };
}

function cornersOf(camera, box, size) {
  const project = projection(camera, size);
  return CORNERS.map((corner) => ({ ...project(place(corner, box)), width: 2, height: 2 }));
}

/**
 * Tick labels and titles with their middles and sizes, on all edges that come into question; Plotly
 * puts them along the edges that `labelled` finds.
 */
export function labelsOf(camera, box, axes, size, nears = nearest(camera)) {
  const project = projection(camera, size);
  const sides = [box.x, box.y, box.z];
  const pixel = project.depth / size.height;
  const edges = nears
    .flatMap((near) => labelled(camera, box, size, near))
    .filter(({ axis }) => axis < 2 || !fromAbove(camera));
  return edges.flatMap(({ axis, corner, push, away }) => {
    const at = (share, pad) => {
      const point = place(corner, box);
      point[axis] = (share - 0.5) * sides[axis];
      point[push] += away * pad * pixel;
      return project(point);
    };
    const { shares, texts } = axes[axis];
    const marks = shares.map((share, k) => ({
      ...at(share, TICK_PAD),
      axis,
      k,
      text: texts[k],
      width: texts[k].length * LETTER * TICK_SIZE,
      height: LINE * TICK_SIZE,
    }));
    return [...marks, { ...at(0.5, TITLE_PAD), text: "uvf"[axis], width: TITLE_SIZE, height: LINE * TITLE_SIZE }];
  });
}

/**
 * The axes without the ticks whose labels would lie on others, as they may where two axes meet;
 * those of f give way, then those of v.
 */
export function apart(camera, box, axes, size) {
  const hidden = new Set(nearest(camera).flatMap((near) => covering(labelsOf(camera, box, axes, size, [near]))));
  return axes.map(({ values, texts }, axis) => {
    const kept = values.map((_, k) => k).filter((k) => !hidden.has(`${axis} ${k}`));
    return { values: kept.map((k) => values[k]), texts: kept.map((k) => texts[k]) };
  });
}

/** The ticks whose labels lie on one of an axis before theirs. */
function covering(labels) {
  const meet = (a, b) => 2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;
  const shown = [];
  const found = [];
  for (const label of labels.filter(({ k }) => k !== undefined).sort((a, b) => a.axis - b.axis)) {
    if (shown.some((other) => other.axis !== label.axis && meet(label, other))) found.push(`${label.axis} ${label.k}`);
    else shown.push(label);
  }
  return found;
}

/** Whether the eye looks along the axis of f, whose labels would then lie on one another. */
export function fromAbove({ eye, center }) {
  return Math.abs(unit(minus(vector(eye), vector(center)))[2]) > STEEP;
}

/**
 * The corner that faces the eye, as bits for u, v, f; both where the eye is so near a plane of
 * symmetry that a small shift changes it.
 */
export function nearest({ eye }) {
  return vector(eye).reduce(
    (found, x, j) =>
      found.flatMap((bits) => (Math.abs(x) < UNDECIDED ? [bits, bits | (1 << j)] : [x > 0 ? bits | (1 << j) : bits])),
    [0],
  );
}

/**
 * The edges along which labels stand: two at the lowest corner of the outline, for the upright axis
 * the one at its left.
 * @returns {{axis: number, corner: number, push: number, away: number}[]} a corner of each edge,
 * and the direction in which labels are pushed off it
 */
export function labelled(camera, box, size, near) {
  const project = projection(camera, size);
  const seen = CORNERS.map((corner) => project(place(corner, box)));
  const outline = (corner) => corner !== near && corner !== (near ^ 7);
  const lowest = CORNERS.filter(outline).reduce((a, b) => (seen[b].y > seen[a].y ? b : a));
  const [left, right] = [1, 2, 4]
    .map((bit) => lowest ^ bit)
    .filter(outline)
    .sort((a, b) => seen[a].x - seen[b].x);
  const third = outline(right ^ 7) ? [left, right ^ 7] : [right, left ^ 7];
  return [[lowest, left], [lowest, right], third].map(([a, b]) => {
    const axis = Math.log2(a ^ b);
    const push = [0, 1, 2].find((j) => j !== axis && ((a ^ near) & (1 << j)) === 0);
    return { axis, corner: a, push, away: a & (1 << push) ? 1 : -1 };
  });
}

/**
 * From a point of the box's space to pixels of the canvas; `depth` is how far the middle of the box
 * lies from the eye.
 */
function projection({ eye, center, up }, { width, height }) {
  const from = vector(eye);
  const back = unit(minus(from, vector(center)));
  const { across, above } = screenAxes(back, vector(up));
  const half = height / (2 * Math.tan(FIELD_OF_VIEW / 2));
  const project = (point) => {
    const way = minus(point, from);
    const depth = -dot(way, back);
    return { x: width / 2 + (half * dot(way, across)) / depth, y: height / 2 - (half * dot(way, above)) / depth };
  };
  return Object.assign(project, { depth: dot(from, back) });
}

function screenAxes(back, up) {
  const across = unit(cross(up, back));
  return { across, above: cross(back, across) };
}

const place = (corner, { x, y, z }) => [x, y, z].map((side, j) => (corner & (1 << j) ? side / 2 : -side / 2));
const vector = ({ x, y, z }) => [x, y, z];
/** @param {number[]} point */
const named = ([x, y, z]) => ({ x, y, z });
const minus = (a, b) => a.map((x, j) => x - b[j]);
const plus = (a, b, times) => a.map((x, j) => x + times * b[j]);
const dot = (a, b) => a.reduce((sum, x, j) => sum + x * b[j], 0);
const cross = ([a, b, c], [d, e, f]) => [b * f - c * e, c * d - a * f, a * e - b * d];
const unit = (a) => a.map((x) => x / Math.hypot(...a));
