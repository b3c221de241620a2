// The crosshair on the surface: two short lines through the cursor that follow f, and a ring about
// it.

import { makeSvg } from "./dom.js";
import { projector } from "./projection.js";
import { short } from "./scale.js";

/** Half the length of a line as a share of the window, and its points on each side. */
const REACH = 0.1;
const POINTS = 12;

/** Places the crosshair at a cursor, or hides it where there is none. */
export function placeCrosshair(card, cursor, skin) {
  const to = cursor && skin && projector(card.plot, skin.rulers);
  const { lines, ring } = card;
  ring.hidden = !to;
  if (!to) return lines.replaceChildren();
  const outer = card.stage.getBoundingClientRect();
  const dx = to.box.left - outer.left;
  const dy = to.box.top - outer.top;
  const at = (u, v) => {
    const [x, y] = to.pixel(u, v, skin.heightOf(u, v));
    return [x + dx, y + dy];
  };
  const d = path(cursor, skin.header.window, at);
  const { palette } = skin.header;
  const line = (stroke, width) => makeSvg("path", { d, fill: "none", stroke, "stroke-width": width });
  lines.replaceChildren(line(palette.halo, 3.5), line(palette.ink, 1.5));
  const [x, y] = at(cursor.u, cursor.v);
  ring.hidden = Number.isNaN(x);
  ring.style.left = `${x}px`;
  ring.style.top = `${y}px`;
  card.figure.dataset.cursor = `${short(x, 4)} ${short(y, 4)}`;
}

function path(cursor, [u0, u1, v0, v1], at) {
  const ends = { u: [u0, u1], v: [v0, v1] };
  let d = "";
  for (const along of ["u", "v"]) {
    const [low, high] = ends[along];
    let pen = "M";
    for (let k = -POINTS; k <= POINTS; k++) {
      const moved = Math.min(high, Math.max(low, cursor[along] + ((REACH * k) / POINTS) * (high - low)));
      const [x, y] = at(along === "u" ? moved : cursor.u, along === "v" ? moved : cursor.v);
      if (Number.isNaN(x)) pen = "M";
      else [d, pen] = [`${d}${pen}${x.toFixed(1)} ${y.toFixed(1)}`, "L"];
    }
  }
  return d;
}
