// Colour scales: the asinh scale of scale.py, and colours as bytes.

/** Where values lie on a scale: 0 at the lower end, 1 at the upper, NaN stays NaN. */
export function positions(values, scale) {
  const { low, limit, unit, zero } = scale;
  const bottom = asinh((low - zero) / unit);
  const top = asinh((limit - zero) / unit);
  const span = top - bottom;
  const found = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const x = (asinh((values[k] - zero) / unit) - bottom) / span;
    found[k] = x < 0 ? 0 : x > 1 ? 1 : x;
  }
  return found;
}

/**
 * For colours: the absolute error is that of rounding, and it is three times as fast as Math.asinh.
 */
function asinh(x) {
  const size = Math.abs(x);
  const found = size > 1e150 ? Math.log(size) + Math.LN2 : Math.log(size + Math.sqrt(size * size + 1));
  return x < 0 ? -found : found;
}

/** The stops of a measure's scale as Plotly wants them. */
export function colorscale(stops) {
  return stops.map((colour, i) => [i / (stops.length - 1), colour]);
}

export function stopsOf(measure, palette) {
  return measure.diverging ? palette.diverging : palette.one_sided;
}

/** 256 colours between the stops, as bytes r, g, b. */
export function table(stops) {
  const colours = stops.map(rgb);
  const found = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const x = (i / 255) * (stops.length - 1);
    const j = Math.min(Math.floor(x), stops.length - 2);
    const t = x - j;
    for (let c = 0; c < 3; c++) found[3 * i + c] = Math.round(colours[j][c] * (1 - t) + colours[j + 1][c] * t);
  }
  return found;
}

/** #rgb colours and rgb(…) as three numbers. */
export function rgb(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return colour
    .match(/[\d.]+/g)
    .slice(0, 3)
    .map(Number);
}

/**
 * How many digits tell points of a window apart: five, and more where the window is far from zero.
 */
export function digitsIn([low, high]) {
  return Math.max(5, Math.min(16, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low))) + 4));
}

const SUPERSCRIPTS = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].entries()) };

/** A number in as little room as it can be read in: −0.05, 300, 4·10⁶; as charts/scale.py. */
export function short(value, digits = 5) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "undefined" : value > 0 ? "∞" : "−∞";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (value === 0) return "0";
  if (size >= 1e-3 && size < 10 ** Math.max(5, digits)) return String(rounded).replace("-", "−");
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const front = String(Number(mantissa)).replace("-", "−");
  const power = `10${[...exponent.replace("+", "")].map((sign) => SUPERSCRIPTS[sign]).join("")}`;
  return { 1: power, "−1": `−${power}` }[front] ?? `${front}·${power}`;
}

/** Scales that were made for other fields, with the share of these fields that lies beyond them. */
export function recut(measures, fields) {
  const share = (values, { low, limit }) => {
    const defined = values.filter((x) => !Number.isNaN(x));
    return defined.filter((x) => x < low || x > limit).length / Math.max(1, defined.length);
  };
  return Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => [name, { ...measure, clipped: share(fields[name], measure) }]),
  );
}

/**
 * Plotly's colour bar for a scale of positions, so many pixels long: spaced as the colours are,
 * with the true values on it.
 */
export function bar(measure, palette, length) {
  const ticks = {
    tickvals: measure.ticks.map(([x]) => x),
    ticktext: measure.ticks.map(([, text]) => text),
    ticks: "outside",
    ticklen: 4,
  };
  const size = {
    lenmode: "pixels",
    len: length,
    thickness: 12,
    y: 0.5,
    yanchor: "middle",
    x: 1,
    xanchor: "left",
    xpad: 10,
    ypad: 0,
  };
  return { ...ticks, ...size, tickfont: { size: 11, color: palette.text }, tickcolor: palette.line, outlinewidth: 0 };
}

/** The name along a bar, as an annotation: Plotly's own title of a bar runs into long ticks. */
export function barTitle(measure, palette, length) {
  const place = {
    xref: "paper",
    x: 1,
    xanchor: "center",
    xshift: 41 + widestTick(measure),
    yref: "paper",
    y: 0.5,
    yanchor: "middle",
    textangle: -90,
  };
  return { ...place, text: barName(measure, length), showarrow: false, font: { size: 12, color: palette.text } };
}

const widestTick = ({ ticks }) => 6.6 * Math.max(...ticks.map(([, text]) => text.length));

/**
 * As much of a scale's name as goes along its bar: the measure and its letter, that the scale is
 * asinh, and how much lies beyond it.
 */
function barName({ name, symbol, clipped }, length) {
  const long = name === "f" ? symbol : `${name} ${symbol}`;
  const beyond = clipped > 0 ? `, ${percent(clipped)} beyond` : "";
  const all = [`${long} (asinh scale${beyond})`, `${symbol} (asinh scale${beyond})`, `${symbol} (asinh)`];
  return all.find((text) => 6.2 * text.replace(/<[^>]*>/g, "").length < length) ?? symbol;
}

/** The room that a bar takes at the right. */
export function barRoom(measure) {
  return 56 + widestTick(measure);
}

/** A share in words. */
export function percent(share) {
  return share < 0.01 ? "< 1 %" : `${Math.round(100 * share)} %`;
}

/** A field as a picture of one pixel a cell, the row of the least v at the bottom. */
export function paint(canvas, { nU, nV }, values, measure, palette) {
  if (canvas.width !== nU || canvas.height !== nV) [canvas.width, canvas.height] = [nU, nV];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const picture = context.createImageData(nU, nV);
  const pixels = new Uint32Array(picture.data.buffer);
  const where = positions(values, measure);
  const colours = packed(stopsOf(measure, palette));
  const [r, g, b] = rgb(palette.gap);
  const gap = word(r, g, b);
  for (let i = 0, k = 0; i < nV; i++) {
    for (let j = 0, at = (nV - 1 - i) * nU; j < nU; j++, k++, at++) {
      const x = where[k];
      pixels[at] = x === x ? colours[(255 * x + 0.5) | 0] : gap;
    }
  }
  context.putImageData(picture, 0, 0);
}

const kept = new Map();

/** The 256 colours of a scale as pixels, made once. */
function packed(stops) {
  const key = stops.join();
  if (!kept.has(key)) {
    const bytes = table(stops);
    kept.set(
      key,
      Uint32Array.from({ length: 256 }, (_, i) => word(bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2])),
    );
  }
  return kept.get(key);
}

/** One opaque pixel in the byte order of this machine. */
function word(r, g, b) {
  return new Uint32Array(Uint8Array.of(r, g, b, 255).buffer)[0];
}
