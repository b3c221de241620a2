// What is drawn over the fields: curves and points, as SVG on the maps, as traces in space and in
// files.

import { Ball } from "./ball.js";
import { between } from "./field.js";
import { LIFT_OF_POINTS } from "./framing.js";
import { colorscale, positions, rgb, stopsOf, table } from "./scale.js";
import { makeSvg } from "./dom.js";
import { zeroCurves, zeroField } from "./zero.js";

const LOOKS = {
  flat: { width: 1.4, dash: "" },
  traceless: { width: 1.4, dash: "5 3" },
  "degenerate curve": { width: 2.4, dash: "1.5 2.5" },
  ball: { width: 2.6, dash: "", colour: "accent", edge: "halo" },
  cut: { width: 2.8, dash: "", colour: "cut", edge: "halo" },
  thread: { width: 0.8, dash: "", colour: "thread" },
  circle: { width: 1.6, dash: "5 3", flat: true },
  geodesic: { width: 2.6, dash: "", colour: "way", edge: "halo" },
  "longer geodesic": { width: 1.8, dash: "", colour: "way", edge: "halo" },
  tangent: { width: 2.6, dash: "", colour: "accent", edge: "halo" },
  straight: { width: 1.6, dash: "5 3", colour: "way" },
  path: { width: 2.2, dash: "" },
  gd: { width: 2.4, dash: "", colour: "first", edge: "halo" },
  momentum: { width: 2.4, dash: "8 4", colour: "second", edge: "halo" },
  nesterov: { width: 2.4, dash: "2 3", colour: "third", edge: "halo" },
  adam: { width: 2.4, dash: "9 3 2 3", colour: "fourth", edge: "halo" },
  brownian: { width: 1, dash: "" },
};

const SYMBOLS = {
  minimum: { d: "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z", plotly: "circle" },
  maximum: { d: "M-4-4H4V4H-4Z", plotly: "square" },
  saddle: { d: "M0-5.4 5.4 0 0 5.4-5.4 0Z", plotly: "diamond" },
  degenerate: { d: "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z", plotly: "circle-open", open: true },
  cusp: { d: "M0-5.4 5.4 0 0 5.4-5.4 0Z", plotly: "diamond-open", open: true },
  point: { d: "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0Z", plotly: "circle" },
  end: { d: "M-4-4 4 4M4-4-4 4", plotly: "x", open: true },
  target: { d: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z", plotly: "circle", colour: "way" },
};

export const lookOf = (overlay) => LOOKS[overlay.look] ?? LOOKS.path;
export const symbolOf = (overlay) => SYMBOLS[overlay.look] ?? SYMBOLS.point;

/**
 * Overlays of a message with their points; those that are stale while a parameter is dragged are
 * left out then.
 */
export function overlaysOf({ header, arrays }) {
  return header.overlays.map((overlay, i) => ({
    ...overlay,
    points: arrays[`overlay${i}`],
    values: arrays[`values${i}`]?.values,
    heights: arrays[`heights${i}`]?.values,
  }));
}

/**
 * The points (u, v) of an overlay, one after the other, with NaN between curves; a fan's at its
 * slider's radius.
 */
function pointsOf(overlay, sliders) {
  return overlay.kind === "fan" ? ballOf(overlay, sliders).edge : overlay.points.values;
}

const ballOf = (overlay, sliders) => new Ball(overlay, sliders[overlay.slider] ?? overlay.radii.at(-1));

/** SVG of an overlay; x and y turn coordinates into pixels. */
export function drawn(overlay, sliders, x, y, palette, scaleOfS) {
  const points = pointsOf(overlay, sliders);
  if (overlay.kind === "points") return marks(points, symbolOf(overlay), x, y, palette);
  if (overlay.kind === "fan" && overlay.look === "ball") return disc(ballOf(overlay, sliders), x, y, palette);
  if (overlay.values) return coloured(points, overlay, x, y, palette, scaleOfS);
  return curve(path(points, x, y), lookOf(overlay), palette);
}

/** A ball: its shade, its rays and circles, its rim and its cut locus. */
function disc(ball, x, y, palette) {
  const shade = makeSvg("path", { d: path(ball.edge, x, y), fill: palette.accent, "fill-opacity": palette.shade });
  const line = (points, look, halo) => curve(path(points, x, y), LOOKS[look], palette, halo);
  return makeSvg("g", {}, shade, line(ball.threads, "thread", false), line(ball.rim, "ball"), line(ball.cut, "cut"));
}

/**
 * A curve, with a halo so that it is seen on every colour; without one it is drawn in half the
 * time.
 */
export function curve(d, { width, dash, colour = "ink", edge = "veil" }, palette, halo = true) {
  const line = { d, fill: "none", "stroke-linejoin": "round", "vector-effect": "non-scaling-stroke" };
  const group = makeSvg("g", {});
  if (halo) group.append(makeSvg("path", { ...line, stroke: palette[edge], "stroke-width": width + 2 }));
  group.append(makeSvg("path", { ...line, stroke: palette[colour], "stroke-width": width, "stroke-dasharray": dash }));
  return group;
}

const hundredth = (x) => Math.round(100 * x) / 100;
const tenth = (x) => Math.round(10 * x) / 10;

function path(points, x, y) {
  let d = "";
  let pen = "M";
  for (let k = 0; k + 1 < points.length; k += 2) {
    if (Number.isNaN(points[k])) pen = "M";
    else {
      d += `${pen}${tenth(x(points[k]))} ${tenth(y(points[k + 1]))}`;
      pen = "L";
    }
  }
  return d;
}

/** Zero curves as the path of an SVG, in cells of their grid. */
export function pathOf(curves) {
  const points = (cells) =>
    Array.from({ length: cells.length / 2 }, (_, k) => `${hundredth(cells[2 * k])} ${hundredth(cells[2 * k + 1])}`);
  return curves.map((cells) => `M${points(cells).join("L")}`).join("");
}

/**
 * The zero curves of fields that the browser has computed, as overlays like those that Python
 * sends.
 */
export function zeroLines(fields, [u0, u1, v0, v1], overlays) {
  const { nU, nV } = fields;
  const across = (u1 - u0) / (nU - 1);
  const up = (v1 - v0) / (nV - 1);
  return Object.keys(ZEROS)
    .filter((measure) => zeroOf(measure, overlays))
    .map((measure) => {
      const curves = zeroCurves(zeroField(fields, measure), nU, nV);
      const values = curves.flatMap((cells) => [
        ...cells.map((cell, k) => (k % 2 ? v0 + cell * up : u0 + cell * across)),
        NaN,
        NaN,
      ]);
      return { name: ZEROS[measure], kind: "line", look: ZEROS[measure], points: { values } };
    });
}

const ZEROS = { S: "flat", trace: "traceless" };

/**
 * How the curve on which a measure is zero looks, where it is drawn among these overlays; else
 * undefined.
 */
export function zeroOf(measure, overlays) {
  return overlays.some(({ look }) => look === ZEROS[measure]) ? LOOKS[ZEROS[measure]] : undefined;
}

/** The measure whose zeros an overlay is made of, or undefined. */
export const measureOf = ({ look }) => Object.keys(ZEROS).find((measure) => ZEROS[measure] === look);

function marks(points, { d, open, colour = "ink" }, x, y, palette) {
  const group = makeSvg("g", {});
  for (let k = 0; k + 1 < points.length; k += 2) {
    const place = `translate(${x(points[k]).toFixed(1)} ${y(points[k + 1]).toFixed(1)})`;
    const fill = open ? "none" : palette[colour];
    group.append(
      makeSvg("path", {
        d,
        transform: place,
        fill,
        stroke: open ? palette[colour] : palette.halo,
        "stroke-width": open ? 2 : 1.2,
      }),
    );
  }
  return group;
}

function coloured(points, overlay, x, y, palette, measure) {
  const colours = table(stopsOf(measure, palette));
  const where = positions(overlay.values, measure);
  const group = makeSvg(
    "g",
    { "stroke-linecap": "round" },
    curve(path(points, x, y), { width: 4.5, dash: "" }, palette),
  );
  for (let k = 0; k + 1 < where.length; k++) {
    const [a, b, c, d] = points.subarray(2 * k, 2 * k + 4);
    if (Number.isNaN(a + b + c + d)) continue;
    const at = 3 * Math.round(255 * (Number.isNaN(where[k]) ? 0 : where[k]));
    const stroke = `rgb(${colours[at]},${colours[at + 1]},${colours[at + 2]})`;
    group.append(
      makeSvg("path", {
        d: `M${x(a).toFixed(1)} ${y(b).toFixed(1)}L${x(c).toFixed(1)} ${y(d).toFixed(1)}`,
        stroke,
        "stroke-width": 3,
      }),
    );
  }
  return group;
}

/**
 * Overlays as Plotly traces: on a map for a file (`heights` absent), or in space over the fields of
 * `heights`.
 */
export function traces(overlays, sliders, palette, heights, measure) {
  return overlays
    .filter((overlay) => !(heights && lookOf(overlay).flat))
    .flatMap((overlay) => {
      if (overlay.kind === "fan" && overlay.look === "ball")
        return ballTraces(overlay, ballOf(overlay, sliders), palette, heights);
      const look =
        overlay.kind === "points"
          ? pointTrace(overlay, palette, heights)
          : lineTrace(lookOf(overlay), palette, heights, overlay.values && positions(overlay.values, measure), measure);
      return [{ ...placed(pointsOf(overlay, sliders), overlay.name, heightsFor(overlay, heights)), ...look }];
    });
}

/** The heights of an overlay: its own, or those of the surface, and a little more. */
function heightsFor(overlay, heights) {
  if (!heights) return undefined;
  if (overlay.heights) return (_u, _v, k) => overlay.heights[k];
  const lift = overlay.kind === "points" ? LIFT_OF_POINTS : LIFT;
  return (u, v) => heights(u, v, lift);
}

function placed(points, name, heights) {
  const x = [];
  const y = [];
  for (let k = 0; k + 1 < points.length; k += 2) {
    x.push(Number.isNaN(points[k]) ? null : points[k]);
    y.push(Number.isNaN(points[k + 1]) ? null : points[k + 1]);
  }
  const base = { x, y, name, hoverinfo: "skip", showlegend: false, connectgaps: false };
  return heights
    ? { type: "scatter3d", ...base, z: x.map((u, k) => (u === null ? null : heights(u, y[k], k))) }
    : { type: "scatter", ...base };
}

function ballTraces({ name }, ball, palette, heights) {
  const over = heightsFor({}, heights);
  const line = (points, look, called = "") => ({
    ...placed(points, called, over),
    ...lineTrace(LOOKS[look], palette, heights),
  });
  const lines = [
    line(ball.threads, "thread"),
    line(ball.rim, "ball", name),
    line(ball.cut, "cut", "its cut locus"),
  ].filter(({ x }) => x.length);
  if (!heights)
    return [
      {
        ...placed(ball.edge, name),
        mode: "none",
        fill: "toself",
        fillcolor: `rgba(${rgb(palette.accent)},${palette.shade})`,
      },
      ...lines,
    ];
  const flat = { ambient: 1, diffuse: 0, specular: 0, fresnel: 0 };
  return [
    {
      type: "mesh3d",
      ...ball.mesh(heights),
      color: palette.accent,
      opacity: palette.shade,
      lighting: flat,
      hoverinfo: "skip",
      showlegend: false,
    },
    ...lines,
  ];
}

function lineTrace({ width, dash, colour = "ink" }, palette, heights, where, measure) {
  if (!heights)
    return {
      mode: "lines",
      line: { color: palette[colour], width, dash: dash ? `${dash.replaceAll(" ", "px,")}px` : "solid" },
    };
  if (!where)
    return {
      mode: "lines",
      line: { color: palette[colour], width: Math.max(1, 2.4 * width), dash: dash ? "dash" : "solid" },
    };
  return {
    mode: "lines",
    line: { width: 8, color: where, cmin: 0, cmax: 1, colorscale: colorscale(stopsOf(measure, palette)) },
  };
}

function pointTrace(overlay, palette, heights) {
  const { plotly, colour = "ink" } = symbolOf(overlay);
  return {
    mode: "markers",
    marker: { symbol: plotly, size: heights ? 4 : 9, color: palette[colour], line: { color: palette.halo, width: 1 } },
  };
}

/** How far above the surface lines lie, as a share of its height: so that it swallows none. */
const LIFT = 0.01;

/** Heights over the plane for `traces`; Plotly draws nothing above the box. */
export function heightsOver({ f, nU, nV }, window, [low, high]) {
  return (u, v, lift = LIFT) => Math.min(high, Math.max(low, between(f, nU, nV, window, u, v)) + lift * (high - low));
}
