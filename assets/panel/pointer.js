// Hands on a view: hover, click and tap, wheel, two fingers, keys. One finger scrolls the page, two
// move the view.

const STILL = 4;

/**
 * @param {import("./map.js").MapView | import("./surface.js").SurfaceView} view
 * @param {import("./instrument.js").Instrument} instrument
 */
export function attach(view, instrument) {
  const stage = view.card.stage;
  let pressed = null;

  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !event.buttons) instrument.hover(view.pick(event.clientX, event.clientY));
  });
  stage.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && instrument.hover(null));
  stage.addEventListener(
    "pointerdown",
    (event) => {
      pressed =
        event.button === 0 && event.isPrimary ? { x: event.clientX, y: event.clientY, id: event.pointerId } : null;
    },
    true,
  );
  const up = (event) => {
    const start = pressed;
    if (!start || event.pointerId !== start.id) return;
    pressed = null;
    if (event.type === "pointercancel" || Math.hypot(event.clientX - start.x, event.clientY - start.y) >= STILL) return;
    const point = view.pick(event.clientX, event.clientY);
    if (point) instrument.pick(point);
  };
  window.addEventListener("pointerup", up, true);
  window.addEventListener("pointercancel", up, true);

  stage.addEventListener("dblclick", () => view.reset());
  stage.addEventListener("wheel", (event) => wheel(event, view), { passive: false });
  stage.addEventListener("keydown", (event) => key(event, view, instrument));
  stage.addEventListener("focus", () => instrument.focused(view));
  fingers(stage, view);
  return () => {
    window.removeEventListener("pointerup", up, true);
    window.removeEventListener("pointercancel", up, true);
  };
}

/** The wheel scrolls the page; with Ctrl, as trackpads send a pinch, it zooms. */
function wheel(event, view) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  view.zoomBy(
    Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.005),
    view.turn ? undefined : (view.pick(event.clientX, event.clientY) ?? undefined),
  );
}

/**
 * Touches reach Plotly never: one finger is the page's, two turn the surface or move the map, a
 * pinch zooms.
 */
function fingers(stage, view) {
  let last = null;
  const pair = ({ touches: [a, b] }) => ({
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    gap: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  });
  const take = (event) => {
    event.stopPropagation();
    if (event.touches.length !== 2) return (last = null);
    event.preventDefault();
    const now = pair(event);
    if (last && event.type === "touchmove") {
      if (Math.abs(now.gap - last.gap) > 2) view.zoomBy(last.gap / now.gap);
      if (view.turn) view.turn((last.x - now.x) * 0.008, (now.y - last.y) * 0.008);
      else view.panBy(now.x - last.x, now.y - last.y);
    }
    last = now;
  };
  for (const name of ["touchstart", "touchmove", "touchend", "touchcancel"])
    stage.addEventListener(name, take, { capture: true, passive: false });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function key(event, view, instrument) {
  if (event.target !== view.card.stage || event.metaKey || event.ctrlKey || event.altKey) return;
  const acts = {
    Enter: () => instrument.pickAtCursor(),
    " ": () => instrument.pickAtCursor(),
    "+": () => view.zoomBy(0.8),
    "-": () => view.zoomBy(1.25),
    0: () => view.reset(),
    "[": () => view.turn?.(-0.2, 0),
    "]": () => view.turn?.(0.2, 0),
  };
  const act =
    event.key in ARROWS ? () => instrument.step(...ARROWS[event.key], event.shiftKey ? 10 : 1) : acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
