// What stands over every picture, film and page: the formula, the parameters' values, the window,
// what is marked.

import { lines, marked, name, typeset, words } from "./formula.js";
import { lookOf, symbolOf } from "./overlays.js";
import { digitsIn, short } from "./scale.js";

const SIZE = 14;
const LINE = 1.3 * SIZE;
const PAD = 14;
const LETTER = 0.57 * SIZE;
const MOST_FORMULA_LINES = 3;

/** Plotly's symbols as letters. */
const GLYPHS = { circle: "●", square: "■", diamond: "◆", "circle-open": "○", "diamond-open": "◇", x: "×" };

/**
 * The paragraphs of the caption, each in pieces that are kept whole; see formula.js.
 * @param {{header: any, sliders: object, point?: {u: number, v: number}, overlays: any[]}}
 * instrument or what a film shows of it
 * @param {string} [running] the slider whose value is said elsewhere
 */
export function caption({ header, sliders, point, overlays }, running) {
  const heading = header.formula
    ? [marked("<i>f</i>(<i>u</i>, <i>v</i>) = "), ...typeset(header.formula)]
    : words(header.title || "Curvature of a loss landscape");
  const [a, b, c, d] = header.window;
  const [du, dv] = [digitsIn([a, b]), digitsIn([c, d])];
  const [u0, u1] = [a, b].map((x) => short(x, du + 1));
  const [v0, v1] = [c, d].map((x) => short(x, dv + 1));
  const values = quantities(header, sliders)
    .filter(([key]) => key !== running)
    .map(([, label, value]) => `${label} = ${short(value, 6)}`);
  const facts = [...values, `<i>u</i> from ${u0} to ${u1}`, `<i>v</i> from ${v0} to ${v1}`];
  if (point) facts.push(`the point (${short(point.u, du - 1)}, ${short(point.v, dv - 1)})`);
  return { heading, facts: listed(facts), legend: listed(legend(overlays, Boolean(point), header.palette)) };
}

/** The parameters and the other sliders: key, name as markup, value. */
export function quantities({ sliders: shown, parameters = [], defaults = {} }, values) {
  const labels = Object.fromEntries(shown.map((slider) => [slider.name, slider.label]));
  const keys = new Set([...parameters, ...shown.map((slider) => slider.name)]);
  return [...keys]
    .map((key) => [key, named(labels[key] ?? key), values[key] ?? defaults[key]])
    .filter(([, , value]) => value !== undefined);
}

/** A slider's label: one word is a quantity, several are words. */
export function named(label) {
  return /\s/.test(label)
    ? words(label)
        .map(({ markup }) => markup)
        .join("")
    : name(label).markup;
}

/** Each thing that is drawn, once: a mark in its colour and its name. */
function legend(overlays, hasPoint, palette) {
  const seen = new Map(
    overlays
      .filter((overlay) => overlay.name && overlay.points.values.length)
      .map((overlay) => [overlay.name, overlay]),
  );
  const entries = [...seen].map(([said, overlay]) =>
    entry(
      ...mark(overlay),
      words(said)
        .map(({ markup }) => markup)
        .join(""),
      palette,
    ),
  );
  return hasPoint ? [...entries, entry("●", "accent", "the chosen point", palette)] : entries;
}

const entry = (glyph, colour, said, palette) => `<span style="color:${palette[colour]}">${glyph}</span> ${said}`;

function mark(overlay) {
  const { plotly, colour = "ink" } = symbolOf(overlay);
  if (overlay.kind === "points") return [GLYPHS[plotly], colour];
  const look = lookOf(overlay);
  return [look.dash ? "╌╌" : "━━", look.colour ?? "ink"];
}

const listed = (entries) => entries.map((text, k) => marked(k + 1 < entries.length ? `${text}, ` : text));

/** The lines of a caption for a picture so many pixels wide. */
export function captionLines(paragraphs, width, ...more) {
  const letters = Math.floor((width - 2 * PAD) / LETTER);
  const { heading, facts } = paragraphs;
  return [
    ...lines(heading, letters, MOST_FORMULA_LINES),
    ...[facts, ...more, paragraphs.legend].filter(({ length }) => length).flatMap((pieces) => lines(pieces, letters)),
  ];
}

/** The room that a caption takes. */
export const captionHeight = (rows) => Math.ceil(rows.length * LINE + 1.5 * PAD);

/** A layout with a caption above: so much higher. */
export function titled(layout, rows) {
  const room = captionHeight(rows);
  const height = layout.height + room;
  const margin = { ...layout.margin, t: (layout.margin?.t ?? 0) + room };
  // Plotly puts the base of the first line, not its top, where the title is said to begin
  const place = {
    x: PAD / layout.width,
    xref: "container",
    xanchor: "left",
    y: 1 - (PAD + SIZE) / height,
    yref: "container",
    yanchor: "top",
  };
  return {
    ...layout,
    height,
    margin,
    title: { text: rows.join("<br>"), font: { size: SIZE }, automargin: false, ...place },
  };
}
