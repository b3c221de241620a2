// What runs in the file that is taken home (page.js makes it): draws the figures, each as large as
// its place.

import { apart, axesOf, fitted } from "./framing.js";
import { nearer } from "./projection.js";
import { rulersOf } from "./rulers.js";

const AXES = ["xaxis", "yaxis", "zaxis"];

const main = document.querySelector("main");
const views = JSON.parse(document.getElementById("figures").textContent).map(({ about, data, layout }) => {
  const figure = main.appendChild(document.createElement("figure"));
  const words = figure.appendChild(document.createElement("figcaption"));
  words.textContent = about;
  return { data, layout, plot: figure.appendChild(document.createElement("div")) };
});

/** Draws a view in the width that it has. */
function draw(view) {
  const [first, ...rest] = view.data;
  const layout = view.layout.scene ? space(view) : plane(view);
  const { margin } = layout;
  const len = layout.scene ? 0.6 * layout.height : layout.height - margin.t - margin.b;
  Plotly.react(view.plot, [{ ...first, colorbar: { ...first.colorbar, len } }, ...rest], layout, {
    displayModeBar: false,
  });
}

/** A map keeps its proportions. */
function plane({ layout, plot }) {
  const { margin } = layout;
  const [across, up] = [margin.l + margin.r, margin.t + margin.b];
  const width = plot.clientWidth;
  return { ...layout, width, height: ((width - across) * (layout.height - up)) / (layout.width - across) + up };
}

/** A surface is looked at from where it was, and fills its place. */
function space({ layout, plot }) {
  const { scene, margin, meta } = layout;
  const width = plot.clientWidth;
  const height = Math.min(0.75 * width, 0.85 * innerHeight);
  const box = scene.aspectratio;
  const axes = axesOf(meta.window, meta.heights);
  const rulers = rulersOf(meta.window, meta.heights);
  const sized = (w, h) => ({ width: w - margin.r, height: h });
  const farther =
    distance(scene.camera) / distance(fitted(scene.camera, box, axes, sized(layout.width, layout.height)));
  const camera = nearer(fitted(plot.layout?.scene.camera ?? scene.camera, box, axes, sized(width, height)), farther);
  const [xaxis, yaxis, zaxis] = apart(camera, box, axes, sized(width, height)).map(({ values, texts }, k) => ({
    ...scene[AXES[k]],
    tickvals: values.map(rulers[k]),
    ticktext: texts,
  }));
  return { ...layout, width, height, scene: { ...scene, xaxis, yaxis, zaxis, camera } };
}

const distance = ({ eye, center }) => Math.hypot(eye.x - center.x, eye.y - center.y, eye.z - center.z);

views.forEach(draw);
addEventListener("resize", () => views.forEach(draw));
