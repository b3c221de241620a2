// The checked formula, typeset simply: italics, exponents, Greek letters, in the few tags that
// Plotly and HTML share. No other markup comes out.

const LETTERS =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega";
const GREEK = Object.fromEntries(
  LETTERS.split(" ").map((letter, k) => [letter, String.fromCharCode(0x3b1 + k + (k > 16 ? 1 : 0))]),
); // ς, U+03C2, is left out
GREEK.lam = GREEK.lambda;
const SIGNS = { "*": "·", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠" };
const TOKEN = /\d+(?:\.\d+)?(?:e[+-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|[<>=!]=|\S/gu;

/** Words of the language that are no names, with the blanks they need. */
const WORDS = { and: " and ", or: " or ", not: "not " };

/** How much of a letter's width an exponent's letter takes. */
const SMALL = 0.7;

/**
 * A piece is never broken: what it says, its markup, its width in letters, and whether a line may
 * end behind it.
 * @typedef {{text: string, markup: string, width: number, ends: boolean}} Piece
 */

/** Plain words as pieces. @returns {Piece[]} */
export function words(text) {
  return text.split(/(?<= )/).map((word) => piece(word, escaped(word), true));
}

/** A formula of the language, in its canonical text, as pieces. @returns {Piece[]} */
export function typeset(formula) {
  return sequence(formula.match(TOKEN) ?? []);
}

/** A text of our own markup, not of a visitor's, as one piece. @returns {Piece} */
export function marked(markup) {
  return piece(markup.replace(/<[^>]*>/g, ""), markup, true);
}

/**
 * Lines of markup, each at most so many letters wide. What does not fit into the last one gives way
 * to an ellipsis that says so.
 * @param {Piece[]} pieces @param {number} letters @param {number} most lines
 * @returns {string[]}
 */
export function lines(pieces, letters, most = Infinity) {
  const rows = [[]];
  for (const one of pieces.map((part) => (part.width > letters ? cut(part) : part))) {
    const row = rows.at(-1);
    const wide = width(row) + one.width > letters;
    if (wide && row.length) rows.push(overhang(row, letters / 2));
    rows.at(-1).push(one);
  }
  if (rows.length <= most) return rows.map(joined);
  const shown = rows.slice(0, most);
  const note = shortened(pieces);
  const last = shown.at(-1);
  while (last.length > 1 && width(last) + note.width > letters) last.pop();
  return [...shown.slice(0, -1), [...last, note]].map(joined);
}

/**
 * Takes off a full row all behind its last place for a break, if that is near; else it is broken
 * where it is.
 */
function overhang(row, room) {
  let k = row.length;
  while (k > 0 && !row[k - 1].ends) k -= 1;
  return width(row.slice(k)) < room && k > 0 ? row.splice(k) : [];
}

const width = (row) => row.reduce((sum, one) => sum + one.width, 0);
const joined = (row) =>
  row
    .map(({ markup }) => markup)
    .join("")
    .trimEnd();
const piece = (text, markup, ends = false) => ({ text, markup, width: text.length, ends });
const cut = ({ ends }) => piece(" … (shortened) ", " … (shortened) ", ends);

function shortened(pieces) {
  const note = ` … (shortened, ${pieces.reduce((sum, { text }) => sum + text.length, 0)} letters in all)`;
  return piece(note, note, true);
}

function sequence(tokens) {
  const found = [];
  for (let k = 0; k < tokens.length; k++) {
    if (tokens[k] === "^") k = exponent(tokens, k + 1, found);
    else found.push(sign(tokens, k) ?? name(tokens[k], tokens[k + 1] === "("));
  }
  return found;
}

/** Raises what follows; a power's own parentheses go. */
function exponent(tokens, start, found) {
  const end = groupEnd(tokens, start);
  const inner = sequence(tokens[start] === "(" ? tokens.slice(start + 1, end) : tokens.slice(start, end + 1));
  const text = inner.map((one) => one.text).join("");
  found.push({ ...piece(text, `<sup>${joined(inner)}</sup>`), width: SMALL * text.length });
  return end;
}

/**
 * The last token of the group, the name with its arguments or the single token that begins here.
 */
function groupEnd(tokens, start) {
  const opens =
    tokens[start] === "(" ? start : tokens[start + 1] === "(" && /^\p{L}/u.test(tokens[start]) ? start + 1 : -1;
  if (opens < 0) return start;
  let depth = 0;
  let k = opens;
  for (; k < tokens.length; k++) {
    depth += { "(": 1, ")": -1 }[tokens[k]] ?? 0;
    if (depth === 0) break;
  }
  return k;
}

function sign(tokens, k) {
  const token = tokens[k];
  if (Object.hasOwn(WORDS, token)) return piece(WORDS[token], WORDS[token], true);
  if (/^[\p{L}\p{N}_]/u.test(token)) return /^\d/.test(token) ? piece(token, token.replace("-", "−")) : null;
  const shown = SIGNS[token] ?? token;
  const binary = k > 0 && !/^[-+*/^(,<>=!]/.test(tokens[k - 1]);
  const spaced =
    (/^[-+]$/.test(token) && binary) || /^[<>=!]/.test(token)
      ? ` ${shown} `
      : /^[,;]$/.test(token)
        ? `${token} `
        : shown;
  return piece(spaced, escaped(spaced), /^[-+*/,;]$/.test(token) && (binary || /^[,;]$/.test(token)));
}

/** Functions upright, quantities in italics, their numbers lowered. */
export function name(token, isFunction = false) {
  if (isFunction) return token === "sqrt" ? piece("√", "√") : piece(token, escaped(token));
  const [, letters, digits] = token.match(/^(.*?)_?(\d*)$/u);
  const shown = GREEK[letters] ?? letters;
  return piece(shown + digits, `<i>${escaped(shown)}</i>${digits && `<sub>${digits}</sub>`}`);
}

export function escaped(text) {
  return text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);
}
