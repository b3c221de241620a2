// While a name is typed, the functions and constants it may become. Nothing is chosen until an
// arrow chooses it, so Enter and Tab stay what they are.

import { make, newId, placeBelow } from "./dom.js";

const MOST = 8;
const LEAST = 2;

export class Suggestions {
  /**
   * @param {import("./field.js").Field} field
   * @param {(start: number, end: number, template: string) => void} accept
   */
  constructor(field, accept) {
    this.field = field;
    this.accept = accept;
    this.words = [];
    this.list = make("ul", {
      class: "fb-sheet fb-list",
      id: newId("list"),
      role: "listbox",
      popover: "manual",
      "aria-label": "Functions and constants",
    });
    for (const press of ["pointerdown", "mousedown"])
      this.list.addEventListener(press, (event) => event.preventDefault());
    field.input.setAttribute("aria-controls", this.list.id);
    for (const moved of ["scroll", "resize"]) addEventListener(moved, () => this.open && this.put(), true);
  }

  /** @param {{groups: {entries: object[]}[]}} reference */
  know({ groups }) {
    this.words = groups.flatMap(({ entries }) => entries.filter(({ word }) => word));
  }

  get open() {
    return this.list.matches(":popover-open");
  }

  /** Offers what the name before the caret may become; `asked` also for a name of one letter. */
  offer(asked = false) {
    const { text, start, end } = this.field;
    const word = start === end ? (text.slice(0, start).match(/[A-Za-z][A-Za-z0-9_]*$/)?.[0] ?? "") : "";
    const escaped = text[start - word.length - 1] === "\\";
    const inside = /[A-Za-z0-9_]/.test(text[start] ?? "");
    const found = word.length >= (asked ? 1 : LEAST) && !escaped && !inside ? this.matches(word) : [];
    if (!found.length || (found.length === 1 && found[0].name === word)) return this.close();
    this.from = start - word.length;
    this.options = found;
    this.show();
  }

  /** Names that begin like the word, then other names of functions that do. */
  matches(word) {
    const begins = (name) => name.toLowerCase().startsWith(word.toLowerCase());
    const own = this.words.filter(({ name }) => begins(name));
    const other = this.words.flatMap((entry) =>
      begins(entry.name)
        ? []
        : entry.also
            .filter(begins)
            .slice(0, 1)
            .map((name) => renamed(entry, name)),
    );
    return [...own, ...other].slice(0, MOST);
  }

  show() {
    this.chosen = -1;
    const rows = this.options.map(({ example, meaning }, i) => {
      const row = make(
        "li",
        { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false" },
        make("code", {}, example),
        make("span", {}, meaning),
      );
      row.addEventListener("click", () => this.take(i));
      return row;
    });
    this.list.replaceChildren(...rows);
    this.field.input.removeAttribute("aria-activedescendant");
    if (!this.open) this.list.showPopover();
    this.put();
  }

  put() {
    const { left, bottom } = this.field.place(this.from);
    placeBelow(this.list, { left: left - 8, bottom: bottom + 4 });
  }

  close() {
    if (!this.open) return;
    this.list.hidePopover();
    this.field.input.removeAttribute("aria-activedescendant");
  }

  /** Whether a key was meant for the list. */
  key({ key }) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.choose(step);
    else if (key === "Escape") this.close();
    else if ((key === "Enter" || key === "Tab") && this.chosen >= 0) this.take(this.chosen);
    else return false;
    return true;
  }

  choose(step) {
    const n = this.options.length;
    this.chosen = this.chosen < 0 ? (step > 0 ? 0 : n - 1) : (this.chosen + step + n) % n;
    [...this.list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === this.chosen)));
    this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
    this.field.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
  }

  take(i) {
    const { insert } = this.options[i];
    this.close();
    this.accept(this.from, this.field.end, insert);
  }
}

/** An entry under another of its names. */
function renamed(entry, name) {
  const { example, insert } = entry;
  const n = entry.name.length;
  return { ...entry, name, example: name + example.slice(n), insert: name + insert.slice(n) };
}
