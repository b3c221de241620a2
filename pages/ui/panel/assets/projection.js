// Between the screen and a Plotly scene: its camera's own matrices, a few microseconds a point.

/** Turns data coordinates into pixels of the scene's box and a depth; null before the first frame. */
export function projector(plot) {
  const scene = plot._fullLayout?.scene?._scene, camera = scene?.glplot?.cameraParams;
  if (!camera) return null;
  const { model, view, projection } = camera, scale = scene.dataScale;
  const matrix = multiply(projection, multiply(view, model));
  const box = scene.container.getBoundingClientRect();
  return {
    box,
    /** @returns {[number, number, number]} */
    pixel(x, y, z) {
      const a = x * scale[0], b = y * scale[1], c = z * scale[2], m = matrix;
      const w = m[3] * a + m[7] * b + m[11] * c + m[15];
      const across = (m[0] * a + m[4] * b + m[8] * c + m[12]) / w, up = (m[1] * a + m[5] * b + m[9] * c + m[13]) / w;
      return [((across + 1) / 2) * box.width, ((1 - up) / 2) * box.height, (m[2] * a + m[6] * b + m[10] * c + m[14]) / w];
    },
  };
}

/** a · b of 4 × 4 matrices, column after column. */
function multiply(a, b) {
  const found = new Float64Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) found[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return found;
}

/** The camera's eye turned about the vertical and raised, by angles; it keeps its distance. */
export function turned(camera, around, up) {
  const { eye, center } = camera;
  const x = eye.x - center.x, y = eye.y - center.y, z = eye.z - center.z;
  const distance = Math.hypot(x, y, z), angle = Math.atan2(y, x) + around;
  const height = Math.max(-1.5, Math.min(1.5, Math.asin(z / distance) + up)), flat = distance * Math.cos(height);
  const moved = { x: center.x + flat * Math.cos(angle), y: center.y + flat * Math.sin(angle), z: center.z + distance * Math.sin(height) };
  return { ...camera, eye: moved, up: { x: 0, y: 0, z: 1 } };
}

/** The camera nearer by a factor below 1, farther by one above. */
export function nearer(camera, factor) {
  const { eye, center } = camera;
  const along = (name) => center[name] + (eye[name] - center[name]) * factor;
  return { ...camera, eye: { x: along("x"), y: along("y"), z: along("z") } };
}
