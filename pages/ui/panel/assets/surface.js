// The surface: a Plotly scene that keeps its camera. During a drag it follows at the pace it can; without WebGL a map of f stands in.

import { CAMERAS } from "./cameras.js";
import { Card } from "./card.js";
import { make } from "./dom.js";
import { between } from "./field.js";
import { FONT } from "./framed.js";
import { standing } from "./framing.js";
import { CONFIG, MapView } from "./map.js";
import { ontoBorder } from "./mesh.js";
import { heightsOver, traces, zeroLines, zeroOf } from "./overlays.js";
import { projector, turned, underPixel } from "./projection.js";
import { levels, parted, thinned } from "./relief.js";
import { bar, barRoom, barTitle, colorscale, positions, short, stopsOf } from "./scale.js";
import { claim, discard, inTurn, release, webgl } from "./scenes.js";
import { Viewpoint } from "./viewpoint.js";
import { zeroField } from "./zero.js";

/** Vertices a side, at rest and during a drag. Below 120 Plotly refines a surface to up to 720 a side, which costs many times the drawing. */
const SIDE = 161;
const SIDE_LIVE = 121;

export class SurfaceView {
  constructor(parent, instrument) {
    this.instrument = instrument;
    this.card = new Card(parent, "surface");
    this.colour = null;
    this.camera = CAMERAS.Oblique;
    this.viewpoint = new Viewpoint(this);
    this.draws = 0;
    this.cost = 0;
    this.resting = false;
    this.chooser = make("select", { class: "cl-choose", "aria-label": "Colour of the surface", onchange: () => this.recolour(this.chooser.value) });
    this.card.tools.append(this.chooser);
    this.card.plot.addEventListener("webglcontextlost", () => setTimeout(() => this.restore(), 50), true);
  }

  async draw(Plotly) {
    const { header } = this.instrument;
    this.colour ??= header.colour;
    this.offerColours(header.measures);
    if (!webgl()) return this.drawFlat(Plotly);
    return inTurn(() => this.resting || this.disposed || this.drawInSpace(Plotly));
  }

  async drawInSpace(Plotly) {
    const { header } = this.instrument;
    claim(this);
    const words = `Surface of f, coloured by ${header.measures[this.colour].words}. Arrow keys move the cursor, Enter picks a point, brackets turn the view.`;
    this.card.describe(header.measures[this.colour], header.palette, words);
    this.heights = standing(header.heights);
    await this.react(Plotly, this.instrument.fields, SIDE, this.instrument.overlays);
    this.draws += 1;
    this.card.figure.dataset.draws = this.draws;
  }

  /** Takes fields that the browser has computed; returns at once, draws when there is time. */
  async follow(live) {
    if (!this.card.plot._fullLayout?.scene) return this.flat?.follow(live);
    const { header, overlays } = this.instrument;
    const shown = live.isParameter ? [...overlays.filter(({ lasting }) => lasting), ...zeroLines(live, header.window, overlays)] : overlays;
    await this.react(this.instrument.Plotly, live, SIDE_LIVE, shown);
  }

  async react(Plotly, fields, side, overlays) {
    const fresh = !this.card.plot._fullLayout, began = performance.now();
    this.camera = this.currentCamera;
    this.dense = this.denser(fields, side);
    this.thin = thinned(this.dense, this.instrument.header.window, side);
    await Plotly.react(this.card.plot, this.data(fields, overlays), this.layout(), CONFIG);
    this.card.plot._fullLayout.scene._scene.glplot.oncontextloss = null; // `restore` does it; Plotly would wait for the same context
    if (fresh) this.listen();
    this.cost = performance.now() - began;
    requestAnimationFrame(() => this.placeCursor());
  }

  /** The fields on as many points as the surface has vertices, where the browser has the function; else those it was given. */
  denser(fields, side) {
    const { evaluator, header, sliders } = this.instrument;
    return evaluator ? evaluator.fields(header.window, side, side, { ...header.defaults, ...sliders }) : fields;
  }

  listen() {
    this.card.plot.on("plotly_relayouting", () => this.placeCursor());
    this.card.plot.on("plotly_relayout", (change) => this.released(change["scene.camera"]));
  }

  /** The visitor let the box go: turned, it is framed anew; moved aside, it stays where it was put. */
  released(camera) {
    if (camera && !this.placing && !this.viewpoint.isAside(camera)) this.place(camera);
    else this.placeCursor();
  }

  data(fields, overlays) {
    const { header, sliders } = this.instrument, { window, palette } = header, measure = header.measures[this.colour];
    const { u, v, rows, at } = this.thin, where = positions(at(this.dense[this.colour]), measure), height = at(this.dense.f);
    const { x, y, moved } = ontoBorder(this.thin, zeroOf(this.colour, this.instrument.overlays) ? at(zeroField(this.dense, this.colour)) : []);
    for (const k of moved) [height[k], where[k]] = [this.heightAt(x[k], y[k]), positions([measure.zero], measure)[0]];
    const { coloured, bare } = parted(height, where, u.length);
    const surface = {
      type: "surface",
      x: rows(x),
      y: rows(y),
      z: rows(coloured),
      surfacecolor: rows(where),
      cmin: 0,
      cmax: 1,
      colorscale: colorscale(stopsOf(measure, palette)),
      showscale: false,
      hoverinfo: "skip",
      connectgaps: false,
      contours: { z: levels(this.heights, palette.level), x: { highlight: false }, y: { highlight: false } },
      lighting: { ambient: 0.78, diffuse: 0.45, specular: 0.06, roughness: 0.9, fresnel: 0.05 },
      lightposition: { x: -2000, y: -1000, z: 6000 },
    };
    const chosen = this.instrument.point ? [{ name: "chosen point", kind: "points", look: "point", points: { values: Float32Array.of(this.instrument.point.u, this.instrument.point.v) } }] : [];
    const marks = traces([...overlays, ...chosen], sliders, palette, heightsOver(this.dense, window, this.heights), header.measures.S);
    if (chosen.length) Object.assign(marks.at(-1).marker, { color: palette.accent, size: 6 });
    const gap = bare ? [{ ...surface, z: rows(bare), surfacecolor: rows(bare.map(() => 0)), colorscale: colorscale([palette.gap, palette.gap]) }] : [];
    return [surface, ...gap, ...marks];
  }

  /**
   * The surface as a figure that stands alone, for files: it fills a room, seen from where it is on the screen, with its colour bar.
   * @param {{width: number, height: number, overlays?: object[], heights?: number[], values?: object, side?: number}} room with other heights,
   * values of the sliders and vertices a side, if they are not those of the screen
   */
  figure({ width, height, overlays = this.instrument.overlays, heights = this.heights, values = this.instrument.sliders, side = SIDE }) {
    if (this.flat) return this.flat.figure({ width, height, overlays });
    const { header, fields } = this.instrument, { palette } = header, measure = header.measures[this.colour];
    const margin = { l: 0, r: barRoom(measure), t: 0, b: 0, autoexpand: false };
    const other = Object.create(this, { size: { value: { width: width - margin.r, height } } }); // this view in another room: nothing of its own changes
    Object.assign(other, { heights, camera: this.currentCamera, instrument: { ...this.instrument, sliders: values } });
    other.viewpoint = Object.assign(Object.create(this.viewpoint), { surface: other });
    other.dense = other.denser(fields, side);
    other.thin = thinned(other.dense, header.window, side);
    const [surface, ...marks] = other.data(fields, overlays), layout = other.layout();
    Object.assign(surface, { showscale: true, colorbar: bar(measure, palette, 0.6 * height) });
    Object.assign(layout, { width, height, autosize: false, margin, annotations: [barTitle(measure, palette, 0.6 * height)], paper_bgcolor: palette.background, font: { ...layout.font, family: FONT } });
    return { data: [surface, ...marks], layout };
  }

  heightAt(u, v) {
    const { evaluator, header, sliders } = this.instrument, { f, nU, nV } = this.dense;
    return evaluator ? evaluator.at(u, v, { ...header.defaults, ...sliders }).f : between(f, nU, nV, header.window, u, v);
  }

  layout() {
    const { palette } = this.instrument.header;
    return {
      scene: { ...this.viewpoint.scene(this.camera), dragmode: "orbit", hovermode: false },
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(this.card.stage).fontFamily, size: 13, color: palette.text },
      showlegend: false,
      autosize: true,
    };
  }

  offerColours(measures) {
    if (this.chooser.options.length === 0) {
      for (const [name, { words }] of Object.entries(measures)) this.chooser.append(make("option", { value: name }, `coloured by ${words}`));
    }
    this.chooser.value = this.colour;
  }

  recolour(name) {
    this.colour = name;
    this.draw(this.instrument.Plotly);
    this.instrument.post("colour");
  }

  look(camera) {
    this.viewpoint.look();
    return this.place(camera);
  }

  async place(camera) {
    this.camera = camera;
    if (!this.card.plot._fullLayout?.scene) return;
    this.placing = true;
    await this.instrument.Plotly.relayout(this.card.plot, this.viewpoint.change(camera));
    this.placing = false;
    this.placeCursor();
  }

  turn(around, up) {
    this.place(turned(this.currentCamera, around, up));
  }

  zoomBy(factor) {
    this.place(this.viewpoint.zoomed(this.currentCamera, factor));
  }

  reset() {
    this.look(CAMERAS.Oblique);
  }

  get size() {
    return { width: this.card.plot.clientWidth, height: this.card.plot.clientHeight };
  }

  get currentCamera() {
    return this.card.plot._fullLayout?.scene?._scene?.getCamera() ?? this.camera;
  }

  /** The point of the plane whose place on the surface is seen under a point of the screen, or null. */
  pick(clientX, clientY) {
    if (this.flat) return this.flat.pick(clientX, clientY);
    const to = this.thin && projector(this.card.plot);
    if (!to) return null;
    return underPixel(to, this.thin, this.heights, clientX - to.box.left, clientY - to.box.top);
  }

  /** The crosshair on the surface: two lines through the cursor that follow f. */
  placeCursor() {
    const { cursor } = this.instrument, svg = this.card.lines;
    if (this.flat) return this.flat.placeHairs(cursor);
    const to = cursor && this.thin && projector(this.card.plot);
    this.card.ring.hidden = !to;
    if (!to) return svg.replaceChildren();
    const { window, palette } = this.instrument.header, [u0, u1, v0, v1] = window, { nU, nV, f } = this.dense;
    const outer = this.card.stage.getBoundingClientRect(), dx = to.box.left - outer.left, dy = to.box.top - outer.top;
    const height = (u, v) => Math.min(this.heights[1], Math.max(this.heights[0], between(f, nU, nV, window, u, v)));
    const at = (u, v) => to.pixel(u, v, height(u, v));
    const reach = (t, low, high) => Math.min(high, Math.max(low, t));
    let d = "";
    for (const along of ["u", "v"]) {
      let pen = "M";
      for (let k = -12; k <= 12; k++) {
        const u = along === "u" ? reach(cursor.u + (k / 120) * (u1 - u0), u0, u1) : cursor.u, v = along === "v" ? reach(cursor.v + (k / 120) * (v1 - v0), v0, v1) : cursor.v;
        const [x, y] = at(u, v);
        if (Number.isNaN(x)) pen = "M";
        else [d, pen] = [`${d}${pen}${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`, "L"];
      }
    }
    svg.replaceChildren(...this.crosshair(d, palette));
    const [x, y] = at(cursor.u, cursor.v);
    this.card.ring.hidden = Number.isNaN(x);
    this.card.ring.style.left = `${x + dx}px`;
    this.card.ring.style.top = `${y + dy}px`;
    this.card.figure.dataset.cursor = `${short(x, 4)} ${short(y, 4)}`;
  }

  crosshair(d, palette) {
    this.cross ??= [0, 1].map(() => document.createElementNS("http://www.w3.org/2000/svg", "path"));
    const [halo, line] = this.cross;
    for (const [path, stroke, width] of [[halo, palette.halo, 3.5], [line, palette.ink, 1.5]]) {
      path.setAttribute("d", d);
      path.setAttribute("fill", "none");
      path.setAttribute("stroke", stroke);
      path.setAttribute("stroke-width", width);
    }
    return this.cross;
  }

  /** No WebGL: a map of f, and a sentence that says so. */
  async drawFlat(Plotly) {
    this.flat ??= new MapView(null, "f", this.instrument, this.card);
    this.chooser.hidden = true;
    this.card.say("This browser gives no WebGL, so the surface is shown as a map of f.");
    this.card.figure.dataset.flat = "true";
    await this.flat.draw(Plotly);
  }

  /** Gives its WebGL context up for another scene on the page; a click brings it back. */
  rest() {
    this.resting = true;
    this.discard();
    this.card.say("Another surface is being drawn; two at a time is what browsers bear. ");
    this.card.note.append(make("button", { type: "button", onclick: () => this.wake() }, "Draw this one"));
  }

  wake() {
    this.resting = false;
    this.card.say("");
    this.draw(this.instrument.Plotly);
  }

  /** After the browser took the context away: drawn again with the same camera. */
  restore() {
    if (this.resting || this.disposed || !this.card.plot.isConnected) return;
    this.discard();
    this.draw(this.instrument.Plotly);
  }

  discard() {
    this.camera = this.currentCamera;
    release(this);
    discard(this.instrument.Plotly, this.card.plot);
  }

  async resize(Plotly) {
    if (this.flat) return this.flat.resize(Plotly);
    if (!this.card.plot._fullLayout) return;
    await Plotly.Plots.resize(this.card.plot);
    await this.place(this.currentCamera);
  }

  dispose() {
    this.disposed = true;
    if (this.flat) return this.flat.dispose();
    this.discard();
  }
}
