// Facts about the surface: what is seen under a pixel, from where, and as which solid.
import assert from "node:assert/strict";
import { test } from "node:test";

import { reaching } from "../../assets/panel/framing.js";
import { heightsOver, traces } from "../../assets/panel/overlays.js";
import { nearer, projector, turned, underPixel } from "../../assets/panel/projection.js";
import { levels, parted, thinned } from "../../assets/panel/relief.js";
import { stl } from "../../assets/panel/stl.js";

const close = (found, wanted) => wanted.forEach((x, k) => assert.ok(Math.abs(found[k] - x) < 1e-9, `${found}`));
const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** Looks along v: what has the larger v lies behind. */
const ALONG_V = { pixel: (x, y, z) => [100 * x, 100 * z, y] };

test("under a pixel is the frontmost of the surface's places there", () => {
  const ridge = { u: [0, 1], v: [0, 1, 2], f: Float64Array.of(0, 0, 1, 1, 0, 0) }; // up to v = 1 and down again
  const seen = underPixel(ALONG_V, ridge, [0, 1], 50, 25);
  close([seen.u, seen.v], [0.5, 0.25]);
  const behind = underPixel({ pixel: (x, y, z) => [100 * x, 100 * z, -y] }, ridge, [0, 1], 50, 25);
  close([behind.u, behind.v], [0.5, 1.75]);
});

test("beside the surface, and where its box cuts it off, there is nothing to pick", () => {
  const slope = { u: [0, 1], v: [0, 1], f: Float64Array.of(0, 0, 1, 1) };
  assert.equal(underPixel(ALONG_V, slope, [0, 1], 150, 50), null);
  assert.equal(underPixel(ALONG_V, slope, [0, 0.5], 50, 25), null);
});

test("a scene's own matrices put a point into its box; without a frame there are none", () => {
  const view = [...IDENTITY.slice(0, 12), 0.5, 0, 0, 1]; // half a screen to the right
  const container = { getBoundingClientRect: () => ({ width: 200, height: 100 }) };
  const cameraParams = { model: IDENTITY, view, projection: IDENTITY };
  const plot = {
    _fullLayout: { scene: { _scene: { glplot: { cameraParams }, dataScale: [0.5, 0.25, 1], container } } },
  };
  const to = projector(/** @type {any} */ (plot), [Number, Number, (z) => z / 10]);
  close(to.pixel(0, 0, 0), [150, 50, 0]);
  close(to.pixel(1, 4, 2), [200, 0, 0.2]);
  assert.equal(projector(/** @type {any} */ ({}), [Number, Number, Number]), null);
});

test("a camera that is turned or comes nearer still looks at the same point", () => {
  const camera = { eye: { x: 3, y: 0, z: 0 }, center: { x: 1, y: 0, z: 0 }, up: { x: 0, y: 0, z: 1 } };
  const { eye } = turned(camera, Math.PI / 2, 0);
  close([eye.x, eye.y, eye.z], [1, 2, 0]);
  const up = turned(camera, 0, 10).eye;
  close([Math.hypot(up.x - 1, up.y, up.z), Math.asin(up.z / 2)], [2, 1.5]);
  close([nearer(camera, 0.5).eye.x, nearer(camera, 2).eye.x], [2, 5]);
});

test("a thinned surface keeps its corners and the coordinates that its points have", () => {
  const fields = { nU: 5, nV: 3, f: Float64Array.from({ length: 15 }, (_, k) => k) };
  const { u, v, f, rows } = thinned(fields, [0, 4, 10, 12], 3);
  assert.deepEqual(
    [u, v],
    [
      [0, 2, 4],
      [10, 11, 12],
    ],
  );
  assert.deepEqual([...f], [0, 2, 4, 5, 7, 9, 10, 12, 14]);
  assert.deepEqual(
    rows(f).map((row) => [...row]),
    [
      [0, 2, 4],
      [5, 7, 9],
      [10, 12, 14],
    ],
  );
});

test("where there is a height but no colour, a bare surface closes the gap", () => {
  const height = Float64Array.of(0, 1, 2, 3, NaN, 5, 6, 7, 8);
  const colour = Float64Array.of(NaN, 0, 0, 0, NaN, 0, 0, 0, 0);
  const { coloured, bare } = parted(height, colour, 3);
  assert.deepEqual([...coloured], [NaN, 1, 2, 3, NaN, 5, 6, 7, 8]);
  assert.deepEqual([...bare], [0, 1, NaN, 3, NaN, NaN, NaN, NaN, NaN]);
  assert.equal(parted(height, height, 3).bare, null);
});

test("level lines stand at round heights within the box", () => {
  const { start, end, size } = levels([-0.95, 2.05], Number, "#000");
  close([start, end, size], [-0.8, 2.05, 0.2]);
});

test("a solid is closed, looks outwards everywhere, and has the volume below the graph", async () => {
  const side = [0, 1, 2, 3];
  const f = side.flatMap((i) => side.map((j) => (i === 0 && j === 0 ? NaN : (i * j) % 3)));
  const view = new DataView(await stl({ u: side, v: side, f }, [0, 2], 1, "x").arrayBuffer());
  const at = (k, corner) => [0, 4, 8].map((c) => view.getFloat32(84 + 50 * k + 12 * corner + c, true));
  const edges = new Map();
  let volume = 0;
  for (let k = 0; k < view.getUint32(80, true); k++) {
    const [n, a, b, c] = [0, 1, 2, 3].map((corner) => at(k, corner));
    const [p, q] = [b, c].map((point) => point.map((x, m) => x - a[m]));
    const cross = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
    const size = Math.hypot(...cross);
    n.forEach((x, m) => assert.ok(Math.abs(x - cross[m] / size) < 1e-5));
    volume += a.reduce((sum, x, m) => sum + x * cross[m], 0) / 6;
    for (const [s, t] of [
      [a, b],
      [b, c],
      [c, a],
    ])
      edges.set(`${s}|${t}`, (edges.get(`${s}|${t}`) ?? 0) + 1);
  }
  for (const [edge, count] of edges) assert.equal(edges.get(edge.split("|").reverse().join("|")), count, edge);
  const mean = (corners) => corners.reduce((sum, [i, j]) => sum + 4 + 25 * f[4 * i + j], 0) / 3;
  let wanted = 0;
  for (const i of [0, 1, 2]) {
    for (const j of [0, 1, 2]) {
      if (i + j === 0) continue;
      wanted +=
        mean([
          [i, j],
          [i, j + 1],
          [i + 1, j + 1],
        ]) +
        mean([
          [i, j],
          [i + 1, j + 1],
          [i + 1, j],
        ]);
    }
  }
  assert.ok(Math.abs(volume / ((wanted * (100 / 3) ** 2) / 2) - 1) < 1e-5);
});

test("a surface that is dragged stays in its box, and the box where it was", () => {
  const plane = Float64Array.from({ length: 101 }, (_, k) => k / 10);
  assert.deepEqual(reaching(plane, [0, 1]), [0, 10]);
  assert.deepEqual(reaching(plane, [-5, 20]), [-5, 20]);
  assert.deepEqual(
    reaching(
      plane.map((x) => x + 100),
      [0, 10],
    ),
    [0, 110],
  );
});

test("a few values that tower over a dragged surface do not flatten it, and gaps have no height", () => {
  const towering = Float64Array.from({ length: 201 }, (_, k) => (k === 7 ? 1e6 : k / 20));
  const [low, high] = reaching(towering, [0, 1]);
  assert.equal(low, 0);
  assert.ok(high > 20 && high < 40, `${high}`);
  assert.deepEqual(reaching(Float64Array.of(NaN, 2, NaN, 3, Infinity), [0, 1]), [0, 3]);
  assert.deepEqual(reaching(Float64Array.of(NaN, NaN), [0, 1]), [0, 1]);
});

test("a line with heights of its own leaves the surface, others lie a little above it", () => {
  const heights = heightsOver({ f: Float64Array.of(0, 0, 0, 0), nU: 2, nV: 2 }, [0, 1, 0, 1], [0, 10]);
  const points = { values: Float64Array.of(0, 0, 1, 1) };
  const overlays = [
    { kind: "line", look: "tangent", name: "tangent", points, heights: Float64Array.of(3, 4) },
    { kind: "line", look: "geodesic", name: "geodesic", points },
  ];
  const drawn = traces(overlays, {}, { accent: "#aa0000", way: "#00aa00" }, heights, {});
  assert.deepEqual(drawn[0].z, [3, 4]);
  assert.ok(drawn[1].z.every((z) => z > 0 && z < 0.5));
});
