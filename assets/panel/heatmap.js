// A map for Plotly: the heatmap of a measure, its axes and margins. It belongs to no view.

import { colorscale, digitsIn, positions, stopsOf } from "./scale.js";

const MARGIN = { l: 42, r: 10, t: 6, b: 44 };

/**
 * The width of a digit of a tick label; how many the margin has room for; what two labels want
 * between them.
 */
const DIGIT = 7;
const FEW = 5;
const APART = 24;
/** All digits of a number but the noise of the last: more of them count where one zooms in. */
const ALL_DIGITS = ".15~r";
const MOST_TICKS = 7;

const rowsOf = (values, nU, nV) => Array.from({ length: nV }, (_, i) => values.subarray(i * nU, (i + 1) * nU));

/** Fields coloured by a measure. */
export function heatmap(fields, name, { window: [u0, u1, v0, v1], palette, measures }) {
  const { nU, nV } = fields;
  const measure = measures[name];
  return {
    type: "heatmap",
    z: rowsOf(positions(fields[name], measure), nU, nV),
    x0: u0,
    dx: (u1 - u0) / (nU - 1),
    y0: v0,
    dy: (v1 - v0) / (nV - 1),
    zmin: 0,
    zmax: 1,
    colorscale: colorscale(stopsOf(measure, palette)),
    showscale: false,
    zsmooth: "fast",
    hoverinfo: "skip",
  };
}

/**
 * The box, in pixels, of a picture of fields whose cells lie about the points of their grid: half a
 * cell wider than the window.
 * @param {{window: number[]}} header
 * @param {{nU: number, nV: number}} fields
 * @param {{x: (u: number) => number, y: (v: number) => number}} area from numbers to pixels
 */
export function pictureBox({ window: [u0, u1, v0, v1] }, { nU, nV }, { x, y }) {
  const [du, dv] = [(u1 - u0) / (nU - 1) / 2, (v1 - v0) / (nV - 1) / 2];
  const [left, top] = [x(u0 - du), y(v1 + dv)];
  return { left, top, width: x(u1 + du) - left, height: y(v0 - dv) - top };
}

/** The true values under the cursor, as a part of such a heatmap. */
export function toldUnderCursor(fields, name, { window: [u0, u1, v0, v1], measures }) {
  const [u, v] = [digitsIn([u0, u1]), digitsIn([v0, v1])];
  const said = `${measures[name].symbol} = %{customdata:.5g}`;
  return {
    customdata: rowsOf(fields[name], fields.nU, fields.nV),
    hoverinfo: "all",
    hovertemplate: `<i>u</i> = %{x:.${u}g}<br><i>v</i> = %{y:.${v}g}<br>${said}<extra></extra>`,
  };
}

/** The least margins of a map: wider at the left where the numbers along v are long. */
export function leastMargins([, , v0, v1]) {
  return { ...MARGIN, l: MARGIN.l + DIGIT * (digitsIn([v0, v1]) - FEW) };
}

/** The layout of a map so many pixels wide, with these ranges on its axes. */
export function layoutOf({ window: [u0, u1, v0, v1], palette }, { ranges, width, margin, fontFamily }) {
  const axis = {
    showgrid: false,
    zeroline: false,
    ticks: "outside",
    ticklen: 4,
    tickcolor: palette.line,
    tickfont: { size: 12 },
    color: palette.text,
  };
  const title = (letter) => ({ text: `<i>${letter}</i>`, standoff: 4 });
  return {
    xaxis: { ...axis, ...ticksOf([u0, u1], width), range: [...ranges[0]], title: title("u") },
    yaxis: { ...axis, ...ticksOf([v0, v1]), range: [...ranges[1]], title: title("v") },
    margin,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: palette.gap,
    font: { family: fontFamily, size: 13, color: palette.text },
    showlegend: false,
    dragmode: "pan",
    autosize: true,
  };
}

/**
 * The form of the numbers along an axis: where they are long and stand side by side, they are
 * fewer.
 */
function ticksOf(ends, width = Infinity) {
  const digits = digitsIn(ends);
  if (digits <= FEW) return { nticks: MOST_TICKS, tickformat: "" };
  const room = Math.floor((width - MARGIN.l - MARGIN.r) / (DIGIT * digits + APART));
  return { nticks: Math.max(2, Math.min(MOST_TICKS, room)), tickformat: ALL_DIGITS, tickangle: 0 };
}
