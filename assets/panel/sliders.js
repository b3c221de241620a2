// Sliders inside the panel: dragging follows in the browser, releasing tells Python; each can be
// played.

import { calm, make } from "./dom.js";
import { short } from "./scale.js";

const SECONDS = 4;

export class Sliders {
  /** @param {{moved: (name: string) => void, released: (calmly: boolean) => void}} listener */
  constructor(parent, values, listener) {
    this.values = values;
    this.listener = listener;
    this.rows = new Map();
    this.box = make("div", { class: "cl-sliders" });
    parent.append(this.box);
  }

  /**
   * Takes over the sliders of a message; rows of the same name keep their nodes, and the one in
   * hand keeps its value.
   */
  update(sliders, keepValues) {
    for (const name of [...this.rows.keys()]) {
      if (!sliders.some((slider) => slider.name === name)) {
        this.rows.get(name).row.remove();
        this.rows.delete(name);
        delete this.values[name];
      }
    }
    for (const slider of sliders) {
      const entry = this.rows.get(slider.name) ?? this.add(slider);
      entry.slider = slider;
      entry.input.min = slider.low;
      entry.input.max = slider.high;
      entry.input.step = slider.step;
      if (!keepValues || !(slider.name in this.values)) this.set(slider.name, slider.value);
    }
    this.box.hidden = sliders.length === 0;
  }

  add({ name, label }) {
    const input = make("input", { type: "range", "aria-label": label });
    const number = make("output", { class: "cl-number" });
    const play = make(
      "button",
      { type: "button", class: "cl-icon", "aria-label": `Play ${label}`, title: `Play ${label}` },
      "▶",
    );
    const speed = make(
      "select",
      { class: "cl-choose", "aria-label": `Speed of ${label}` },
      ...[0.5, 1, 2].map((x) => make("option", { value: x, selected: x === 1 }, `${x}×`)),
    );
    const row = make(
      "div",
      { class: "cl-slider", "data-slider": name },
      make("label", {}, make("i", {}, label)),
      input,
      number,
      play,
      speed,
    );
    const entry = { row, input, number, play, speed };
    input.addEventListener("input", () => this.dragged(name, Number(input.value)));
    input.addEventListener(
      "keydown",
      (event) => (entry.byKey = event.key.startsWith("Arrow") || event.key.startsWith("Page")),
    );
    input.addEventListener("pointerdown", () => (entry.byKey = false));
    for (const kind of ["change", "pointerup", "pointercancel"])
      input.addEventListener(kind, () => this.listener.released(entry.byKey));
    play.addEventListener("click", () => (this.playing === name ? this.stop() : this.play(name)));
    this.rows.set(name, entry);
    this.box.append(row);
    return entry;
  }

  dragged(name, value) {
    if (this.playing) this.stop(false);
    this.set(name, value);
    this.listener.moved(name);
  }

  set(name, value) {
    const { input, number } = this.rows.get(name);
    this.values[name] = value;
    input.value = value;
    number.textContent = short(value, 4);
    input.setAttribute("aria-valuetext", short(value, 4));
  }

  /**
   * Moves a slider to and fro between its ends until it is stopped; with reduced motion in few,
   * slow steps.
   */
  play(name) {
    this.stop(false);
    const { slider, play, speed } = this.rows.get(name);
    const span = slider.high - slider.low;
    this.playing = name;
    play.textContent = "❚❚";
    let way = (this.values[name] - slider.low) / span;
    let last = performance.now();
    let shown = 0;
    const step = (now) => {
      if (this.playing !== name) return;
      way += (Math.min(now - last, 100) / 1000 / SECONDS) * Number(speed.value) * (calm() ? 0.25 : 1);
      last = now;
      if (!calm() || now - shown > 500) {
        shown = now;
        const t = way % 2;
        this.set(name, onStep(slider, slider.low + span * (t > 1 ? 2 - t : t)));
        this.listener.moved(name);
      }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  stop(tell = true) {
    if (!this.playing) return;
    this.rows.get(this.playing).play.textContent = "▶";
    this.playing = null;
    if (tell) this.listener.released(false);
  }
}

/** A value as the slider's steps allow it, without the digits that rounding leaves behind. */
export function onStep({ low, high, step }, value) {
  return Math.min(high, Number((low + Math.round((value - low) / step) * step).toPrecision(12)));
}
