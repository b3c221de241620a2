// A film of all views while one slider runs from end to end: made frame by frame, however long a
// frame takes.

import { caption, captionLines, named, titled } from "./caption.js";
import { make, makeSvg } from "./dom.js";
import { words } from "./formula.js";
import { FONT } from "./framed.js";
import { standing } from "./framing.js";
import { pictureBox } from "./heatmap.js";
import { drawn, measureOf, zeroLines } from "./overlays.js";
import { isDrawn, redrawn, still } from "./plotly_private.js";
import { HEIGHT, roomsOf, WIDTH } from "./rooms.js";
import { paint, short } from "./scale.js";
import { discard } from "./scenes.js";

const SIDE = 129; // of no other view: fields of one size share their arrays
const RUNNER = 260;
const LOOKS_FOR_HEIGHTS = 16;
const STOPPED = Symbol("a film that is not wanted any more");

export class Film {
  /**
   * @param {import("./instrument.js").Instrument} instrument
   * @param {string} name of the slider that runs
   * @param {object} format one of FORMATS
   */
  constructor(instrument, name, format) {
    this.instrument = instrument;
    this.header = instrument.header;
    this.start = { ...instrument.sliders };
    this.slider = instrument.header.sliders.find((slider) => slider.name === name);
    this.format = format;
    this.stage = canvas(WIDTH, HEIGHT);
    this.output = canvas(format.width, format.height);
    this.small = canvas(SIDE, SIDE);
  }

  /**
   * The film as a file, or null if it was cancelled, or if another landscape has come. `told` hears
   * the share that is done.
   */
  async made(seconds, signal, told) {
    const count = Math.round(seconds * this.format.rate);
    await this.prepare();
    const { vendor, palette } = this.header;
    const writer = await this.format.write(this.output, this.format, vendor, [palette.diverging, palette.one_sided]);
    try {
      for (const share of writer.samples) {
        await this.frame(share);
        writer.look();
      }
      for (let k = 0; k < count; k++) {
        if (signal.aborted || this.isStale) throw STOPPED;
        await this.frame(k / (count - 1));
        await writer.add(k);
        told((k + 1) / count);
        await new Promise((done) => setTimeout(done)); // lets the page live
      }
      return await writer.finish();
    } catch (trouble) {
      await writer.cancel();
      if (trouble !== STOPPED) throw trouble;
      return null;
    }
  }

  /**
   * Whether the panel shows another landscape than the one whose axes and bars are drawn already.
   */
  get isStale() {
    return this.instrument.gone || this.instrument.header !== this.header;
  }

  /** What stays the same: the caption, axes, bars and names, drawn by Plotly once. */
  async prepare() {
    const { instrument } = this;
    const said = words("The scales of colour and height stay the same over the whole film");
    const rows = captionLines(
      caption({ ...instrument, overlays: this.followed }, this.slider.name),
      WIDTH - RUNNER,
      said,
    );
    const { palette } = instrument.header;
    const nothing = { visible: false };
    const plain = {
      width: WIDTH,
      height: 0,
      paper_bgcolor: palette.background,
      plot_bgcolor: palette.background,
      xaxis: nothing,
      yaxis: nothing,
    };
    const layout = titled({ ...plain, font: { family: FONT, color: palette.text } }, rows);
    const { height } = layout;
    this.ground = canvas(WIDTH, HEIGHT);
    const context = this.ground.getContext("2d");
    context.fillStyle = palette.background;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.drawImage(await this.drawing({ data: [], layout }), 0, 0);
    this.heights = this.reach();
    this.cells = roomsOf(instrument.views, height);
    for (const cell of this.cells) await this.place(cell, context);
  }

  /**
   * The heights that hold f over the whole film; where the panel cuts the surface, as it cuts it.
   */
  reach() {
    const { header, fields } = this.instrument;
    const [low, high] = header.heights;
    const room = 1e-6 * (high - low);
    /** @param {Float64Array} f @returns {number[]} */
    const ends = (f) =>
      f.reduce(([a, b], z) => (Number.isFinite(z) ? [Math.min(a, z), Math.max(b, z)] : [a, b]), [Infinity, -Infinity]);
    const [least, most] = ends(fields.f);
    const all = Array.from({ length: LOOKS_FOR_HEIGHTS + 1 }, (_, k) => ends(this.fields(k / LOOKS_FOR_HEIGHTS).f));
    return standing([
      least < low - room ? low : Math.min(low, ...all.map(([a]) => a)),
      most > high + room ? high : Math.max(high, ...all.map(([, b]) => b)),
    ]);
  }

  async place(cell, context) {
    const figure = cell.view.figure({ ...cell.room, overlays: [], heights: this.heights });
    const { width, height, margin } = figure.layout;
    cell.left = Math.round(cell.room.left + (cell.room.width - width) / 2); // between pixels, letters blur
    cell.top = Math.round(cell.room.top + (cell.room.height - height) / 2);
    context.drawImage(await this.drawing(figure), cell.left, cell.top);
    cell.box = {
      left: cell.left + margin.l,
      top: cell.top + margin.t,
      width: width - margin.l - margin.r,
      height: height - margin.t - margin.b,
    };
    if (!figure.layout.scene) cell.range = [figure.layout.xaxis.range, figure.layout.yaxis.range];
    else
      cell.plot = this.instrument.root.appendChild(
        make("div", {
          "aria-hidden": "true",
          style: `position:fixed;top:0;left:-${2 * WIDTH}px;width:${width}px;height:${height}px`,
        }),
      );
  }

  async drawing({ data, layout }) {
    const address = await this.instrument.Plotly.toImage(
      { data, layout },
      { format: "png", width: layout.width, height: layout.height },
    );
    return picture(address);
  }

  /** Draws the picture at a share 0 … 1 of the slider's way. */
  async frame(share) {
    const fields = this.fields(share);
    const context = this.stage.getContext("2d");
    const overlays = this.overlays(fields);
    context.drawImage(this.ground, 0, 0);
    this.say(context, this.value(share), share);
    for (const cell of this.cells)
      await (cell.plot
        ? this.space(context, cell, this.values(share), overlays)
        : this.plane(context, cell, fields, overlays));
    this.output.getContext("2d").drawImage(this.stage, 0, 0, this.output.width, this.output.height);
  }

  value(share) {
    const { low, high } = this.slider;
    return low + share * (high - low);
  }

  values(share) {
    return { ...this.start, [this.slider.name]: this.value(share) };
  }

  fields(share) {
    const { header, evaluator } = this.instrument;
    return evaluator.fields(header.window, SIDE, SIDE, { ...header.defaults, ...this.values(share) });
  }

  /** The zero curves of these fields, and what stays true whatever the slider says. */
  overlays(fields) {
    const { header, overlays } = this.instrument;
    return [...overlays.filter(({ lasting }) => lasting), ...zeroLines(fields, header.window, overlays)];
  }

  /**
   * The overlays of the panel that a film has too: critical points, balls and paths are known for
   * one value of the slider only.
   */
  get followed() {
    return this.instrument.overlays.filter((overlay) => overlay.lasting || measureOf(overlay));
  }

  /** The value of the slider, and where it is on its way. */
  say(context, value, share) {
    const { palette } = this.instrument.header;
    const { label, name } = this.slider;
    const right = WIDTH - 20;
    const left = right - RUNNER + 60;
    Object.assign(context, {
      font: `600 24px ${FONT}`,
      textAlign: "right",
      fillStyle: palette.text,
      strokeStyle: palette.line,
      lineWidth: 3,
    });
    context.fillText(`${named(label || name).replace(/<[^>]*>/g, "")} = ${short(value, 4)}`, right, 38);
    context.beginPath();
    context.moveTo(left, 56);
    context.lineTo(right, 56);
    context.stroke();
    context.beginPath();
    context.arc(left + share * (right - left), 56, 6, 0, 2 * Math.PI);
    context.fill();
  }

  async plane(context, { view, box, range: [[u0, u1], [v0, v1]] }, fields, overlays) {
    const { header, sliders } = this.instrument;
    const { palette, measures } = header;
    const x = (u) => ((u - u0) / (u1 - u0)) * box.width;
    const y = (v) => ((v1 - v) / (v1 - v0)) * box.height;
    const measure = view.measure ?? "f";
    paint(this.small, fields, fields[measure], measures[measure], palette);
    const svg = makeSvg(
      "svg",
      { xmlns: "http://www.w3.org/2000/svg", width: box.width, height: box.height },
      ...overlays.map((overlay) => drawn(overlay, sliders, x, y, palette, measures.S)),
    );
    const lines = await picture(`data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`);
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    context.translate(box.left, box.top);
    context.fillStyle = palette.gap;
    context.fillRect(0, 0, box.width, box.height);
    const cells = pictureBox(header, fields, { x, y });
    context.drawImage(this.small, cells.left, cells.top, cells.width, cells.height);
    context.drawImage(lines, 0, 0);
    if (this.instrument.point) this.dot(context, x(this.instrument.point.u), y(this.instrument.point.v));
    context.restore();
  }

  /** The chosen point. */
  dot(context, x, y) {
    const { palette } = this.instrument.header;
    Object.assign(context, { fillStyle: palette.accent, strokeStyle: palette.halo, lineWidth: 1 });
    context.beginPath();
    context.arc(x, y, 4.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  async space(context, { view, room, plot, box }, values, overlays) {
    const { data, layout } = view.figure({ ...room, overlays, values, heights: this.heights, side: SIDE });
    const isFirst = !isDrawn(plot);
    await this.instrument.Plotly.react(plot, data, layout, { displayModeBar: false });
    if (isFirst) await still(plot);
    const shown = redrawn(plot);
    context.fillStyle = layout.paper_bgcolor;
    context.fillRect(box.left, box.top, box.width, box.height);
    context.drawImage(shown, box.left, box.top, box.width, box.height);
  }

  close() {
    for (const { plot } of this.cells ?? []) {
      if (!plot) continue;
      discard(this.instrument.Plotly, plot);
      plot.remove();
    }
  }
}

function canvas(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

async function picture(address) {
  const found = new Image();
  found.src = address;
  await found.decode();
  return found;
}
