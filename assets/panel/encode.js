// Films as files: what a browser can write, and the writers. They come from assets/vendor, and only
// when a film is made.

import { absolute } from "./library.js";
import { table } from "./scale.js";

/** Frames of at most this many pixels a side; the encoders of H.264 take even numbers only. */
const [WIDE, HIGH] = [1280, 720];
const BITS_A_SECOND = 8e6;

/**
 * The kinds of film: how they are offered, their size and rate (GIF counts in hundredths of a
 * second), and their writer.
 */
export const FORMATS = {
  mp4: {
    label: "MP4",
    says: "Video for slides",
    width: WIDE,
    height: HIGH,
    rate: 24,
    codec: "avc",
    asked: "avc1.640020",
    write: video,
  },
  webm: {
    label: "WebM",
    says: "Video for browsers",
    width: WIDE,
    height: HIGH,
    rate: 24,
    codec: "vp9",
    asked: "vp09.00.31.08",
    write: video,
  },
  gif: {
    label: "GIF",
    says: "Moving picture, for where a video cannot go",
    width: 960,
    height: 540,
    rate: 12.5,
    write: gif,
  },
};

/** The kinds that this browser can write; GIF always. */
export async function writable() {
  const can = await Promise.all(
    Object.values(FORMATS).map(({ asked, width, height }) => !asked || encodes({ codec: asked, width, height })),
  );
  return Object.keys(FORMATS).filter((_, k) => can[k]);
}

async function encodes(config) {
  if (typeof VideoEncoder === "undefined") return false;
  return VideoEncoder.isConfigSupported({ ...config, bitrate: BITS_A_SECOND }).then(
    ({ supported }) => supported,
    () => false,
  );
}

/**
 * A writer takes the canvas as it is, frame after frame, and ends as a file. Its `samples` are
 * shares of the film that it has to see before.
 * @typedef {{samples: number[], look?: () => void, add: (k: number) => Promise<void>, finish: () =>
 * Promise<Blob>, cancel: () => Promise<void>}} Writer
 */

/** @returns {Promise<Writer>} */
async function video(canvas, { codec, rate }, vendor) {
  const { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } = await import(
    absolute(`${vendor}/mediabunny/mediabunny.js`)
  );
  const inMp4 = codec === "avc";
  const target = new BufferTarget();
  const output = new Output({
    format: inMp4 ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat(),
    target,
  });
  const source = new CanvasSource(canvas, { codec, bitrate: BITS_A_SECOND, keyFrameInterval: 1 });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  return {
    samples: [],
    add: (k) => source.add(k / rate, 1 / rate),
    finish: async () => {
      await output.finalize();
      return new Blob([target.buffer], { type: inMp4 ? "video/mp4" : "video/webm" });
    },
    cancel: () => output.cancel(),
  };
}

/**
 * Colours of a scale that a GIF has for sure, so that no value is shown as one of the other sign.
 */
const KEPT = 64;

/** Those of several scales, as [r, g, b]. */
export function keptOf(scales) {
  const place = (k) => 3 * Math.round((255 * k) / (KEPT - 1));
  const spaced = (bytes) => Array.from({ length: KEPT }, (_, k) => [...bytes.subarray(place(k), place(k) + 3)]);
  return scales.map(table).flatMap(spaced);
}

/**
 * One table of 256 colours for the whole film, the scales' and others from three of its frames: a
 * colour means the same in all.
 * @returns {Promise<Writer>}
 */
async function gif(canvas, { rate }, vendor, scales) {
  const { GIFEncoder, applyPalette, quantize } = await import(absolute(`${vendor}/gifenc/gifenc.js`));
  const encoder = GIFEncoder();
  const seen = [];
  const { width, height } = canvas;
  const pixels = () => canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const kept = keptOf(scales);
  let palette;
  return {
    samples: [0, 0.5, 1],
    look: () => seen.push(pixels()),
    add: async (k) => {
      palette ??= [...kept, ...quantize(concatenated(seen), 256 - kept.length)];
      encoder.writeFrame(applyPalette(pixels(), palette), width, height, {
        palette: k ? undefined : palette,
        delay: 1000 / rate,
      });
    },
    finish: async () => {
      encoder.finish();
      return new Blob([encoder.bytes()], { type: "image/gif" });
    },
    cancel: async () => {},
  };
}

function concatenated(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
