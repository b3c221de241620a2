// What the instrument says: the numbers at the cursor for the eye, the same for the ear, and a
// summary of the whole.

import { make, symbol } from "./dom.js";
import { between } from "./field.js";
import { digitsIn, short } from "./scale.js";

export class Readout {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    this.line = make("div", { class: "cl-readout", "aria-hidden": "true" });
    this.voice = make("div", { class: "cl-voice", role: "status", "aria-live": "polite" });
  }

  get measures() {
    return Object.keys(this.instrument.header.measures);
  }

  /**
   * The measures at a point: exact where the browser has the function, else between the points
   * of the grid.
   */
  valuesAt({ u, v }) {
    const { evaluator, header, sliders, shown } = this.instrument;
    if (evaluator) return evaluator.at(u, v, { ...header.defaults, ...sliders });
    return Object.fromEntries(
      this.measures.map((name) => [name, between(shown[name], shown.nU, shown.nV, header.window, u, v)]),
    );
  }

  entries(point) {
    const values = this.valuesAt(point);
    const {
      measures,
      heights,
      window: [u0, u1, v0, v1],
    } = this.instrument.header;
    return [
      ["u", point.u, digitsIn([u0, u1])],
      ["v", point.v, digitsIn([v0, v1])],
      ...this.measures.map((name) => [measures[name].words, values[name], name === "f" ? digitsIn(heights) : 5]),
    ];
  }

  words(point) {
    return this.entries(point)
      .map(([name, value, digits]) => `${name} = ${short(value, digits - 1)}`)
      .join(", ");
  }

  /**
   * The numbers at the cursor while there is one, else at the chosen point: the one place on a page
   * that says them.
   */
  show() {
    const { cursor, point, header } = this.instrument;
    const at = cursor ?? point;
    const chosen = at && point && at.u === point.u && at.v === point.v;
    const numbers = (at && header ? this.entries(at) : []).map(([name, value, digits], k) =>
      make("span", {}, make("b", {}, ...this.name(name, k)), ` ${short(value, digits)}`),
    );
    this.line.replaceChildren(
      ...(numbers.length ? [make("em", {}, chosen ? "at the point" : "at the cursor")] : []),
      ...numbers,
    );
  }

  /** A name as it is printed: u and v in italics, measures as their symbols. */
  name(words, k) {
    return k < 2 ? [make("i", {}, words)] : symbol(this.instrument.header.measures[this.measures[k - 2]].symbol);
  }

  /** Says something soon; what was about to be said gives way. */
  speak(words) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.say(words), 120);
  }

  say(words) {
    this.voice.textContent = words;
  }

  /** The views in words, for those who do not see them. */
  summary() {
    const { fields, header } = this.instrument;
    const ends = (values) =>
      values.reduce(
        ([low, high], x) => (Number.isNaN(x) ? [low, high] : [Math.min(low, x), Math.max(high, x)]),
        [Infinity, -Infinity],
      );
    const range = (name) =>
      ends(fields[name])
        .map((x) => short(x, 3))
        .join(" to ");
    const parts = this.measures.map((name) => `${header.measures[name].words} from ${range(name)}`);
    const drawn = header.overlays.map(({ name }) => name);
    return `${parts.join("; ")}.${drawn.length ? ` Drawn over it: ${drawn.join(", ")}.` : ""}`;
  }
}
