// The surface: a Plotly scene that keeps its camera. During a drag it follows at the pace it can;
// without WebGL a map of f stands in.

import { CAMERAS } from "./cameras.js";
import { Card } from "./card.js";
import { placeCrosshair } from "./crosshair.js";
import { make } from "./dom.js";
import { FONT } from "./framed.js";
import { reaching, standing } from "./framing.js";
import { CONFIG, MapView } from "./map.js";
import { zeroLines } from "./overlays.js";
import { cameraOf, fillsPlace, isDrawn, isInSpace, leaveLost } from "./plotly_private.js";
import { projector, turned, underPixel } from "./projection.js";
import { bar, barRoom, barTitle } from "./scale.js";
import { claim, discard, inTurn, release, webgl } from "./scenes.js";
import { Skin } from "./skin.js";
import { Viewpoint } from "./viewpoint.js";

/**
 * Vertices a side, at rest and during a drag. Below 120 Plotly refines a surface to up to 720 a
 * side, which costs many times the drawing.
 */
const SIDE = 161;
const SIDE_LIVE = 121;

export class SurfaceView {
  /** @type {MapView | undefined} what stands in without WebGL */
  flat;

  constructor(parent, instrument) {
    this.instrument = instrument;
    this.card = new Card(parent, "surface");
    this.colour = null;
    this.camera = CAMERAS.Oblique;
    this.viewpoint = new Viewpoint();
    this.draws = 0;
    this.cost = 0;
    this.resting = false;
    this.chooser = make("select", {
      class: "cl-choose",
      "aria-label": "Colour of the surface",
      onchange: () => this.recolour(this.chooser.value),
    });
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
    if (!isInSpace(this.card.plot)) return this.flat?.follow(live);
    const { header, overlays } = this.instrument;
    const shown = live.isParameter
      ? [...overlays.filter(({ lasting }) => lasting), ...zeroLines(live, header.window, overlays)]
      : overlays;
    if (live.isParameter && !this.instrument.held) this.heights = standing(reaching(live.f, header.heights));
    await this.react(this.instrument.Plotly, live, SIDE_LIVE, shown);
  }

  async react(Plotly, fields, side, overlays) {
    const fresh = !isDrawn(this.card.plot);
    const began = performance.now();
    this.camera = this.currentCamera;
    this.skin = this.skinned({ fields, side });
    this.card.say(this.skin.isEmpty ? "f has no value anywhere in this window." : "");
    await Plotly.react(this.card.plot, this.skin.traces(overlays), this.layout(), CONFIG);
    leaveLost(this.card.plot); // `restore` brings another
    if (fresh) this.listen();
    this.cost = performance.now() - began;
    requestAnimationFrame(() => this.placeCursor());
  }

  skinned({ fields = this.instrument.fields, heights = this.heights, side = SIDE, values = this.instrument.sliders }) {
    return new Skin({ ...this.instrument, sliders: values }, { fields, colour: this.colour, heights, side });
  }

  listen() {
    this.card.plot.on("plotly_relayouting", () => this.placeCursor());
    this.card.plot.on("plotly_relayout", (change) => this.released(change["scene.camera"]));
  }

  /**
   * The visitor let the box go: turned, it is framed anew; moved aside, it stays where it was put.
   */
  released(camera) {
    if (!camera || this.viewpoint.isOurs(camera) || this.viewpoint.isAside(camera)) this.placeCursor();
    else this.place(camera);
  }

  /**
   * The surface as a figure that stands alone, for files: it fills a room, seen from where it is on
   * the screen, with its colour bar.
   * @param {{width: number, height: number, overlays?: object[], heights?: [number, number],
   * values?: object, side?: number}} room with other heights,
   * values of the sliders and vertices a side, if they are not those of the screen
   */
  figure({ width, height, overlays = this.instrument.overlays, heights = this.heights, values, side }) {
    if (this.flat) return this.flat.figure({ width, height, overlays });
    const { header } = this.instrument;
    const { palette } = header;
    const measure = header.measures[this.colour];
    const margin = { l: 0, r: barRoom(measure), t: 0, b: 0, autoexpand: false };
    const stance = { header, heights, size: { width: width - margin.r, height } };
    const [surface, ...marks] = this.skinned({ heights, values, side }).traces(overlays);
    const layout = this.layout(new Viewpoint(this.viewpoint), this.currentCamera, stance);
    Object.assign(surface, { showscale: true, colorbar: bar(measure, palette, 0.6 * height) });
    const annotations = [barTitle(measure, palette, 0.6 * height)];
    const font = { ...layout.font, family: FONT };
    Object.assign(layout, {
      width,
      height,
      autosize: false,
      margin,
      annotations,
      paper_bgcolor: palette.background,
      font,
      meta: { window: header.window, heights },
    });
    return { data: [surface, ...marks], layout };
  }

  layout(viewpoint = this.viewpoint, camera = this.camera, stance = this.stance) {
    const { palette } = this.instrument.header;
    return {
      scene: { ...viewpoint.scene(camera, stance), dragmode: "orbit", hovermode: false },
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(this.card.stage).fontFamily, size: 13, color: palette.text },
      showlegend: false,
      autosize: true,
    };
  }

  offerColours(measures) {
    if (this.chooser.options.length === 0) {
      for (const [name, { words }] of Object.entries(measures))
        this.chooser.append(make("option", { value: name }, `coloured by ${words}`));
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
    if (!isInSpace(this.card.plot)) return;
    await this.instrument.Plotly.relayout(this.card.plot, this.viewpoint.change(camera, this.stance));
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

  /** What a viewpoint needs to know: the axes' ends and the canvas. */
  get stance() {
    const { clientWidth: width, clientHeight: height } = this.card.plot;
    return { header: this.instrument.header, heights: this.heights, size: { width, height } };
  }

  get currentCamera() {
    return cameraOf(this.card.plot) ?? this.camera;
  }

  /**
   * The point of the plane whose place on the surface is seen under a point of the screen, or null.
   */
  pick(clientX, clientY) {
    if (this.flat) return this.flat.pick(clientX, clientY);
    const to = this.skin && projector(this.card.plot, this.skin.rulers);
    if (!to) return null;
    return underPixel(to, this.skin.thin, this.heights, clientX - to.box.left, clientY - to.box.top);
  }

  placeCursor() {
    const { cursor } = this.instrument;
    if (this.flat) this.flat.placeHairs(cursor);
    else placeCrosshair(this.card, cursor, this.skin);
  }

  /** No WebGL: a map of f, and a sentence that says so. */
  async drawFlat(Plotly) {
    this.flat ??= new MapView(null, "f", this.instrument, this.card);
    this.chooser.hidden = true;
    this.card.say("This browser does not support WebGL, so the surface is shown as a map of f.");
    this.card.figure.dataset.flat = "true";
    await this.flat.draw(Plotly);
  }

  /** Gives its WebGL context up for another scene on the page; a click brings it back. */
  rest() {
    this.resting = true;
    this.discard();
    this.card.say("Another surface is being drawn; browsers allow only two at a time. ");
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
    if (!isDrawn(this.card.plot) || fillsPlace(this.card.plot)) return;
    await Plotly.Plots.resize(this.card.plot);
    await this.place(this.currentCamera);
  }

  dispose() {
    this.disposed = true;
    if (this.flat) return this.flat.dispose();
    this.discard();
  }
}
