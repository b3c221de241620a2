// What leaves the panel as a file, all made here in the browser.

import { download, make } from "./dom.js";
import { absolute } from "./library.js";
import { stl } from "./stl.js";
import { canRecord, Film } from "./sweep.js";

export class Exports {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    this.target = make("select", { class: "cl-choose", "aria-label": "Which picture" });
    this.runner = make("select", { class: "cl-choose", "aria-label": "Which slider runs" });
    this.status = make("span", { class: "cl-clip", role: "status" });
    const entry = (text, words, act) => make("button", { type: "button", class: "cl-button", title: words, onclick: () => this.run(act) }, text);
    this.sweepRow = make("div", { class: "cl-row" }, "Film of", this.runner, entry("GIF", "Animated GIF", () => this.film("gif")), canRecord() ? entry("WebM", "Video", () => this.film("webm")) : "");
    this.solid = entry("STL", "The surface as a solid for a 3-D printer", () => this.solidFile());
    const files = make("div", { class: "cl-row" }, entry("HTML", "All views in one file that works offline", () => this.page()), this.solid);
    const pictures = make("div", { class: "cl-row" }, this.target, entry("PNG", "Picture", () => this.picture("png")), entry("SVG", "Drawing", () => this.picture("svg")));
    const sheet = make("div", { class: "cl-sheet" }, pictures, files, this.sweepRow, this.status);
    this.menu = make("details", { class: "cl-export", ontoggle: () => this.offer() }, make("summary", { class: "cl-button" }, "Export"), sheet);
    this.menu.addEventListener("keydown", (event) => event.key === "Escape" && (this.menu.open = false));
  }

  /** The views and sliders there are now. */
  offer() {
    const { views, header, evaluator } = this.instrument;
    this.target.replaceChildren(...views.map(({ card }) => make("option", { value: card.name }, card.name === "surface" ? "surface" : `map of ${header.measures[card.name].words}`)));
    const running = header.sliders.filter(({ name }) => evaluator?.parameters.includes(name));
    this.runner.replaceChildren(...running.map(({ name, label }) => make("option", { value: name }, label)));
    this.sweepRow.hidden = running.length === 0;
    this.solid.hidden = !this.instrument.surface?.thin;
  }

  async run(act) {
    this.status.textContent = "Making the file …";
    try {
      await act();
      this.status.textContent = "";
    } catch (trouble) {
      console.error(trouble);
      this.status.textContent = "The file could not be made.";
    }
  }

  name(what, ending) {
    return `${this.instrument.header.file || "curvature"}-${what}.${ending}`;
  }

  async picture(format) {
    const view = this.instrument.views.find(({ card }) => card.name === this.target.value);
    const address = await this.instrument.Plotly.toImage(view.figure(), { format, width: 900, height: 720, scale: format === "png" ? 2 : 1 });
    download(address, this.name(this.target.value, format));
  }

  /** One file that holds Plotly itself and the figures as numbers; what a figure says is our own words only. */
  async page() {
    const answer = await fetch(absolute(this.instrument.header.plotly.at(-1)));
    if (!answer.ok) throw new Error(`Plotly's file: ${answer.status}`);
    const library = (await answer.text()).replaceAll("</script", "<\\/script"), { palette, title } = this.instrument.header;
    const figures = JSON.stringify(this.instrument.views.map((view) => view.figure()), plain).replaceAll("<", "\\u003c");
    const heading = (title || "Curvature of a loss landscape").replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);
    const style = `body{margin:1.5rem;background:${palette.background};color:${palette.text};font-family:sans-serif}main{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));gap:1rem}main div{height:32rem}`;
    const start = `for(const figure of ${figures}){const place=document.querySelector("main").appendChild(document.createElement("div"));Plotly.newPlot(place,figure.data,{...figure.layout,autosize:true},{responsive:true,displaylogo:false})}`;
    const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title><style>${style}</style><h1>${heading}</h1><main></main><script>${library}</script><script>${start}</script></html>`;
    download(page, this.name("views", "html"), "text/html");
  }

  solidFile() {
    const { surface, header } = this.instrument, [u0, u1, v0, v1] = header.window;
    download(stl(surface.thin, surface.heights, Math.min(2, Math.max(0.5, (v1 - v0) / (u1 - u0)))), this.name("surface", "stl"));
  }

  async film(kind) {
    await new Promise((done) => setTimeout(done, 30)); // lets the status appear
    download(await new Film(this.instrument, this.runner.value)[kind](), this.name(`sweep-${this.runner.selectedIndex + 1}`, kind));
  }
}

/** For JSON: typed arrays as lists of at most seven digits, what is not finite as null. */
function plain(_, value) {
  if (ArrayBuffer.isView(value)) return Array.from(value, (x) => (Number.isFinite(x) ? Number(x.toPrecision(7)) : null));
  return value;
}
