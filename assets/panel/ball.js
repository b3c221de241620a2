// A geodesic ball at any radius up to the largest, from the points at some radii along its rays.

const THREADS = 32;
const CIRCLES = [0.25, 0.5, 0.75];
const RINGS = 8;

export class Ball {
  /**
   * @param {{points: {shape: number[], values: ArrayLike<number>}, values?: ArrayLike<number>,
   * radii: number[]}} overlay
   * a fan: `radii` ascending, `points` (rays, radii, 2), `values` where each ray is cut, negative
   * where it ends with f
   * @param {number} radius
   */
  constructor({ points: { shape, values }, values: stops, radii }, radius) {
    this.rays = shape[0];
    this.n = shape[1];
    this.points = values;
    this.stops = stops;
    this.radii = radii;
    this.radius = radius;
  }

  /** How far a ray is the shortest way. */
  stop(ray) {
    return this.stops ? Math.abs(this.stops[ray]) : Infinity;
  }

  isCut(ray, radius = this.radius) {
    return this.stop(ray) < radius;
  }

  /** The point of a ray at a length, or where the ray is cut before; linear between the radii. */
  at(ray, length) {
    const { radii, n, points } = this;
    const stop = this.stop(ray);
    const s = Math.min(length, stop);
    let k = radii.findIndex((r) => r >= s);
    if (k < 0) k = n - 1;
    const first = Math.max(0, k - 1);
    const low = radii[first];
    const high = Math.min(radii[k], stop);
    const share = high > low ? Math.min(1, Math.max(0, (s - low) / (high - low))) : 1;
    return [0, 1].map((c) => (1 - share) * points[2 * (ray * n + first) + c] + share * points[2 * (ray * n + k) + c]);
  }

  /** The closed curve around the ball, along the cut locus too. */
  get edge() {
    return Array.from({ length: this.rays + 1 }, (_, k) => this.at(k % this.rays, this.radius)).flat();
  }

  /** The part of the edge at the full radius. */
  get rim() {
    return this.arcs((a, b) => !this.isCut(a) || !this.isCut(b));
  }

  /**
   * The part of the edge where rays are cut: those of neighbours are joined where they lie close
   * together.
   */
  get cut() {
    /** @param {number[]} a @param {number[]} b */
    const near = ([x, y], [z, w]) => Math.hypot(x - z, y - w) < 0.1 * this.radius;
    const locus = (ray) => this.isCut(ray) && this.stops[ray] > 0;
    return this.arcs((a, b) => locus(a) && locus(b) && near(this.at(a, this.radius), this.at(b, this.radius)));
  }

  /** Some rays, and the circles at some shares of the radius. */
  get threads() {
    const found = [];
    const every = Math.max(1, Math.round(this.rays / THREADS));
    for (let ray = 0; ray < this.rays; ray += every) {
      const end = Math.min(this.radius, this.stop(ray));
      for (const r of [...this.radii.filter((x) => x < end), end]) found.push(...this.at(ray, r));
      found.push(NaN, NaN);
    }
    for (const share of CIRCLES)
      found.push(
        ...this.arcs(
          (a, b) => !this.isCut(a, share * this.radius) && !this.isCut(b, share * this.radius),
          share * this.radius,
        ),
      );
    return found;
  }

  /**
   * Pieces of the circle at a radius between neighbouring rays that are wanted, with NaN between.
   */
  arcs(wanted, radius = this.radius) {
    const found = [];
    for (let ray = 0; ray < this.rays; ray++) {
      const next = (ray + 1) % this.rays;
      if (wanted(ray, next))
        found.push(...(Number.isNaN(found.at(-1) ?? NaN) ? this.at(ray, radius) : []), ...this.at(next, radius));
      else if (found.length && !Number.isNaN(found.at(-1))) found.push(NaN, NaN);
    }
    return found;
  }

  /**
   * The ball as triangles over the heights; those that reach where there is no height are left out.
   */
  mesh(heights) {
    const x = [];
    const y = [];
    const z = [];
    const corners = { i: [], j: [], k: [] };
    const { rays } = this;
    for (let ring = 0; ring <= RINGS; ring++) {
      for (let ray = 0; ray < rays; ray++) {
        const [u, v] = this.at(ray, (Math.min(this.radius, this.stop(ray)) * ring) / RINGS);
        x.push(u);
        y.push(v);
        z.push(heights(u, v));
      }
    }
    const triangle = (...three) =>
      three.every((at) => Number.isFinite(z[at])) && three.forEach((at, n) => corners["ijk"[n]].push(at));
    for (let ring = 0; ring < RINGS; ring++) {
      for (let ray = 0; ray < rays; ray++) {
        const a = ring * rays + ray;
        const b = ring * rays + ((ray + 1) % rays);
        triangle(a, a + rays, b + rays);
        triangle(a, b + rays, b);
      }
    }
    return { x, y, z: z.map((h) => (Number.isFinite(h) ? h : 0)), ...corners };
  }
}
