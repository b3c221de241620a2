// What is drawn over the fields: curves and points, as SVG on the maps, as traces in space and in files.

import { between } from "./field.js";
import { colorscale, positions, rgb, stopsOf, table } from "./scale.js";
import { makeSvg } from "./dom.js";

const LOOKS = {
  flat: { width: 1.4, dash: "" },
  traceless: { width: 1.4, dash: "5 3" },
  "degenerate curve": { width: 2.4, dash: "1.5 2.5" },
  ball: { width: 2, dash: "", colour: "accent" },
  geodesic: { width: 1.8, dash: "7 3", colour: "accent" },
  path: { width: 2.2, dash: "" },
  brownian: { width: 1, dash: "" },
};

const SYMBOLS = {
  minimum: { d: "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z", plotly: "circle" },
  maximum: { d: "M-4-4H4V4H-4Z", plotly: "square" },
  saddle: { d: "M0-5.4 5.4 0 0 5.4-5.4 0Z", plotly: "diamond" },
  degenerate: { d: "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z", plotly: "circle-open", open: true },
  cusp: { d: "M0-5.4 5.4 0 0 5.4-5.4 0Z", plotly: "diamond-open", open: true },
  point: { d: "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0Z", plotly: "circle" },
};

const lookOf = (overlay) => LOOKS[overlay.look] ?? LOOKS.path;
const symbolOf = (overlay) => SYMBOLS[overlay.look] ?? SYMBOLS.point;

/** Overlays of a message with their points; those that are stale while a parameter is dragged are left out then. */
export function overlaysOf({ header, arrays }) {
  return header.overlays.map((overlay, i) => ({ ...overlay, points: arrays[`overlay${i}`], values: arrays[`values${i}`]?.values }));
}

/** The points (u, v) of an overlay, one after the other, with NaN between curves; a fan's at its slider's radius. */
export function pointsOf(overlay, sliders) {
  return overlay.kind === "fan" ? boundary(overlay, sliders[overlay.slider] ?? overlay.radii.at(-1)) : overlay.points.values;
}

/** The closed curve at a radius between those of the fan: linear along each ray. */
function boundary({ points: { shape, values }, radii }, radius) {
  const [rays, n] = shape, found = new Float32Array(2 * rays + 2);
  let k = radii.findIndex((r) => r >= radius);
  if (k < 0) k = n - 1;
  const first = k === 0 ? 0 : k - 1;
  const share = k === 0 ? 1 : Math.min(1, (radius - radii[first]) / (radii[k] - radii[first]));
  for (let ray = 0; ray <= rays; ray++) {
    const at = 2 * n * (ray % rays);
    for (const c of [0, 1]) found[2 * ray + c] = (1 - share) * values[at + 2 * first + c] + share * values[at + 2 * k + c];
  }
  return found;
}

/** SVG of an overlay; x and y turn coordinates into pixels. */
export function drawn(overlay, sliders, x, y, palette, scaleOfS) {
  const points = pointsOf(overlay, sliders);
  if (overlay.kind === "points") return marks(points, symbolOf(overlay), x, y, palette);
  if (overlay.values) return coloured(points, overlay, x, y, palette, scaleOfS);
  return curve(path(points, x, y), lookOf(overlay), palette);
}

/** A curve, with a halo so that it is seen on every colour; without one it is drawn in half the time. */
export function curve(d, { width, dash, colour = "ink" }, palette, halo = true) {
  const line = { d, fill: "none", "stroke-linejoin": "round", "vector-effect": "non-scaling-stroke" };
  const group = makeSvg("g", {});
  if (halo) group.append(makeSvg("path", { ...line, stroke: palette.veil, "stroke-width": width + 2 }));
  group.append(makeSvg("path", { ...line, stroke: palette[colour], "stroke-width": width, "stroke-dasharray": dash }));
  return group;
}

const hundredth = (x) => Math.round(100 * x) / 100;
const tenth = (x) => Math.round(10 * x) / 10;

function path(points, x, y) {
  let d = "", pen = "M";
  for (let k = 0; k + 1 < points.length; k += 2) {
    if (Number.isNaN(points[k])) pen = "M";
    else {
      d += `${pen}${tenth(x(points[k]))} ${tenth(y(points[k + 1]))}`;
      pen = "L";
    }
  }
  return d;
}

/** The zero curves of a drag: segments as they come from zero.js, in cells of the grid. */
export function segments(found) {
  const parts = [];
  for (let k = 0; k < found.length; k += 4) parts.push(`M${hundredth(found[k])} ${hundredth(found[k + 1])}L${hundredth(found[k + 2])} ${hundredth(found[k + 3])}`);
  return parts.join("");
}

export const looks = LOOKS;

function marks(points, { d, open }, x, y, palette) {
  const group = makeSvg("g", {});
  for (let k = 0; k + 1 < points.length; k += 2) {
    const place = `translate(${x(points[k]).toFixed(1)} ${y(points[k + 1]).toFixed(1)})`;
    const fill = open ? "none" : palette.ink;
    group.append(makeSvg("path", { d, transform: place, fill, stroke: open ? palette.ink : palette.halo, "stroke-width": open ? 2 : 1.2 }));
  }
  return group;
}

function coloured(points, overlay, x, y, palette, measure) {
  const colours = table(stopsOf(measure, palette)), where = positions(overlay.values, measure);
  const group = makeSvg("g", { "stroke-linecap": "round" }, curve(path(points, x, y), { width: 4.5, dash: "" }, palette));
  for (let k = 0; k + 1 < where.length; k++) {
    const [a, b, c, d] = points.subarray(2 * k, 2 * k + 4);
    if (Number.isNaN(a + b + c + d)) continue;
    const at = 3 * Math.round(255 * (Number.isNaN(where[k]) ? 0 : where[k]));
    const stroke = `rgb(${colours[at]},${colours[at + 1]},${colours[at + 2]})`;
    group.append(makeSvg("path", { d: `M${x(a).toFixed(1)} ${y(b).toFixed(1)}L${x(c).toFixed(1)} ${y(d).toFixed(1)}`, stroke, "stroke-width": 3 }));
  }
  return group;
}

/** Overlays as Plotly traces: on a map for a file (`heights` absent), or in space over the fields of `heights`. */
export function traces(overlays, sliders, palette, heights, measure) {
  return overlays.map((overlay) => {
    const points = pointsOf(overlay, sliders), x = [], y = [];
    for (let k = 0; k + 1 < points.length; k += 2) {
      x.push(Number.isNaN(points[k]) ? null : points[k]);
      y.push(Number.isNaN(points[k + 1]) ? null : points[k + 1]);
    }
    const base = { x, y, name: overlay.name, hoverinfo: "skip", showlegend: false, connectgaps: false };
    const look = overlay.kind === "points" ? pointTrace(overlay, palette, heights) : lineTrace(overlay, palette, heights, measure);
    if (!heights) return { type: "scatter", ...base, ...look };
    return { type: "scatter3d", ...base, ...look, z: x.map((u, k) => (u === null ? null : heights(u, y[k]))) };
  });
}

function lineTrace(overlay, palette, heights, measure) {
  const { width, dash, colour = "ink" } = lookOf(overlay);
  const line = { color: palette[colour], width: heights ? 3 * width : width };
  if (!heights) return { mode: "lines", line: { ...line, dash: dash ? `${dash.replaceAll(" ", "px,")}px` : "solid" } };
  if (!overlay.values) return { mode: "lines", line };
  return { mode: "lines", line: { width: 8, color: positions(overlay.values, measure), cmin: 0, cmax: 1, colorscale: colorscale(stopsOf(measure, palette)) } };
}

function pointTrace(overlay, palette, heights) {
  const marker = { symbol: symbolOf(overlay).plotly, size: heights ? 4 : 9, color: palette.ink, line: { color: palette.halo, width: 1 } };
  return { mode: "markers", marker };
}

/** Heights over the plane for `traces`, a hair above the surface so that it does not swallow the line. */
export function heightsOver({ f, nU, nV }, window, [low, high]) {
  const lift = 0.01 * (high - low);
  return (u, v) => Math.min(high, Math.max(low, between(f, nU, nV, window, u, v))) + lift;
}

/** Whether a colour is dark, for what must be seen on it. */
export const isDark = (colour) => rgb(colour).reduce((sum, x) => sum + x, 0) < 384;
