// Where the formula is typed: a text area that grows with its text, and under it the same text once
// more, unseen, which knows where each letter is.

import { make } from "./dom.js";

export class Field {
  constructor(id, described) {
    this.input = make("textarea", {
      class: "fb-input",
      id,
      rows: 1,
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      autocorrect: "off",
      enterkeyhint: "done",
      "aria-describedby": described,
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
    });
    this.mirror = make("div", { class: "fb-mirror", "aria-hidden": "true" });
    this.node = make("div", { class: "fb-field" }, this.mirror, this.input);
    this.reflect();
  }

  get text() {
    return this.input.value;
  }

  get start() {
    return this.input.selectionStart;
  }

  get end() {
    return this.input.selectionEnd;
  }

  /** Sets the text, and what is marked in it, without a trace in the browser's own undo. */
  set({ text, start, end = start }) {
    this.input.value = text;
    this.input.setSelectionRange(start, end);
    this.reflect();
  }

  /** Shows the text in the mirror, with a mark at the column of a mistake. */
  reflect(wrong = null) {
    const text = this.text;
    const after = document.createTextNode("");
    this.mark = null;
    if (wrong === null) after.data = text;
    else {
      const at = Math.min(wrong, text.length);
      const letter = at < text.length && text[at] !== "\n" ? String.fromCodePoint(text.codePointAt(at)) : "";
      this.mark = make("span", { class: "fb-wrong" }, letter);
      after.data = text.slice(at + letter.length);
      this.mirror.replaceChildren(text.slice(0, at), this.mark);
    }
    if (wrong === null) this.mirror.replaceChildren(after, "\u200b");
    else this.mirror.append(after, "\u200b");
    this.input.setAttribute("aria-invalid", String(wrong !== null));
  }

  /** Where the letter at a column is on the screen. */
  place(column) {
    const range = document.createRange();
    const walk = document.createTreeWalker(this.mirror, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const { length } = node.nodeValue;
      if (column < length) {
        range.setStart(node, column);
        range.setEnd(node, column + 1);
        return range.getBoundingClientRect();
      }
      column -= length;
    }
    return this.input.getBoundingClientRect();
  }
}
