// The one place from which things leave the panel as files, all made here in the browser.

import { caption, captionLines, titled } from "./caption.js";
import { download, make } from "./dom.js";
import { FORMATS, writable } from "./encode.js";
import { Film } from "./film.js";
import { words } from "./formula.js";
import { smoothed } from "./framed.js";
import { ratioOf } from "./framing.js";
import { offlinePage } from "./page.js";
import { stl } from "./stl.js";

const WIDTH = 900;
const HEIGHT = 640;

/** How many seconds a film may last. */
const LENGTHS = [2, 4, 8];

export class Exports {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    this.target = make("select", { class: "cl-choose", "aria-label": "Which picture" });
    this.runner = make("select", { class: "cl-choose", "aria-label": "Which slider runs" });
    this.seconds = make(
      "select",
      { class: "cl-choose", "aria-label": "How long" },
      ...LENGTHS.map((n) => make("option", { value: n }, `${n} s`)),
    );
    this.status = make("span", { class: "cl-clip", role: "status" });
    this.films = make("span", { class: "cl-row" });
    this.filmRow = make("div", { class: "cl-row" }, "Film of", this.runner, this.seconds, this.films);
    this.solid = this.entry("STL", "The surface as a solid for a 3-D printer", () => this.solidFile());
    const files = make(
      "div",
      { class: "cl-row" },
      this.entry("HTML", "All views in one file that works offline", () => this.page()),
      this.solid,
    );
    const pictures = make(
      "div",
      { class: "cl-row" },
      this.target,
      this.entry("PNG", "Picture", () => this.picture("png")),
      this.entry("SVG", "Drawing", () => this.picture("svg")),
    );
    this.bar = make("progress", { max: 1, value: 0, "aria-label": "How much of the film is made" });
    this.progress = make(
      "div",
      { class: "cl-row", hidden: true },
      this.bar,
      make("button", { type: "button", class: "cl-button", onclick: () => this.making?.abort() }, "Cancel"),
    );
    const sheet = make("div", { class: "cl-sheet" }, pictures, files, this.filmRow, this.progress, this.status);
    this.menu = make(
      "details",
      { class: "cl-export", ontoggle: () => this.menu.open && this.offer() },
      make("summary", { class: "cl-button" }, "Export"),
      sheet,
    );
    this.menu.addEventListener("keydown", (event) => event.key === "Escape" && (this.menu.open = false));
  }

  entry(text, says, act) {
    return make("button", { type: "button", class: "cl-button", title: says, onclick: () => this.run(act) }, text);
  }

  /** The views, sliders and films there are; what is still being drawn, when it is there. */
  async offer() {
    await this.drawn();
    const { views, header, evaluator } = this.instrument;
    const chosen = this.target.value;
    this.target.replaceChildren(
      ...views.map(({ card }) =>
        make(
          "option",
          { value: card.name },
          card.name === "surface" ? "surface" : `map of ${header.measures[card.name].words}`,
        ),
      ),
    );
    if (views.some(({ card }) => card.name === chosen)) this.target.value = chosen;
    const running = header.sliders.filter(({ name }) => evaluator?.parameters.includes(name));
    this.runner.replaceChildren(...running.map(({ name, label }) => make("option", { value: name }, label)));
    this.filmRow.hidden = running.length === 0;
    this.solid.hidden = !this.instrument.surface?.skin;
    const kinds = await writable();
    this.films.replaceChildren(
      ...kinds.map((kind) => this.entry(FORMATS[kind].label, FORMATS[kind].says, () => this.film(kind))),
    );
  }

  /** Waits for the first drawing, and for one that is under way. */
  async drawn() {
    const isThere = ({ Plotly, drawing, root }) => root.dataset.state === "failed" || (Plotly && !drawing);
    while (!isThere(this.instrument)) await new Promise(requestAnimationFrame);
  }

  /** Makes one file at a time. */
  async run(act) {
    if (this.busy) return;
    this.busy = true;
    this.status.textContent = "Making the file …";
    try {
      await this.drawn();
      this.status.textContent = (await act()) ?? "";
    } catch (trouble) {
      console.error(trouble);
      this.status.textContent = "The file could not be made.";
    } finally {
      this.busy = false;
    }
  }

  name(what, ending) {
    return [this.instrument.header.file || "curvature", what].filter(Boolean).join("-") + `.${ending}`;
  }

  /** A view with its caption above. */
  async picture(format) {
    const view = this.instrument.views.find(({ card }) => card.name === this.target.value);
    const { data, layout } = view.figure({ width: WIDTH, height: HEIGHT, overlays: smoothed(this.instrument) });
    const full = titled(layout, captionLines(caption(this.instrument), layout.width, words(this.about(view))));
    const { width, height } = full;
    const address = await this.instrument.Plotly.toImage(
      { data, layout: full },
      { format, width, height, scale: format === "png" ? 2 : 1 },
    );
    download(address, this.name(this.target.value, format));
  }

  /** A view in words. */
  about(view) {
    const { measures } = this.instrument.header;
    return view.measure || view.flat
      ? `Map of ${measures[view.measure ?? "f"].words}`
      : `Surface of f, coloured by ${measures[view.colour].words}`;
  }

  async page() {
    const views = this.instrument.views.map((view) => ({ about: this.about(view), view }));
    download(await offlinePage(this.instrument, views), this.name("", "html"), "text/html");
  }

  solidFile() {
    const { surface, header } = this.instrument;
    download(
      stl(
        surface.skin.thin,
        surface.heights,
        ratioOf(header.window),
        `f = ${header.formula || header.title}, window ${header.window.join(", ")}`,
      ),
      this.name("surface", "stl"),
    );
  }

  /** A film, with its progress; what is said at the end. */
  async film(kind) {
    this.making = new AbortController();
    this.progress.hidden = false;
    const film = new Film(this.instrument, this.runner.value, FORMATS[kind]);
    try {
      const made = await film.made(Number(this.seconds.value), this.making.signal, (share) => (this.bar.value = share));
      if (!made)
        return film.isStale ? "The landscape has changed meanwhile; no film was made." : "Cancelled; no file was made.";
      download(made, this.name("film", kind));
    } finally {
      film.close();
      this.progress.hidden = true;
    }
  }
}
