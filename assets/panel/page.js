// One file with all views that works offline: Plotly itself, the figures as numbers, and words of
// our own only.

import { caption } from "./caption.js";
import { escaped } from "./formula.js";
import { smoothed } from "./framed.js";
import { absolute } from "./library.js";

/** What offline.js imports, and what that imports. */
const MODULES = ["framing", "plotly_private", "projection", "rulers", "scale"];

/** The size that figures are made for; offline.js fits them to the place they get. */
const ROOM = { width: 620, height: 560 };

/**
 * @param {import("./instrument.js").Instrument} instrument
 * @param {{about: string, view: object}[]} views
 */
export async function offlinePage(instrument, views) {
  const { header } = instrument;
  const { palette } = header;
  const overlays = smoothed(instrument);
  const [library, start, style, ...modules] = await Promise.all(
    [
      absolute(header.plotly.at(-1)),
      ...["offline.js", "offline.css", ...MODULES.map((name) => `${name}.js`)].map(own),
    ].map(text),
  );
  const imports = Object.fromEntries(
    MODULES.map((name, k) => [name, `data:text/javascript,${encodeURIComponent(bare(modules[k]))}`]),
  );
  const { heading, facts, legend } = caption(instrument);
  const [formula, values, marks] = [heading, facts, legend].map((pieces) =>
    pieces.map(({ markup }) => markup).join(""),
  );
  const figures = views.map(({ about, view }) => ({ about, ...view.figure({ ...ROOM, overlays }) }));
  const colours = `:root{--ground:${palette.background};--ink:${palette.text};--line:${palette.line}}`;
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(header.title || "Curvature of a loss landscape")}</title><style>${colours}${style}</style>`,
    `<h1>${formula}</h1><p>${values}</p><p class="legend">${marks}</p><main></main>`,
    `<script type="application/json" id="figures">${JSON.stringify(figures, plain).replaceAll("<", "\\u003c")}</script>`,
    `<script type="importmap">${JSON.stringify({ imports })}</script>`,
    `<script>${closed(library)}</script><script type="module">${closed(bare(start))}</script></html>`,
  ].join("\n");
}

const own = (name) => new URL(name, import.meta.url).href;

/** A module of ours as the import map knows it: by its name, not by its address. */
const bare = (source) => source.replace(/ from "\.\/(\w+)\.js"/g, ' from "$1"');

const closed = (script) => script.replaceAll("</script", "<\\/script");

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** For JSON: typed arrays as lists of at most seven digits, what is not finite as null. */
function plain(_, value) {
  if (ArrayBuffer.isView(value))
    return Array.from(/** @type {Float64Array} */ (value), (x) =>
      Number.isFinite(x) ? Number(x.toPrecision(7)) : null,
    );
  return value;
}
