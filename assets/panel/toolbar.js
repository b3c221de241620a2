// The row of tools above the views.

import { CAMERAS } from "./cameras.js";
import { make } from "./dom.js";
import { Exports } from "./exports.js";

export class Toolbar {
  /** @param {import("./instrument.js").Instrument} instrument */
  constructor(instrument) {
    this.instrument = instrument;
    const views = Object.entries(CAMERAS).map(([name, camera]) =>
      button(name, `Look from: ${name}`, () => instrument.surface?.look(camera)),
    );
    const linkButton = toggle("Link zoom", "Zoom and move all maps together", (on) => instrument.link(on));
    linkButton.classList.add("cl-link");
    const holdButton = toggle("Hold colours", "Keep the colour scales while the landscape changes", (on) =>
      instrument.hold(on),
    );
    this.fullButton = button("Full screen", "Full screen", () => this.toggleFull());
    this.exports = new Exports(instrument);
    const camera = make("div", { class: "cl-group", role: "group", "aria-label": "Camera" }, ...views);
    this.bar = make(
      "div",
      { class: "cl-toolbar", role: "toolbar", "aria-label": "View" },
      camera,
      linkButton,
      holdButton,
      this.fullButton,
      this.exports.menu,
    );
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else
      this.instrument.root
        .requestFullscreen?.()
        .catch(() => this.instrument.readout.say("Full screen is not allowed here."));
  }
}

/** A button that is on or off. */
function toggle(text, words, act) {
  const node = button(text, words, () => {
    const on = node.getAttribute("aria-pressed") !== "true";
    node.setAttribute("aria-pressed", String(on));
    act(on);
  });
  node.setAttribute("aria-pressed", "false");
  return node;
}

function button(text, words, act) {
  return make("button", { type: "button", class: "cl-button", title: words, onclick: act }, text);
}
