// Live 3-D scenes. Browsers keep a handful of WebGL contexts and blank the oldest silently; this
// page keeps at most two.

const MOST = 2;
const alive = [];

let possible;

/** Whether there is WebGL at all; asked once, with a context that is given back. */
export function webgl() {
  if (possible === undefined) {
    const context = document.createElement("canvas").getContext("webgl");
    possible = Boolean(context);
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return possible;
}

/** Makes room for a scene; the one that was drawn first gives its place up. */
export function claim(view) {
  release(view);
  while (alive.length >= MOST) alive.shift().rest();
  alive.push(view);
}

export function release(view) {
  const index = alive.indexOf(view);
  if (index >= 0) alive.splice(index, 1);
}

/** Removes a plot and gives its WebGL contexts back at once, not when memory runs short. */
export function discard(Plotly, plot) {
  const canvases = [...plot.querySelectorAll("canvas")];
  Plotly?.purge(plot);
  for (const canvas of canvases) canvas.getContext("webgl")?.getExtension("WEBGL_lose_context")?.loseContext();
}

let last = Promise.resolve();

/**
 * Lets surfaces be drawn one after the other, so that none gives its scene up in the middle of its
 * own drawing.
 */
export function inTurn(task) {
  last = last.then(task, task);
  return last;
}
