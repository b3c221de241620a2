// The last formulas that were right: kept in this browser, where it allows that, and nowhere else.

import { button, icon, make, newId, placeBelow } from "./dom.js";

const PLACE = "curvlib.formulas";
const MOST = 20;
const LONGEST = 2000;

let remembered = null;

/** The list, newest first. */
export function formulas() {
  try {
    const list = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    if (Array.isArray(list))
      remembered = list
        .filter((text) => typeof text === "string" && text.trim() && text.length <= LONGEST)
        .slice(0, MOST);
  } catch {
    // A browser that keeps nothing still has the list of this visit.
  }
  return (remembered ??= []);
}

export function remember(text) {
  if (!text.trim() || text.length > LONGEST) return;
  keep([text, ...formulas().filter((other) => other !== text)].slice(0, MOST));
}

function keep(list) {
  remembered = list;
  try {
    localStorage.setItem(PLACE, JSON.stringify(list));
  } catch {
    // As above.
  }
}

/** The button and the list below it. */
export class Recent {
  constructor(pick, present) {
    this.pick = pick;
    this.present = present;
    const id = newId("recent");
    this.opener = make(
      "button",
      { type: "button", class: "fb-button", popovertarget: id, "aria-haspopup": "true" },
      "Recent",
    );
    this.sheet = make("div", {
      class: "fb-sheet fb-recent",
      id,
      popover: "auto",
      role: "group",
      "aria-label": "Last formulas",
      onkeydown: (event) => this.key(event),
    });
    this.sheet.addEventListener("beforetoggle", (event) => event.newState === "open" && this.fill());
    this.sheet.addEventListener("toggle", (event) => event.newState === "open" && this.opened());
    this.nodes = [this.opener, this.sheet];
  }

  fill() {
    const others = formulas().filter((text) => text !== this.present());
    const rows = others.map((text) =>
      make(
        "button",
        { type: "button", class: "fb-row", title: text, onclick: () => this.choose(text) },
        text.replaceAll("\n", " ⏎ "),
      ),
    );
    const clear = button("Forget them", "Forget the last formulas", () => (keep([]), this.fill()));
    this.sheet.replaceChildren(
      ...(rows.length
        ? [...rows, clear]
        : [make("p", { class: "fb-none" }, "Formulas you have seen will be listed here.")]),
    );
  }

  opened() {
    placeBelow(this.sheet, {
      left: this.opener.getBoundingClientRect().left,
      bottom: this.opener.getBoundingClientRect().bottom + 4,
    });
    this.sheet.querySelector("button")?.focus();
  }

  choose(text) {
    this.sheet.hidePopover();
    this.pick(text);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const rows = [...this.sheet.querySelectorAll("button")];
    rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length]?.focus();
  }
}

export const undoIcon = () => icon("M7 4 3.5 7.5 7 11M4 7.5h6.2a4 4 0 0 1 0 8H7");
export const redoIcon = () => icon("M11 4l3.5 3.5L11 11M14 7.5H7.8a4 4 0 0 0 0 8H11");
