// The instrument: one state for all views. It takes messages, follows sliders, moves the cursor, and tells Python what was picked or released.

import { make, onceAFrame } from "./dom.js";
import { between, Evaluator, mayCompile } from "./field.js";
import { loadPlotly } from "./library.js";
import { MapView } from "./map.js";
import { overlaysOf } from "./overlays.js";
import { attach } from "./pointer.js";
import { short } from "./scale.js";
import { Sliders } from "./sliders.js";
import { SurfaceView } from "./surface.js";
import { Toolbar } from "./toolbar.js";

const LIVE_SIDE = 128;
const MEASURES = ["f", "gradient", "trace", "S"];

export class Instrument {
  constructor(parent) {
    this.root = make("div", { class: "cl-panel", "data-state": "loading", role: "group", "aria-label": "Curvature of the landscape" });
    this.root.instrument = this;
    this.readout = make("div", { class: "cl-readout", "aria-hidden": "true" });
    this.voice = make("div", { class: "cl-voice", role: "status", "aria-live": "polite" });
    this.grid = make("div", { class: "cl-grid" });
    this.sliders = {};
    this.sequence = 0;
    this.messages = 0;
    this.frames = 0;
    this.side = LIVE_SIDE;
    this.views = [];
    this.linked = false;
    this.toolbar = new Toolbar(this);
    this.root.append(this.toolbar.bar);
    this.controls = new Sliders(this.root, this.sliders, { moved: (name) => this.moved(name), released: (byKey) => this.released(byKey) });
    this.root.append(this.readout, this.grid, this.voice);
    parent.append(this.root);
    this.frame = onceAFrame(() => this.follow());
    this.resized = onceAFrame(() => this.fit());
    this.observer = new ResizeObserver(this.resized);
    this.observer.observe(this.root);
  }

  // --- messages in

  /** A message from Python. One that answers an older state than the visitor's is left aside: its successor is on the way. */
  receive(message) {
    this.sequence = Math.max(this.sequence, message.header.acknowledged);
    if (this.header && message.header.acknowledged < this.sequence) return;
    if (this.dragging && this.evaluator) this.late = message;
    else this.accept(message);
  }

  accept(message) {
    const { header, arrays } = message, before = this.header;
    const changed = !before || before.identity !== header.identity;
    this.header = header;
    const [nV, nU] = arrays.f.shape;
    this.fields = { nU, nV, ...Object.fromEntries(MEASURES.map((name) => [name, arrays[name].values])) };
    this.shown = this.fields;
    this.overlays = overlaysOf(message);
    this.point = header.point && { u: header.point[0], v: header.point[1] };
    this.controls.update(header.sliders, this.dragging || this.dirty);
    this.late = null;
    this.prepare(header, before);
    this.arrange(header);
    if (changed) this.startAnew(before, header);
    if (this.dirty) this.sendRelease();
    this.redraw();
  }

  prepare(header, before) {
    if (header.script === before?.script && this.root.dataset.evaluator) return;
    this.evaluator = header.script && mayCompile() ? new Evaluator(header.script, header.parameters) : null;
    this.side = LIVE_SIDE;
    this.root.dataset.evaluator = this.evaluator ? "browser" : "server";
  }

  /** The views that the message asks for, in its order; those that stay keep their nodes. */
  arrange({ shown }) {
    if (shown.join() === this.views.map(({ card }) => card.name).join()) return;
    for (const view of this.views) this.drop(view);
    this.views = shown.map((name) => (name === "surface" ? new SurfaceView(this.grid, this) : new MapView(this.grid, name, this)));
    for (const view of this.views) view.detach = attach(view, this);
    this.grid.dataset.views = shown.length;
    this.grid.dataset.surface = shown.includes("surface");
  }

  startAnew(before, header) {
    this.cursor = null;
    const sameWindow = before?.window.join() === header.window.join();
    for (const view of this.views) {
      if (view instanceof MapView && !sameWindow) view.range = null;
    }
  }

  /** Draws what Python sent. Calls while it draws are one more drawing at its end. */
  async redraw() {
    if (this.drawing) return void (this.again = true);
    this.drawing = true;
    try {
      this.Plotly ??= await loadPlotly(this.header.plotly);
      do {
        this.again = false;
        for (const view of [...this.views].sort((a, b) => (b instanceof MapView) - (a instanceof MapView))) if (!this.gone) await view.draw(this.Plotly);
      } while (this.again && !this.gone);
      this.root.dataset.painted = this.header.acknowledged;
      this.root.dataset.draws = Number(this.root.dataset.draws ?? 0) + 1;
      this.setState(this.dragging ? "dragging" : this.waiting ? "waiting" : "ready");
      this.tell();
    } catch (trouble) {
      console.error(trouble);
      this.setState("failed");
      this.say("The figures could not be drawn.");
    } finally {
      this.drawing = false;
    }
  }

  setState(state) {
    this.root.dataset.state = state;
  }

  get waiting() {
    return this.header.acknowledged < this.sequence;
  }

  // --- a slider moves

  moved(name) {
    if (!this.dragging) [this.dragging, this.side, this.costs] = [true, LIVE_SIDE, []];
    this.changedParameter ||= this.evaluator?.parameters.includes(name) || !this.header.overlays.some(({ slider }) => slider === name);
    this.setState("dragging");
    if (this.evaluator || !this.changedParameter) this.frame();
    else if (!this.waiting) this.sendRelease();
    else this.dirty = true;
  }

  /** One frame of a drag: compute, paint the maps, and the surface when there is time for it. */
  follow() {
    if (!this.header || !this.Plotly || this.gone) return;
    const began = performance.now();
    this.shown = { ...this.liveFields(), isParameter: this.changedParameter };
    for (const view of this.views) if (view instanceof MapView) view.follow(this.shown);
    this.pace(performance.now() - began);
    this.followInSpace();
    this.frames += 1;
    this.root.dataset.frames = this.frames;
    this.showReadout();
  }

  liveFields() {
    if (!this.changedParameter || !this.evaluator) return this.fields;
    const nU = Math.min(this.side, this.fields.nU), nV = Math.min(this.side, this.fields.nV);
    return this.evaluator.fields(this.header.window, nU, nV, { ...this.header.defaults, ...this.sliders });
  }

  /** Fewer points for a formula too heavy for a frame: judged by the quickest of four, which no other program has slowed down. */
  pace(cost) {
    this.costs = [...(this.costs ?? []), cost].slice(-4);
    this.cost = Math.min(...this.costs);
    if (this.costs.length < 4 || this.cost < 24 || this.side <= 48) return;
    this.side = Math.max(48, Math.round(this.side * 0.75));
    this.costs = [];
  }

  /** The surface gets a quarter of the time; where it is drawn in software, the pauses. */
  followInSpace() {
    const surface = this.views.find((view) => view instanceof SurfaceView);
    if (!surface || surface.resting) return;
    clearTimeout(this.later);
    const now = performance.now(), gap = now - (this.lastFrame ?? now);
    this.lastFrame = now;
    const wait = surface.cost > 40 ? Math.max(160, 2.5 * gap) : Math.max(0, (this.spaceEnd ?? 0) + 3 * surface.cost - now);
    this.later = setTimeout(async () => {
      if (this.gone || this.busy || this.shown === this.fields) return;
      this.busy = true;
      await surface.follow(this.shown);
      this.busy = false;
      this.spaceEnd = performance.now();
    }, wait);
  }

  /** The slider is let go: if anything changed, Python is told, once; keys are given a moment to go on. */
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
    this.changedParameter = false;
    this.post("release");
  }

  // --- messages out

  post(cause) {
    this.sequence += 1;
    this.messages += 1;
    this.root.dataset.messages = this.messages;
    this.setState("waiting");
    const point = this.point ? [this.point.u, this.point.v] : null;
    this.send({ sequence: this.sequence, cause, point, values: { ...this.sliders } });
  }

  pick({ u, v }) {
    this.point = { u, v };
    this.cursor = { u, v };
    this.showPoint();
    this.speak(`Picked. ${this.words(this.cursor)}`);
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
    this.speak(`${view.card.stage.getAttribute("aria-label")} ${this.words(this.cursor)}`);
  }

  /** One grid step, or several, by keys. */
  step(du, dv, times) {
    const [u0, u1, v0, v1] = this.header.window, { u, v } = (this.cursor ??= this.point ?? this.middle());
    const next = (x, d, low, high) => Math.min(high, Math.max(low, x + (d * times * (high - low)) / 100));
    this.cursor = { u: next(u, du, u0, u1), v: next(v, dv, v0, v1) };
    this.showCursor();
    this.speak(this.words(this.cursor));
  }

  middle() {
    const [u0, u1, v0, v1] = this.header.window;
    return { u: (u0 + u1) / 2, v: (v0 + v1) / 2 };
  }

  showCursor() {
    for (const view of this.views) (view.placeCursor ?? view.placeHairs).call(view, this.cursor);
    this.root.dataset.cursor = this.cursor ? `${this.cursor.u} ${this.cursor.v}` : "";
    this.showReadout();
  }

  showPoint() {
    for (const view of this.views) view.placeRing?.(this.point);
    this.showCursor();
  }

  /** The four measures at a point: exact where the browser has the function, else between the points of the grid. */
  valuesAt({ u, v }) {
    if (this.evaluator) return this.evaluator.at(u, v, { ...this.header.defaults, ...this.sliders });
    const { nU, nV } = this.shown;
    return Object.fromEntries(MEASURES.map((name) => [name, between(this.shown[name], nU, nV, this.header.window, u, v)]));
  }

  entries(cursor) {
    const values = this.valuesAt(cursor), { measures } = this.header;
    return [["u", cursor.u], ["v", cursor.v], ...MEASURES.map((name) => [measures[name].words, values[name]])];
  }

  words(cursor) {
    return this.entries(cursor).map(([name, value]) => `${name} = ${short(value, 4)}`).join(", ");
  }

  showReadout() {
    const at = this.cursor ?? this.point;
    this.readout.replaceChildren(...(at && this.header ? this.entries(at) : []).map(([name, value]) => make("span", {}, make("b", {}, name), ` ${short(value)}`)));
  }

  speak(words) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.say(words), 120);
  }

  say(words) {
    this.voice.textContent = words;
  }

  /** A summary of the views for those who do not see them. */
  tell() {
    const ends = (values) => values.reduce(([low, high], x) => (Number.isNaN(x) ? [low, high] : [Math.min(low, x), Math.max(high, x)]), [Infinity, -Infinity]);
    const { measures, overlays } = this.header;
    const parts = MEASURES.map((name) => `${measures[name].words} from ${ends(this.fields[name]).map((x) => short(x, 3)).join(" to ")}`);
    const drawn = overlays.map(({ name }) => name);
    this.root.setAttribute("aria-description", `${parts.join("; ")}.${drawn.length ? ` Drawn over it: ${drawn.join(", ")}.` : ""}`);
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
