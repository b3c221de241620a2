// The row of tools above the views.

import { make } from "./dom.js";
import { Exports } from "./exports.js";
import { CAMERAS } from "./surface.js";

export class Toolbar {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    const views = Object.entries(CAMERAS).map(([name, camera]) => button(name, `Look from: ${name}`, () => instrument.surface?.look(camera)));
    this.linkButton = button("Link zoom", "Zoom and move all maps together", () => this.toggleLink());
    this.linkButton.setAttribute("aria-pressed", "false");
    this.fullButton = button("Full screen", "Full screen", () => this.toggleFull());
    this.exports = new Exports(instrument);
    const camera = make("div", { class: "cl-group", role: "group", "aria-label": "Camera" }, ...views);
    this.bar = make("div", { class: "cl-toolbar", role: "toolbar", "aria-label": "View" }, camera, this.linkButton, this.fullButton, this.exports.menu);
  }

  toggleLink() {
    const on = this.linkButton.getAttribute("aria-pressed") !== "true";
    this.linkButton.setAttribute("aria-pressed", String(on));
    this.instrument.link(on);
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.instrument.root.requestFullscreen?.().catch(() => this.instrument.readout.say("Full screen is not allowed here."));
  }
}

export function button(text, words, act) {
  return make("button", { type: "button", class: "cl-button", title: words, onclick: act }, text);
}
