// A film of the maps while one slider runs from end to end, made in the browser: WebM where it can record, GIF everywhere.

import { gif } from "./gif.js";
import { positions, rgb, short, stopsOf, table } from "./scale.js";

const SIDE = 160;
const GAP = 12;
const HEAD = 26;
const FRAMES = 48;
const [TEXT, GROUND, EMPTY] = [253, 254, 255];
const SHADES = 126;

/** Frames of indices into one table of colours: two scales of 126 shades, letters, ground, and where nothing is defined. */
export class Film {
  /** @param {import("./instrument.js").Instrument} instrument @param {string} name of the slider that runs */
  constructor(instrument, name) {
    this.instrument = instrument;
    this.slider = instrument.header.sliders.find((slider) => slider.name === name);
    this.measures = instrument.views.map(({ measure }) => measure).filter(Boolean);
    if (!this.measures.length) this.measures = ["S"];
    this.width = this.measures.length * (SIDE + GAP) + GAP;
    this.height = SIDE + HEAD + GAP;
    const { palette } = instrument.header;
    this.colours = [...shades(palette.diverging), ...shades(palette.one_sided), [0, 0, 0], rgb(palette.text), rgb(palette.background), rgb(palette.gap)];
    this.letters = document.createElement("canvas");
    [this.letters.width, this.letters.height] = [this.width, HEAD];
  }

  /** The picture at a share 0 … 1 of the slider's way. */
  frame(share) {
    const { header, sliders, evaluator } = this.instrument, { low, high, name } = this.slider, value = low + share * (high - low);
    const live = evaluator.fields(header.window, SIDE, SIDE, { ...header.defaults, ...sliders, [name]: value });
    const picture = new Uint8Array(this.width * this.height).fill(GROUND);
    this.measures.forEach((measure, k) => this.draw(picture, live[measure], header.measures[measure], GAP + k * (SIDE + GAP)));
    this.write(picture, value);
    return picture;
  }

  draw(picture, values, measure, left) {
    const where = positions(values, measure), first = measure.diverging ? 0 : SHADES;
    for (let i = 0, k = 0; i < SIDE; i++) {
      const at = (HEAD + SIDE - 1 - i) * this.width + left;
      for (let j = 0; j < SIDE; j++, k++) picture[at + j] = Number.isNaN(where[k]) ? EMPTY : first + Math.round(where[k] * (SHADES - 1));
    }
  }

  write(picture, value) {
    const context = this.letters.getContext("2d", { willReadFrequently: true });
    context.clearRect(0, 0, this.width, HEAD);
    context.font = "14px sans-serif";
    this.measures.forEach((measure, k) => {
      const said = this.instrument.header.measures[measure].words;
      context.fillText(k ? said : `${said}   ${this.slider.label} = ${short(value, 3)}`, GAP + k * (SIDE + GAP), 18);
    });
    const { data } = context.getImageData(0, 0, this.width, HEAD);
    for (let k = 0; k < this.width * HEAD; k++) if (data[4 * k + 3] > 127) picture[k] = TEXT;
  }

  gif() {
    const frames = Array.from({ length: FRAMES }, (_, k) => this.frame(k / (FRAMES - 1)));
    return gif({ width: this.width, height: this.height, colours: this.colours, frames, delay: 6 });
  }

  /** Records a canvas while the slider runs there and back, in real time. */
  async webm() {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * this.width, 2 * this.height];
    const context = canvas.getContext("2d"), small = document.createElement("canvas");
    [small.width, small.height] = [this.width, this.height];
    context.imageSmoothingEnabled = false;
    const recorder = new MediaRecorder(canvas.captureStream(24), { mimeType: "video/webm", videoBitsPerSecond: 6e6 }), parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    for (let k = 0; k < FRAMES; k++) {
      const began = performance.now();
      this.paint(small, this.frame(k / (FRAMES - 1)));
      context.drawImage(small, 0, 0, canvas.width, canvas.height);
      await new Promise((done) => setTimeout(done, Math.max(0, 1000 / 24 - (performance.now() - began))));
    }
    recorder.stop();
    await stopped;
    return new Blob(parts, { type: "video/webm" });
  }

  paint(canvas, picture) {
    const context = canvas.getContext("2d"), image = context.createImageData(this.width, this.height);
    picture.forEach((index, k) => image.data.set([...this.colours[index], 255], 4 * k));
    context.putImageData(image, 0, 0);
  }
}

export const canRecord = () => typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported("video/webm");

function shades(stops) {
  const bytes = table(stops);
  return Array.from({ length: SHADES }, (_, k) => [...bytes.subarray(3 * Math.round((255 * k) / (SHADES - 1))).subarray(0, 3)]);
}
