// One view of the instrument: its caption with the colour bar, the stage that takes the focus, what
// floats over the plot.

import { make, makeSvg, symbol } from "./dom.js";
import { percent, stopsOf } from "./scale.js";

export class Card {
  /** @param {HTMLElement} parent @param {string} name of the view: "surface" or a measure */
  constructor(parent, name) {
    this.name = name;
    this.symbol = make("span", { class: "cl-symbol" });
    this.title = make("span", { class: "cl-title" }, this.symbol);
    this.bar = make("span", { class: "cl-scale", "aria-hidden": "true" });
    this.tools = make("span", { class: "cl-tools" });
    this.clip = make("span", { class: "cl-clip" });
    this.plot = make("div", { class: "cl-plot" });
    this.canvas = make("canvas");
    this.picture = make("div", { class: "cl-picture", hidden: true }, this.canvas);
    this.lines = makeSvg("svg", { class: "cl-lines", "aria-hidden": "true" });
    this.hairs = [make("div", { class: "cl-hair cl-hair-u" }), make("div", { class: "cl-hair cl-hair-v" })];
    this.ring = make("div", { class: "cl-ring", hidden: true });
    this.stage = make(
      "div",
      { class: "cl-stage", tabindex: "0", role: "application" },
      this.plot,
      this.picture,
      this.lines,
      ...this.hairs,
      this.ring,
    );
    this.note = make("p", { class: "cl-note", hidden: true });
    const caption = make("figcaption", {}, this.title, this.bar, this.clip, this.tools);
    this.figure = make("figure", { class: "cl-view", "data-view": name }, caption, this.stage, this.note);
    parent.append(this.figure);
    this.watch = new ResizeObserver(() => this.spaceTicks());
    this.watch.observe(this.bar);
  }

  /** Shows which measure the colours are of, and what they mean. */
  describe(measure, palette, words) {
    this.symbol.replaceChildren(...symbol(measure.symbol));
    const stops = stopsOf(measure, palette);
    this.bar.style.background = `linear-gradient(to right, ${stops.join(",")})`;
    this.bar.replaceChildren(
      ...measure.ticks.map(([x, text]) => make("span", { style: `left:${(100 * x).toFixed(2)}%` }, text)),
    );
    this.spaceTicks();
    this.clip.textContent = measure.clipped > 0 ? `${percent(measure.clipped)} beyond the scale` : "";
    this.stage.setAttribute("aria-label", words);
  }

  /**
   * Hides the ticks for which a narrow bar has no room: the middle one and the ends stay longest.
   */
  spaceTicks() {
    const ticks = [...this.bar.children].map((tick) => ({ tick, at: parseFloat(tick.style.left), ...sides(tick) }));
    const shown = [];
    for (const one of ticks.sort((a, b) => urgency(b.at) - urgency(a.at))) {
      const clear = shown.every((other) => one.right + 5 < other.left || other.right + 5 < one.left);
      one.tick.style.visibility = clear ? "" : "hidden";
      if (clear) shown.push(one);
    }
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }

  remove() {
    this.watch.disconnect();
    this.figure.remove();
  }
}

function sides(element) {
  const { left, right } = element.getBoundingClientRect();
  return { left, right };
}

/** Of a tick at so many percent of the bar. */
function urgency(at) {
  return Math.abs(at - 50) < 0.01 ? 100 : Math.abs(at - 50);
}
