// One drag: frames while a slider moves, each computed here from the printed formula; Python hears
// of it when it ends.

import { onceAFrame } from "./dom.js";
import { MapView } from "./map.js";

const SIDE = 128;
const LEAST_SIDE = 48;
const SLOW_FRAME = 24;
const SLOW_SURFACE = 40;

export class Drag {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    this.frames = 0;
    this.frame = onceAFrame(() => this.follow());
    this.start();
  }

  /** Every drag begins with the full number of points again. */
  start() {
    [this.side, this.costs, this.lastFrame] = [SIDE, [], undefined];
  }

  /** One frame: compute, paint the maps, and the surface when there is time for it. */
  follow() {
    const { instrument } = this;
    if (!instrument.Plotly || instrument.gone) return;
    const began = performance.now();
    instrument.shown = { ...this.fields(), isParameter: instrument.changedParameter };
    for (const view of instrument.views) if (view instanceof MapView) view.follow(instrument.shown);
    this.pace(performance.now() - began);
    this.followInSpace();
    this.frames += 1;
    instrument.root.dataset.frames = this.frames;
    instrument.readout.show();
  }

  fields() {
    const { changedParameter, evaluator, fields, header, sliders } = this.instrument;
    if (!changedParameter || !evaluator) return fields;
    const nU = Math.min(this.side, fields.nU);
    const nV = Math.min(this.side, fields.nV);
    return evaluator.fields(header.window, nU, nV, { ...header.defaults, ...sliders });
  }

  /**
   * Fewer points for a formula too heavy for a frame: judged by the quickest of four, which no
   * other program has slowed down.
   */
  pace(cost) {
    this.costs = [...this.costs, cost].slice(-4);
    this.cost = Math.min(...this.costs);
    if (this.costs.length < 4 || this.cost < SLOW_FRAME) return;
    this.side = Math.max(LEAST_SIDE, Math.round(this.side * 0.75));
    this.costs = [];
  }

  /** The surface gets a quarter of the time; where it is drawn in software, the pauses. */
  followInSpace() {
    const { instrument } = this;
    const { surface } = instrument;
    if (!surface || surface.resting) return;
    const now = performance.now();
    const gap = now - (this.lastFrame ?? now);
    this.lastFrame = now;
    const wait =
      surface.cost > SLOW_SURFACE
        ? Math.max(160, 2.5 * gap)
        : Math.max(0, (this.spaceEnd ?? 0) + 3 * surface.cost - now);
    clearTimeout(this.later);
    this.later = setTimeout(async () => {
      if (instrument.gone || this.busy || instrument.shown === instrument.fields) return;
      this.busy = true;
      await surface.follow(instrument.shown);
      this.busy = false;
      this.spaceEnd = performance.now();
    }, wait);
  }

  /** No more frames of this drag: what is drawn next is the truth. */
  stop() {
    clearTimeout(this.later);
  }
}
