// What the panel needs of a drawn plot and Plotly does not offer: all of Plotly's private names,
// and no other module has one.

const sceneOf = (plot) => plot._fullLayout?.scene?._scene;

/** Whether Plotly has drawn into an element. */
export const isDrawn = (plot) => Boolean(plot._fullLayout);

/** Whether what it has drawn there is in space. */
export const isInSpace = (plot) => Boolean(plot._fullLayout?.scene);

/** Whether what it has drawn is as large as its place; a new size would be no new one. */
export const fillsPlace = (plot) =>
  plot._fullLayout?.width === plot.clientWidth && plot._fullLayout?.height === plot.clientHeight;

/**
 * The area between the axes of a drawn map: its place in the element, the ranges shown, and the
 * ways between numbers and pixels in it.
 */
export function areaOf(plot) {
  if (!isDrawn(plot)) return null;
  const { xaxis, yaxis } = plot._fullLayout;
  return {
    box: { left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length },
    ranges: [[...xaxis.range], [...yaxis.range]],
    x: (u) => xaxis.d2p(u),
    y: (v) => yaxis.d2p(v),
    u: (x) => xaxis.p2d(x),
    v: (y) => yaxis.p2d(y),
  };
}

/** The camera of a scene as a hand has turned it, or undefined. */
export const cameraOf = (plot) => sceneOf(plot)?.getCamera();

/**
 * The matrices of a scene's camera, the scale that its numbers get before, and its element; null
 * before the first frame.
 */
export function lensOf(plot) {
  const scene = sceneOf(plot);
  const camera = scene?.glplot?.cameraParams;
  return camera
    ? {
        model: camera.model,
        view: camera.view,
        projection: camera.projection,
        scale: scene.dataScale,
        element: scene.container,
      }
    : null;
}

/** Lets a lost WebGL context be: Plotly would wait for the same one. */
export function leaveLost(plot) {
  sceneOf(plot).glplot.oncontextloss = null;
}

/**
 * Ends a scene's own loop of frames: from now on it is drawn when `redrawn` says so, once, and not
 * again for picking.
 */
export async function still(plot) {
  const { glplot } = sceneOf(plot);
  glplot._stopped = true;
  await Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise((done) => setTimeout(done, 500)),
  ]);
  glplot._stopped = false; // else it takes no new traces
}

/** The canvas of a scene that is drawn now; the picture is gone from it once this task ends. */
export function redrawn(plot) {
  const { glplot } = sceneOf(plot);
  glplot.redraw();
  return glplot.canvas;
}
