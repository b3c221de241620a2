// From where a surface is looked at: the side the visitor chose, and from there as near as the box
// with its labels allows.

import { apart, axesOf, boxOf, fits, fitted, fromAbove, TICK_SIZE, TITLE_SIZE } from "./framing.js";
import { nearer } from "./projection.js";
import { rulersOf } from "./rulers.js";

const AXES = ["xaxis", "yaxis", "zaxis"];
/**
 * How far the middle of the picture may move by rounding alone; farther, the visitor has moved the
 * box.
 */
const STILL = 1e-6;

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);

export class Viewpoint {
  /** @param {{zoom?: number, aside?: boolean}} another viewpoint that this one begins as */
  constructor({ zoom = 1, aside = false } = {}) {
    this.zoom = zoom;
    this.aside = aside;
  }

  /** Forgets that the visitor has zoomed or moved the box aside. */
  look() {
    [this.zoom, this.aside] = [1, false];
  }

  /** Whether a camera is the one that was put here last, and no hand has turned it. */
  isOurs({ eye, center }) {
    return distance(eye, this.placed.eye) < STILL && distance(center, this.placed.center) < STILL;
  }

  /**
   * Whether the visitor has moved the box aside, which a camera tells whose middle is no longer
   * where it was put.
   */
  isAside({ center }) {
    return (this.aside ||= distance(center, this.placed.center) > STILL);
  }

  zoomed(camera, factor) {
    this.zoom *= factor;
    return this.aside ? nearer(camera, factor) : camera;
  }

  /**
   * The camera on the side of a given one from which the box fills the canvas; it stays while only
   * a label changes, and where the visitor put it.
   */
  framed(camera, { box, axes, size }) {
    if (this.aside) return camera;
    if (!this.fit || !fits(this.fit, camera, box, axes, size)) this.fit = fitted(camera, box, axes, size);
    return (this.placed = nearer(this.fit, this.zoom));
  }

  /**
   * Plotly's scene for a camera: axes with the ticks that keep apart, and the framed camera.
   * @param {object} wanted camera
   * @param {{header: any, heights: [number, number], size: {width: number, height: number}}} stance
   * of the surface that is looked at
   */
  scene(wanted, { header: { window, palette }, heights, size }) {
    const [u0, u1, v0, v1] = window;
    const rulers = rulersOf(window, heights);
    const ends = [[u0, u1], [v0, v1], heights];
    const box = boxOf(window);
    const all = axesOf(window, heights);
    const camera = this.framed(wanted, { box, axes: all, size });
    const base = {
      showbackground: false,
      gridcolor: palette.line,
      zeroline: false,
      color: palette.text,
      showspikes: false,
      tickangle: 0,
      tickfont: { size: TICK_SIZE },
    };
    const axes = apart(camera, box, all, size).map(({ values, texts }, k) => {
      const hidden = k === 2 && fromAbove(camera);
      const text = hidden ? "" : "uvf"[k];
      return {
        ...base,
        range: ends[k].map(rulers[k]),
        tickvals: values.map(rulers[k]),
        ticktext: texts,
        showticklabels: !hidden,
        title: { text, font: { size: TITLE_SIZE, style: "italic" } },
      };
    });
    return {
      ...Object.fromEntries(AXES.map((name, k) => [name, axes[k]])),
      aspectmode: "manual",
      aspectratio: box,
      camera,
    };
  }

  /** What changes in the scene when another camera is wanted, for `Plotly.relayout`. */
  change(camera, stance) {
    const scene = this.scene(camera, stance);
    const change = { "scene.camera": scene.camera };
    for (const name of AXES) {
      for (const key of ["tickvals", "ticktext", "showticklabels"]) change[`scene.${name}.${key}`] = scene[name][key];
      change[`scene.${name}.title.text`] = scene[name].title.text;
    }
    return change;
  }
}
