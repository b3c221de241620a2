// The reference: everything that may be written, in a drawer beside the page, which stays usable.

import { button, make, newId } from "./dom.js";

export class Drawer {
  /**
   * @param {(template: string) => void} insert
   * @param {() => number} below where the box ends, which stays in view beside the drawer
   */
  constructor(insert, below) {
    this.insert = insert;
    this.below = below;
    for (const moved of ["scroll", "resize"]) addEventListener(moved, () => this.open && this.put(), true);
    const title = newId("title");
    this.opener = make(
      "button",
      { type: "button", class: "fb-button", "aria-expanded": "false", onclick: () => this.toggle() },
      "Reference",
    );
    this.search = make("input", {
      type: "search",
      class: "fb-search",
      placeholder: "Search",
      "aria-label": "Search the reference",
      oninput: () => this.filter(),
    });
    this.body = make("div", { class: "fb-entries", tabindex: -1 });
    this.none = make("p", { class: "fb-none", role: "status", hidden: true });
    const close = button("×", "Close the reference", () => this.close(), { class: "fb-button fb-close" });
    const head = make("header", {}, make("h2", { id: title }, "Reference"), this.search, close);
    this.sheet = make(
      "aside",
      { class: "fb-drawer", popover: "manual", role: "dialog", "aria-labelledby": title },
      head,
      this.none,
      this.body,
    );
    this.sheet.addEventListener(
      "keydown",
      (event) => event.key === "Escape" && (event.stopPropagation(), this.close()),
    );
    this.nodes = [this.opener, this.sheet];
  }

  /** @param {{groups: {name: string, entries: object[]}[]}} reference */
  know({ groups }) {
    this.body.replaceChildren(
      ...groups.map(({ name, entries }) =>
        make("section", { "aria-label": name }, make("h3", {}, name), ...entries.map((entry) => this.row(entry))),
      ),
    );
    this.filter();
  }

  row(entry) {
    const facts = [
      entry.same && ["=", make("code", {}, entry.same.replaceAll("\n", "; "))],
      entry.also.length && ["also", make("code", {}, entry.also.join("  "))],
      entry.domain && ["defined where", entry.domain],
      entry.rough && ["no curvature where", entry.rough],
    ].filter(Boolean);
    const lines = facts.map(([word, text]) => make("div", { class: "fb-fact" }, make("span", {}, word), text));
    const put = button("Insert", `Insert ${entry.name}`, () => this.insert(entry.insert));
    const node = make(
      "article",
      { class: "fb-entry" },
      make("code", { class: "fb-name" }, entry.word ? entry.example : entry.name),
      put,
      make("p", {}, entry.meaning),
      ...lines,
    );
    if (!entry.word && entry.example !== entry.name)
      node.querySelector(".fb-fact")?.prepend(make("code", {}, entry.example.replaceAll("\n", "; ")));
    node.words = [entry.name, entry.example, entry.meaning, ...entry.also].join(" ").toLowerCase();
    return node;
  }

  /** Shows the rows that have all the words that are searched for. */
  filter() {
    const asked = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const section of this.body.children) {
      for (const row of section.querySelectorAll("article"))
        row.hidden = !asked.every((word) => row.words.includes(word));
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    this.none.hidden = Boolean(this.body.querySelector("article:not([hidden])"));
    this.none.textContent = this.none.hidden ? "" : "Nothing here has that name.";
  }

  get open() {
    return this.sheet.matches(":popover-open");
  }

  toggle() {
    if (this.open) return this.close();
    this.sheet.showPopover();
    this.put();
    this.opener.setAttribute("aria-expanded", "true");
    this.search.focus();
  }

  put() {
    this.sheet.style.setProperty("--fb-top", `${Math.min(Math.max(0, this.below()), innerHeight / 2)}px`);
  }

  close(focus = this.opener) {
    this.sheet.hidePopover();
    this.opener.setAttribute("aria-expanded", "false");
    focus.focus();
  }
}
