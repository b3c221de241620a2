// The instrument: one state for all views. It takes messages, follows sliders, moves the cursor,
// and tells Python what was picked or released.

import { make, onceAFrame } from "./dom.js";
import { Drag } from "./drag.js";
import { Evaluator, fieldsOf, mayCompile } from "./field.js";
import { ratioOf } from "./framing.js";
import { loadPlotly } from "./library.js";
import { MapView } from "./map.js";
import { overlaysOf } from "./overlays.js";
import { attach } from "./pointer.js";
import { Readout } from "./readout.js";
import { recut } from "./scale.js";
import { Sliders } from "./sliders.js";
import { SurfaceView } from "./surface.js";
import { Toolbar } from "./toolbar.js";

export class Instrument {
  /** @type {any} the library, once it is there */
  Plotly;
  /** @type {import("./field.js").Fields} as Python sent them */
  fields;
  /** @type {import("./field.js").Fields} as they are seen, during a drag too */
  shown;
  /** @type {(event: object) => void} tells Python */
  send;

  constructor(parent) {
    this.root = make("div", {
      class: "cl-panel",
      "data-state": "loading",
      role: "group",
      "aria-label": "Curvature of the landscape",
    });
    this.root.instrument = this;
    this.readout = new Readout(this);
    this.grid = make("div", { class: "cl-grid" });
    this.sliders = {};
    this.sequence = 0;
    this.messages = 0;
    this.untold = new Set();
    this.views = [];
    this.linked = false;
    this.toolbar = new Toolbar(this);
    this.root.append(this.toolbar.bar);
    this.controls = new Sliders(this.root, this.sliders, {
      moved: (name) => this.moved(name),
      released: (byKey) => this.released(byKey),
    });
    this.root.append(this.readout.line, this.grid, this.readout.voice);
    parent.append(this.root);
    this.drag = new Drag(this);
    this.resized = onceAFrame(() => this.fit());
    this.observer = new ResizeObserver(this.resized);
    this.observer.observe(this.root);
  }

  // --- messages in

  /**
   * A message from Python. One that answers an older state than the visitor's is left aside, for
   * its successor is on the way; but not one of another landscape.
   */
  receive(message) {
    this.sequence = Math.max(this.sequence, message.header.acknowledged);
    if (message.header.acknowledged === this.sequence) this.untold.clear();
    if (this.header?.identity === message.header.identity && message.header.acknowledged < this.sequence) return;
    if (this.dragging && this.evaluator) this.late = message;
    else this.accept(message);
  }

  accept(message) {
    this.drag.stop();
    const { header, arrays } = message;
    const before = this.header;
    const changed = !before || before.identity !== header.identity;
    this.header = header;
    this.fields = fieldsOf(arrays, header.measures);
    this.shown = this.fields;
    if (this.held)
      Object.assign(header, { heights: this.held.heights, measures: recut(this.held.measures, this.fields) });
    this.overlays = overlaysOf(message);
    this.point = header.point && { u: header.point[0], v: header.point[1] };
    this.controls.update(header.sliders, this.dragging || this.dirty);
    this.late = null;
    this.prepare(header, before);
    if (before?.shown.join() !== header.shown.join()) this.arrange(header);
    this.root.style.setProperty("--cl-accent", header.palette.accent);
    this.grid.style.setProperty("--cl-ratio", ratioOf(header.window));
    if (changed) this.cursor = null;
    if (before?.colour !== header.colour && this.surface) this.surface.colour = header.colour;
    this.changedParameter &&= this.dragging;
    if (this.dirty) this.sendRelease();
    this.readout.show();
    this.redraw();
  }

  prepare(header, before) {
    if (header.script === before?.script && this.root.dataset.evaluator) return;
    this.evaluator =
      header.script && mayCompile() ? new Evaluator(header.script, header.parameters, header.measures) : null;
    this.root.dataset.evaluator = this.evaluator ? "browser" : "server";
  }

  /** The views that the message asks for, in its order; those that stay keep their nodes. */
  arrange({ shown }) {
    if (shown.join() === this.views.map(({ card }) => card.name).join()) return;
    for (const view of this.views) this.drop(view);
    this.views = shown.map((name) =>
      name === "surface" ? new SurfaceView(this.grid, this) : new MapView(this.grid, name, this),
    );
    for (const view of this.views) view.detach = attach(view, this);
    this.grid.dataset.views = shown.length;
    this.grid.dataset.surface = shown.includes("surface");
  }

  /** Draws what Python sent. Calls while it draws are one more drawing at its end. */
  async redraw() {
    if (this.drawing) return void (this.again = true);
    this.drawing = true;
    try {
      this.Plotly ??= await loadPlotly(this.header.plotly);
      do {
        this.again = false;
        for (const view of [...this.views].sort((a, b) => Number(b instanceof MapView) - Number(a instanceof MapView)))
          if (!this.gone) await view.draw(this.Plotly);
      } while (this.again && !this.gone);
      this.root.dataset.painted = this.header.acknowledged;
      this.root.dataset.draws = Number(this.root.dataset.draws ?? 0) + 1;
      this.root.dataset.state = this.dragging ? "dragging" : this.waiting ? "waiting" : "ready";
      this.root.setAttribute("aria-description", this.readout.summary());
    } catch (trouble) {
      console.error(trouble);
      this.root.dataset.state = "failed";
      this.readout.say("The figures could not be drawn.");
    } finally {
      this.drawing = false;
    }
  }

  get waiting() {
    return this.header.acknowledged < this.sequence;
  }

  // --- a slider moves

  moved(name) {
    if (!this.dragging) this.drag.start();
    this.dragging = true;
    this.changedParameter ||=
      this.evaluator?.parameters.includes(name) || !this.header.overlays.some(({ slider }) => slider === name);
    this.root.dataset.state = "dragging";
    if (this.evaluator || !this.changedParameter) this.drag.frame();
    else if (!this.waiting) this.sendRelease();
    else this.dirty = true;
  }

  /**
   * The slider is let go: if anything changed, Python is told, once; keys are given a moment to go
   * on.
   */
  released(byKey) {
    clearTimeout(this.release);
    this.release = setTimeout(() => this.settle(), byKey ? 350 : 0);
  }

  settle() {
    if (!this.dragging || this.controls.playing) return;
    this.dragging = false;
    const known = this.late?.header ?? this.header;
    const changed = known.sliders.some(({ name, value }) => this.sliders[name] !== value);
    if (changed && this.waiting && !this.evaluator) return void (this.dirty = true);
    if (changed) return this.sendRelease();
    if (this.late) return this.accept(this.late);
    this.changedParameter = false;
    this.shown = this.fields;
    this.redraw();
  }

  sendRelease() {
    this.dirty = false;
    this.late = null;
    this.post("release");
  }

  // --- messages out

  post(cause) {
    this.sequence += 1;
    this.messages += 1;
    this.root.dataset.messages = this.messages;
    this.root.dataset.state = "waiting";
    const point = this.point ? [this.point.u, this.point.v] : null;
    this.untold.add(cause);
    this.send({
      sequence: this.sequence,
      cause,
      causes: [...this.untold],
      point,
      values: { ...this.sliders },
      colour: this.surface?.colour ?? this.header.colour,
      maps: this.maps.map(({ measure }) => measure),
    });
  }

  pick({ u, v }) {
    this.point = { u, v };
    this.cursor = { u, v };
    for (const view of this.views) view.placeRing?.(this.point);
    this.showCursor();
    this.readout.speak(`Picked. ${this.readout.words(this.cursor)}`);
    this.post("pick");
  }

  pickAtCursor() {
    this.cursor ??= this.middle();
    this.pick(this.cursor);
  }

  // --- the cursor

  hover(cursor) {
    this.cursor = cursor ?? this.point ?? null;
    this.showCursor();
  }

  focused(view) {
    this.cursor ??= this.point ?? this.middle();
    this.showCursor();
    this.readout.speak(`${view.card.stage.getAttribute("aria-label")} ${this.readout.words(this.cursor)}`);
  }

  /** One grid step, or several, by keys. */
  step(du, dv, times) {
    const [u0, u1, v0, v1] = this.header.window;
    const { u, v } = (this.cursor ??= this.point ?? this.middle());
    const next = (x, d, low, high) => Math.min(high, Math.max(low, x + (d * times * (high - low)) / 100));
    this.cursor = { u: next(u, du, u0, u1), v: next(v, dv, v0, v1) };
    this.showCursor();
    this.readout.speak(this.readout.words(this.cursor));
  }

  middle() {
    const [u0, u1, v0, v1] = this.header.window;
    return { u: (u0 + u1) / 2, v: (v0 + v1) / 2 };
  }

  showCursor() {
    for (const view of this.views) (view.placeCursor ?? view.placeHairs).call(view, this.cursor);
    this.root.dataset.cursor = this.cursor ? `${this.cursor.u} ${this.cursor.v}` : "";
    this.readout.show();
  }

  // --- the views together

  zoomed(view) {
    if (!this.linked || !this.Plotly) return;
    for (const other of this.views) if (other !== view && other instanceof MapView) other.zoomTo(view.range);
  }

  link(on) {
    this.linked = on;
    const first = this.views.find((view) => view instanceof MapView);
    if (on && first) this.zoomed(first);
  }

  /**
   * Keeps the colour scales and the heights as they are now, so that what changes is the landscape;
   * or lets them follow again.
   */
  hold(on) {
    this.held = on ? { measures: this.header.measures, heights: this.header.heights } : null;
    this.root.dataset.held = Boolean(on);
  }

  get maps() {
    return this.views.filter((view) => view instanceof MapView);
  }

  /** Shows another measure in a map; the map that had it takes the one that was there. */
  choose(view, measure) {
    const other = this.maps.find((map) => map.measure === measure);
    other?.become(view.measure);
    view.become(measure);
    this.redraw();
    this.post("maps");
  }

  get surface() {
    return this.views.find((view) => view instanceof SurfaceView);
  }

  fit() {
    if (!this.Plotly || this.drawing || this.gone) return;
    for (const view of this.views) view.resize(this.Plotly);
  }

  drop(view) {
    view.detach();
    view.dispose();
    view.card.remove();
  }

  dispose() {
    this.gone = true;
    this.controls.playing = null;
    this.observer.disconnect();
    for (const view of this.views) this.drop(view);
    this.root.remove();
  }
}
