// Between the screen and a Plotly scene: its camera's own matrices, a few microseconds a point.

import { lensOf } from "./plotly_private.js";

/**
 * Turns numbers on rulers into pixels of the scene's box and a depth; null before the first frame.
 * @param {HTMLElement} plot
 * @param {((x: number) => number)[]} rulers
 */
export function projector(plot, [ofX, ofY, ofZ]) {
  const lens = lensOf(plot);
  if (!lens) return null;
  const { model, view, projection, scale, element } = lens;
  const matrix = multiply(projection, multiply(view, model));
  const box = element.getBoundingClientRect();
  return {
    box,
    /** @returns {[number, number, number]} */
    pixel(x, y, z) {
      const a = ofX(x) * scale[0];
      const b = ofY(y) * scale[1];
      const c = ofZ(z) * scale[2];
      const m = matrix;
      const w = m[3] * a + m[7] * b + m[11] * c + m[15];
      const across = (m[0] * a + m[4] * b + m[8] * c + m[12]) / w;
      const up = (m[1] * a + m[5] * b + m[9] * c + m[13]) / w;
      return [
        ((across + 1) / 2) * box.width,
        ((1 - up) / 2) * box.height,
        (m[2] * a + m[6] * b + m[10] * c + m[14]) / w,
      ];
    },
  };
}

/**
 * The point of the plane over which the surface is seen at a pixel: the frontmost of its triangles
 * there, or null beside the surface.
 * @param {{pixel: (x: number, y: number, z: number) => number[]}} to a projector
 * @param {{u: number[], v: number[], f: ArrayLike<number>}} surface row by row
 * @param {number[]} heights between which there is a surface
 * @param {number} x @param {number} y the pixel
 */
export function underPixel(to, { u, v, f }, [low, high], x, y) {
  const n = u.length;
  const across = new Float64Array(f.length);
  const down = new Float64Array(f.length);
  const depth = new Float64Array(f.length);
  for (let k = 0; k < f.length; k++) {
    const z = f[k] >= low && f[k] <= high ? f[k] : NaN;
    [across[k], down[k], depth[k]] = to.pixel(u[k % n], v[Math.floor(k / n)], z);
  }
  let front = Infinity;
  let found = null;
  const corner = (k) => [u[k % n], v[Math.floor(k / n)]];
  const triangle = (a, b, c) => {
    const bx = across[b] - across[a];
    const by = down[b] - down[a];
    const cx = across[c] - across[a];
    const cy = down[c] - down[a];
    const area = bx * cy - by * cx;
    const px = x - across[a];
    const py = y - down[a];
    const s = (px * cy - py * cx) / area;
    const t = (bx * py - by * px) / area;
    if (!(s >= 0 && t >= 0 && s + t <= 1)) return;
    const near = (1 - s - t) * depth[a] + s * depth[b] + t * depth[c];
    if (near >= front) return;
    front = near;
    const [p, q, r] = [a, b, c].map(corner);
    found = { u: (1 - s - t) * p[0] + s * q[0] + t * r[0], v: (1 - s - t) * p[1] + s * q[1] + t * r[1] };
  };
  for (let k = 0; k + n < f.length; k++) {
    if (k % n === n - 1) continue;
    triangle(k, k + 1, k + n + 1);
    triangle(k, k + n + 1, k + n);
  }
  return found;
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
  const x = eye.x - center.x;
  const y = eye.y - center.y;
  const z = eye.z - center.z;
  const distance = Math.hypot(x, y, z);
  const angle = Math.atan2(y, x) + around;
  const height = Math.max(-1.5, Math.min(1.5, Math.asin(z / distance) + up));
  const flat = distance * Math.cos(height);
  const moved = {
    x: center.x + flat * Math.cos(angle),
    y: center.y + flat * Math.sin(angle),
    z: center.z + distance * Math.sin(height),
  };
  return { ...camera, eye: moved, up: { x: 0, y: 0, z: 1 } };
}

/** The camera nearer by a factor below 1, farther by one above. */
export function nearer(camera, factor) {
  const { eye, center } = camera;
  const along = (name) => center[name] + (eye[name] - center[name]) * factor;
  return { ...camera, eye: { x: along("x"), y: along("y"), z: along("z") } };
}
