// Figures for files: the room they are given, their letters, and what is drawn over them finer than
// on the screen.

import { ratioOf } from "./framing.js";
import { measureOf, traces } from "./overlays.js";
import { refined } from "./smooth.js";

/** Every program that opens a drawing has these letters; those of the page are only here. */
export const FONT = "Helvetica, Arial, sans-serif";

/**
 * The size of a map that fills a room without stretching, and its margins; the colour bar is as
 * tall as the map.
 * @param {number} width @param {number} height of the room
 * @param {{left: number, right: number}} beside the map
 * @param {number[]} us @param {number[]} vs the ranges of u and v
 */
export function mapRoom(width, height, { left, right }, [u0, u1], [v0, v1]) {
  const margin = { l: left + 20, r: right, t: 12, b: 48, autoexpand: false };
  const ratio = ratioOf([u0, u1, v0, v1]);
  const wide = Math.min(width - margin.l - margin.r, (height - margin.t - margin.b) / ratio);
  const tall = wide * ratio;
  return { size: { width: wide + margin.l + margin.r, height: tall + margin.t + margin.b }, margin, tall };
}

/** The chosen point as a trace over a map, or none. */
export function chosenTrace(point, sliders, palette) {
  if (!point) return [];
  const [trace] = traces(
    [
      {
        name: "the chosen point",
        kind: "points",
        look: "point",
        points: { values: Float64Array.of(point.u, point.v) },
      },
    ],
    sliders,
    palette,
  );
  return [{ ...trace, marker: { ...trace.marker, color: palette.accent } }];
}

/**
 * The overlays, their zero curves as smooth as the formula tells them; without a formula as they
 * were sent.
 */
export function smoothed({ overlays, evaluator, header, sliders }) {
  if (!evaluator) return overlays;
  const values = { ...header.defaults, ...sliders };
  return overlays.map((overlay) => {
    const field = measureOf(overlay);
    if (!field) return overlay;
    return {
      ...overlay,
      points: { values: refined(overlay.points.values, (u, v) => evaluator.at(u, v, values)[field], header.window) },
    };
  });
}
