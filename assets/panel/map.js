// A map: Plotly draws axes and the heatmap; during a drag a canvas over the heatmap shows what the
// browser computes, which takes a millisecond.

import { Card } from "./card.js";
import { make, onceAFrame } from "./dom.js";
import { chosenTrace, FONT, mapRoom } from "./framed.js";
import { inset } from "./framing.js";
import { heatmap, layoutOf, leastMargins, pictureBox, toldUnderCursor } from "./heatmap.js";
import { curve, drawn, pathOf, traces, zeroOf } from "./overlays.js";
import { areaOf, fillsPlace, isDrawn } from "./plotly_private.js";
import { bar, barRoom, barTitle, paint } from "./scale.js";
import { zeroCurves, zeroField } from "./zero.js";

export const CONFIG = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  displaylogo: false,
};
function place(element, box) {
  for (const [name, value] of Object.entries(box)) element.style[name] = `${value}px`;
}

/** Whether a point of the plane is in the area that a map shows, or on its edge. */
function isWithin({ box, x, y }, { u, v }) {
  const [across, down] = [x(u), y(v)];
  return across >= -0.5 && across <= box.width + 0.5 && down >= -0.5 && down <= box.height + 0.5;
}

export class MapView {
  constructor(parent, measure, instrument, card = new Card(parent, measure)) {
    this.measure = measure;
    this.instrument = instrument;
    this.card = card;
    this.chooser = make("select", {
      "aria-label": "Measure of this map",
      onchange: () => instrument.choose(this, this.chooser.value),
    });
    if (card.name !== "surface") card.title.append(this.chooser);
    this.draws = 0;
    this.redrawLines = onceAFrame(() => this.drawLines());
  }

  become(measure) {
    this.measure = this.card.name = this.card.figure.dataset.view = measure;
  }

  offerMeasures(measures) {
    if (this.chooser.options.length === 0)
      for (const [name, { words, name: long }] of Object.entries(measures))
        this.chooser.append(make("option", { value: name }, words === long ? long : `${words}, ${long}`));
    this.chooser.value = this.measure;
  }

  /** The area between the axes, see `areaOf`; null before the first drawing. */
  get area() {
    return areaOf(this.card.plot);
  }

  /**
   * The ranges of u and v that are shown: the window, or what a visitor zoomed to in it. A zoom
   * ends with its window.
   */
  get range() {
    const { window } = this.instrument.header;
    const [u0, u1, v0, v1] = window;
    return this.zoomed?.window === window.join()
      ? this.zoomed.range
      : [
          [u0, u1],
          [v0, v1],
        ];
  }

  set range(range) {
    this.zoomed = { range, window: this.instrument.header.window.join() };
  }

  /** Draws the truth of the last message; the plot's nodes and the zoom stay. */
  async draw(Plotly) {
    const { header, fields } = this.instrument;
    const measure = header.measures[this.measure];
    this.offerMeasures(header.measures);
    this.card.describe(
      measure,
      header.palette,
      `Map of ${measure.words}. Arrow keys move the cursor, Enter picks a point, plus and minus zoom.`,
    );
    const fresh = !isDrawn(this.card.plot);
    await Plotly.react(this.card.plot, [heatmap(fields, this.measure, header)], this.layout, CONFIG);
    if (fresh) {
      this.card.plot.on("plotly_relayout", (change) => this.moved(change));
      this.card.plot.on("plotly_relayouting", () => this.redrawLines());
    }
    this.live = null;
    this.card.picture.hidden = true;
    this.draws += 1;
    this.card.figure.dataset.draws = this.draws;
    this.drawLines();
  }

  /**
   * Margins that give both axes one scale. Plotly can do that itself, but keeps the ranges of the
   * window before when the window changes.
   */
  get margin() {
    const { clientWidth: width, clientHeight: height } = this.card.plot;
    const { window } = this.instrument.header;
    return inset({ width, height }, window, leastMargins(window));
  }

  /** Axes and colours for Plotly. */
  get layout() {
    const { fontFamily } = getComputedStyle(this.card.stage);
    return layoutOf(this.instrument.header, {
      ranges: this.range,
      width: this.card.plot.clientWidth,
      margin: this.margin,
      fontFamily,
    });
  }

  /**
   * The map as a figure that stands alone, for files: as large as its sides allow in a room, with
   * its colour bar, its marks and the true values under the cursor.
   * @param {{width: number, height: number, overlays?: object[]}} room
   */
  figure({ width, height, overlays = this.instrument.overlays }) {
    const { header, fields, sliders, point } = this.instrument;
    const { palette } = header;
    const measure = header.measures[this.measure];
    const { layout } = this;
    const beside = { left: leastMargins(header.window).l, right: barRoom(measure) };
    const { size, margin, tall } = mapRoom(width, height, beside, layout.xaxis.range, layout.yaxis.range);
    const trace = { ...heatmap(fields, this.measure, header), ...toldUnderCursor(fields, this.measure, header) };
    Object.assign(trace, { showscale: true, colorbar: bar(measure, palette, tall) });
    Object.assign(layout, {
      ...size,
      autosize: false,
      margin,
      annotations: [barTitle(measure, palette, tall)],
      paper_bgcolor: palette.background,
      font: { ...layout.font, family: FONT },
    });
    return { data: [trace, ...traces(overlays, sliders, palette), ...chosenTrace(point, sliders, palette)], layout };
  }

  /**
   * Shows fields that the browser has computed, without Plotly: on a canvas over its heatmap, put
   * where the new grid's cells are.
   */
  follow(live) {
    const { area } = this;
    if (!area) return;
    this.live = live;
    const { header } = this.instrument;
    const { picture, canvas } = this.card;
    paint(canvas, live, live[this.measure], header.measures[this.measure], header.palette);
    place(picture, area.box);
    place(canvas, pictureBox(header, live, area));
    picture.style.background = header.palette.gap;
    picture.hidden = false;
    this.drawLines();
  }

  /**
   * Curves and points over the map; while a parameter is dragged, the zero curves of what is shown.
   */
  drawLines() {
    const { area } = this;
    if (!area) return;
    const { header, sliders, point } = this.instrument;
    const svg = this.card.lines;
    const { x, y } = area;
    place(svg, area.box);
    const shown = this.live?.isParameter ? this.zeroCurves(x, y) : [];
    const overlays = this.instrument.overlays.filter((overlay) => !this.live?.isParameter || overlay.lasting);
    svg.replaceChildren(
      ...shown,
      ...overlays.map((overlay) => drawn(overlay, sliders, x, y, header.palette, header.measures.S)),
    );
    this.placeRing(point);
    this.placeHairs(this.instrument.cursor);
  }

  /**
   * The curves S = 0 and tr H = 0 of what is shown: computed once for all maps, in cells, and put
   * in place by a transform.
   */
  zeroCurves(x, y) {
    const { header, overlays } = this.instrument;
    const { nU, nV } = this.live;
    const [u0, u1, v0, v1] = header.window;
    const across = (x(u1) - x(u0)) / (nU - 1);
    const up = (y(v1) - y(v0)) / (nV - 1);
    return ["S", "trace"]
      .filter((name) => zeroOf(name, overlays))
      .map((name) => {
        this.live[`zero ${name}`] ??= pathOf(zeroCurves(zeroField(this.live, name), nU, nV));
        const group = curve(this.live[`zero ${name}`], zeroOf(name, overlays), header.palette, false);
        group.setAttribute("transform", `matrix(${across} 0 0 ${up} ${x(u0)} ${y(v0)})`);
        return group;
      });
  }

  placeHairs(cursor) {
    const [across, down] = this.card.hairs;
    const { area } = this;
    const inside = cursor && area && isWithin(area, cursor);
    across.hidden = down.hidden = !inside;
    if (!inside) return;
    const { box } = area;
    across.style.cssText = `left:${box.left + area.x(cursor.u)}px;top:${box.top}px;height:${box.height}px`;
    down.style.cssText = `top:${box.top + area.y(cursor.v)}px;left:${box.left}px;width:${box.width}px`;
  }

  placeRing(point) {
    const { ring } = this.card;
    const { area } = this;
    const inside = point && area && isWithin(area, point);
    ring.hidden = !inside;
    if (!inside) return;
    ring.style.left = `${area.box.left + area.x(point.u)}px`;
    ring.style.top = `${area.box.top + area.y(point.v)}px`;
  }

  /** The point of the plane under a point of the screen, or null. */
  pick(clientX, clientY) {
    const { area } = this;
    if (!area) return null;
    const outer = this.card.plot.getBoundingClientRect();
    const { left, top, width, height } = area.box;
    const x = clientX - outer.left - left;
    const y = clientY - outer.top - top;
    return x < 0 || y < 0 || x > width || y > height ? null : { u: area.u(x), v: area.v(y) };
  }

  /**
   * After a pan or a zoom by whoever; what Plotly tells of a new size says nothing about the ranges
   * that are wanted.
   */
  moved(change) {
    if (!Object.keys(change).some((name) => name.includes("axis"))) return;
    this.range = this.area.ranges;
    if (this.live) this.follow(this.live);
    else this.drawLines();
    if (!this.following) this.instrument.zoomed(this);
  }

  /** Takes over the ranges of another map, or its own window again. */
  async zoomTo(range) {
    if (!this.area) return;
    this.following = true;
    this.range = range;
    await this.instrument.Plotly.relayout(this.card.plot, {
      "xaxis.range": [...range[0]],
      "yaxis.range": [...range[1]],
    });
    this.following = false;
  }

  /** Zooms about a point by a factor; below 1 is closer. */
  zoomBy(factor, { u, v } = this.middle) {
    if (!this.area) return; // not drawn yet
    const about = (x, [low, high]) => [x + (low - x) * factor, x + (high - x) * factor];
    const range = [about(u, this.range[0]), about(v, this.range[1])];
    return this.instrument.Plotly.relayout(this.card.plot, { "xaxis.range": range[0], "yaxis.range": range[1] });
  }

  /** Moves the window by pixels. */
  panBy(dx, dy) {
    const { area } = this;
    if (!area) return;
    const [us, vs] = area.ranges;
    const u = (dx / area.box.width) * (us[1] - us[0]);
    const v = (-dy / area.box.height) * (vs[1] - vs[0]);
    const range = [us.map((end) => end - u), vs.map((end) => end - v)];
    return this.instrument.Plotly.relayout(this.card.plot, { "xaxis.range": range[0], "yaxis.range": range[1] });
  }

  get middle() {
    return { u: (this.range[0][0] + this.range[0][1]) / 2, v: (this.range[1][0] + this.range[1][1]) / 2 };
  }

  reset() {
    const [u0, u1, v0, v1] = this.instrument.header.window;
    return this.zoomTo([
      [u0, u1],
      [v0, v1],
    ]).then(() => this.instrument.zoomed(this));
  }

  /** Fits another size of its place. Where it has that size, Plotly would only let go of a drag. */
  async resize(Plotly) {
    if (!isDrawn(this.card.plot) || fillsPlace(this.card.plot)) return;
    await Plotly.relayout(this.card.plot, { margin: this.margin, autosize: true });
    if (this.live) this.follow(this.live);
    else this.drawLines();
  }

  dispose() {
    this.instrument.Plotly?.purge(this.card.plot);
  }
}
