// The box: takes messages from Python, tells it what is written a moment after the last key, and
// never lets an answer overwrite what came later.

import { button, make, newId } from "./dom.js";
import { Drawer } from "./drawer.js";
import { Field } from "./field.js";
import { Past } from "./past.js";
import { Recent, redoIcon, remember, undoIcon } from "./recent.js";
import { Suggestions } from "./suggestions.js";

const MOMENT = 200;
const REST = 2500;
const NARROW = "(max-width: 640px)";
const KINDS = { insertText: "insert", deleteContentBackward: "delete", deleteContentForward: "delete" };

const SOON = 10_000;

let known = null;

export class FormulaBox {
  /** @type {(event: object) => void} tells Python */
  post;

  constructor() {
    const id = newId("text");
    const line = newId("line");
    this.sequence = 0;
    this.field = new Field(id, line);
    this.suggestions = new Suggestions(this.field, (start, end, template) => this.put(template, start, end));
    this.drawer = new Drawer(
      (template) => this.insert(template),
      () => this.root.getBoundingClientRect().bottom,
    );
    this.recent = new Recent(
      (text) => this.jump(text),
      () => this.field.text,
    );
    this.undo = button(undoIcon(), "Undo", () => this.go(-1));
    this.redo = button(redoIcon(), "Redo", () => this.go(1));
    this.label = make("label", { for: id });
    this.says = make("span", {});
    this.still = make("span", { class: "fb-still" });
    this.line = make("p", { class: "fb-line", id: line, role: "status" }, this.says, this.still);
    const tools = make(
      "div",
      { class: "fb-tools", role: "group", "aria-label": "Formula" },
      this.undo,
      this.redo,
      ...this.recent.nodes,
      ...this.drawer.nodes,
    );
    this.root = make(
      "div",
      { class: "fb-box", "data-state": "loading" },
      make("div", { class: "fb-head" }, this.label, tools),
      this.field.node,
      this.line,
      this.suggestions.list,
    );
    this.root.box = this;
    this.listen(this.field.input);
  }

  // --- a place on the page

  /**
   * A place for the box. One that was lost a moment ago changes nothing: what was not answered is
   * said again; later, or after another page, Python knows best.
   */
  attach(parent) {
    const soon = performance.now() - this.gone < SOON;
    const unheard = soon && (this.unsent || this.waiting);
    this.parent = parent;
    this.page = location.pathname;
    parent.append(this.root);
    if (soon && this.focused) this.field.input.focus({ preventScroll: true });
    if (unheard) return this.send();
    this.unsent = this.waiting = false;
    this.sequence = 0;
  }

  detach() {
    this.parent = null;
    this.gone = location.pathname === this.page ? performance.now() : -Infinity;
    clearTimeout(this.timer);
    clearTimeout(this.rest);
    this.suggestions.close();
    this.root.remove();
  }

  listen(input) {
    input.addEventListener("beforeinput", (event) => this.before(event));
    input.addEventListener("input", (event) => this.typed(event));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => (this.focused = true));
    input.addEventListener("blur", () => this.left());
    input.addEventListener("pointerdown", () => this.suggestions.close());
  }

  // --- messages in

  /**
   * A message from Python. If it answers an older text, its successor is on the way; if it knows
   * the newest and has another one, that one counts.
   */
  receive(message) {
    this.know(message);
    this.sequence = Math.max(this.sequence, message.acknowledged);
    const text = message.text.replace(/\r\n?/g, "\n");
    this.label.textContent = message.label;
    this.field.input.placeholder = message.placeholder;
    if (!this.past) this.begin(text);
    if (this.unsent || message.acknowledged < this.sequence) return;
    if (text !== this.field.text) this.show({ text, start: text.length, end: text.length }, "jump");
    this.answer(message);
  }

  know({ edition, reference }) {
    if (reference) known = { edition, reference };
    if (!known || this.edition === known.edition) return;
    this.edition = known.edition;
    this.caret = known.reference.caret;
    this.suggestions.know(known.reference);
    this.drawer.know(known.reference);
  }

  begin(text) {
    this.past = new Past(text);
    this.field.set({ text, start: text.length });
    this.settled = true;
  }

  answer({ error, shown }) {
    this.field.reflect(error ? error.position : null);
    tell(this.says, error?.message ?? "");
    tell(this.still, error && shown !== null ? `The picture is still that of ${shown}` : "");
    this.line.classList.toggle("fb-mistake", Boolean(error));
    this.line.classList.remove("fb-late");
    this.good = error ? null : this.field.text;
    this.waiting = false;
    this.root.dataset.state = error ? "wrong" : "right";
    clearTimeout(this.rest);
    if (this.good !== null && this.settled) this.remember();
    else if (this.good !== null) this.rest = setTimeout(() => this.remember(), REST);
    this.buttons();
  }

  /** A formula that was right, and at which the visitor stayed. */
  remember() {
    clearTimeout(this.rest);
    if (this.good) remember(this.good);
  }

  // --- messages out

  changed() {
    this.settled = false;
    this.unsent = true;
    this.good = null;
    this.field.reflect();
    this.line.classList.add("fb-late");
    this.root.dataset.state = "waiting";
    this.buttons();
    clearTimeout(this.timer);
    clearTimeout(this.rest);
    this.timer = setTimeout(() => this.send(), MOMENT);
  }

  send(cause = "typed") {
    clearTimeout(this.timer);
    this.unsent = false;
    this.waiting = true;
    this.sequence = Math.max(this.sequence + 1, Date.now());
    this.post({
      sequence: this.sequence,
      text: this.field.text.toWellFormed?.() ?? this.field.text,
      cause,
      edition: this.edition ?? "",
    });
  }

  /** The visitor has left the text as it is, by Enter or by going elsewhere. */
  settle() {
    this.settled = true;
    if (this.unsent) this.send();
    else this.remember();
  }

  // --- what the visitor does

  /**
   * A closing bracket before a closing bracket, where none is missing, is that bracket. The
   * browser's own undo would not know of examples.
   */
  before(event) {
    this.past.mark(this.field);
    const { text, start, end } = this.field;
    const steps = { historyUndo: -1, historyRedo: 1 }[event.inputType];
    if (steps) {
      event.preventDefault();
      this.go(steps);
    } else if (
      event.inputType === "insertText" &&
      event.data === ")" &&
      start === end &&
      text[start] === ")" &&
      count(text, "(") <= count(text, ")")
    ) {
      event.preventDefault();
      this.field.input.setSelectionRange(start + 1, start + 1);
    }
  }

  typed({ inputType, isComposing }) {
    const { text, start, end } = this.field;
    this.past.record({ text, start, end }, KINDS[inputType] ?? "other");
    this.changed();
    if (!isComposing) this.suggestions.offer();
  }

  key(event) {
    if (event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    const steps = command && !event.altKey ? (letter === "z" ? (event.shiftKey ? 1 : -1) : letter === "y" ? 1 : 0) : 0;
    if (steps) this.go(steps);
    else if (command && event.key === " ") this.suggestions.offer(true);
    else if (this.suggestions.key(event)) event.stopPropagation();
    else if (event.key === "Enter" && !event.shiftKey) this.settle();
    else if (event.key === "Escape" && this.drawer.open) this.drawer.close(this.field.input);
    else return;
    event.preventDefault();
  }

  /**
   * The focus went elsewhere; or the box lost its place on the page, and its focus with it, for a
   * moment.
   */
  left() {
    queueMicrotask(() => (this.focused &&= !this.root.isConnected || document.activeElement === this.field.input));
    this.suggestions.close();
    this.settle();
  }

  go(by) {
    this.past.mark(this.field);
    const step = this.past.go(by);
    if (!step) return;
    this.suggestions.close();
    this.field.set(step);
    this.changed();
    this.settled = step.jumped;
    this.send(step.jumped ? "restored" : "typed");
  }

  /** Another formula as a whole. */
  jump(text) {
    this.remember();
    this.show({ text, start: text.length, end: text.length }, "jump");
    this.changed();
    this.settled = true;
    this.send("restored");
    this.field.input.focus();
  }

  insert(template) {
    const { start, end } = this.field;
    this.put(template, start, end);
    if (this.drawer.open && matchMedia(NARROW).matches) this.drawer.close(this.field.input);
    else this.field.input.focus();
  }

  /**
   * A template in the place of a part of the text. What is marked goes where its caret is; a
   * bracket that is there already is not put twice.
   */
  put(template, from, to) {
    const { text, start, end } = this.field;
    const [head, tail = ""] = template.split(this.caret);
    const marked = tail ? text.slice(start, end) : "";
    const called = tail && text[to] === "(";
    const before = called ? head.slice(0, -1) : head;
    const after = called ? "" : tail;
    const caret = from + before.length + marked.length + (called ? 1 : 0);
    this.show(
      { text: text.slice(0, from) + before + marked + after + text.slice(to), start: caret, end: caret },
      "other",
    );
    this.changed();
  }

  show(step, kind) {
    if (kind === "jump" && this.good) this.remember();
    this.past.mark(this.field);
    this.field.set(step);
    this.past.record(step, kind);
    this.settled = kind === "jump";
    this.buttons();
  }

  buttons() {
    this.undo.disabled = !this.past?.canUndo;
    this.redo.disabled = !this.past?.canRedo;
  }
}

/** Says something new; what was said already is not said again. */
function tell(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

const count = (text, sign) => text.split(sign).length - 1;
