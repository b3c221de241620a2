// The surface as Plotly traces: the landscape of some fields and values, with a measure as its
// colours. It belongs to no view and changes nothing.

import { between } from "./field.js";
import { ontoBorder } from "./mesh.js";
import { heightsOver, traces, zeroOf } from "./overlays.js";
import { levels, parted, thinned } from "./relief.js";
import { onRulers, rulersOf } from "./rulers.js";
import { colorscale, positions, stopsOf } from "./scale.js";
import { zeroField } from "./zero.js";

/**
 * Bright where no light falls too: the underside is not to be taken for the grey of what is
 * undefined.
 */
const LIGHTING = { ambient: 0.88, diffuse: 0.3, specular: 0.05, roughness: 0.9, fresnel: 0.05 };
const LIGHT = { x: -2000, y: -1000, z: 6000 };

export class Skin {
  /**
   * Computes the fields on as many points as the surface has vertices, where the browser has the
   * function; else takes those it is given.
   * @param {{header: any, evaluator?: import("./field.js").Evaluator, sliders: object, point?: any,
   * overlays: object[]}} landscape
   * @param {{fields: any, colour: string, heights: [number, number], side: number}} wish
   */
  constructor({ header, evaluator, sliders, point, overlays }, { fields, colour, heights, side }) {
    this.header = header;
    this.evaluator = evaluator;
    this.sliders = sliders;
    this.point = point;
    this.colour = colour;
    this.heights = heights;
    this.zero = zeroOf(colour, overlays);
    this.values = { ...header.defaults, ...sliders };
    this.fields = evaluator ? evaluator.fields(header.window, side, side, this.values) : fields;
    this.thin = thinned(this.fields, header.window, side);
    this.rulers = rulersOf(header.window, heights);
  }

  /** Whether there is no surface at all. */
  get isEmpty() {
    return !this.thin.f.some(Number.isFinite);
  }

  /** Heights between the points of the grid, cut off where the box ends. */
  heightOf(u, v) {
    const { f, nU, nV } = this.fields;
    const [low, high] = this.heights;
    return Math.min(high, Math.max(low, between(f, nU, nV, this.header.window, u, v)));
  }

  /** The surface and what lies over it, at their places in the scene. */
  traces(overlays) {
    return [...(this.isEmpty ? [this.nothing()] : this.surfaces()), ...this.marks(overlays)].map((trace) =>
      onRulers(trace, this.rulers),
    );
  }

  /** The surface, and where it lacks a colour a bare one. */
  surfaces() {
    const { header, thin } = this;
    const { palette } = header;
    const measure = header.measures[this.colour];
    const { x, y, height, where } = this.vertices(measure);
    const { coloured, bare } = parted(height, where, thin.u.length);
    const surface = {
      type: "surface",
      x: thin.rows(x),
      y: thin.rows(y),
      z: thin.rows(coloured),
      surfacecolor: thin.rows(where),
      cmin: 0,
      cmax: 1,
      colorscale: colorscale(stopsOf(measure, palette)),
      showscale: false,
      hoverinfo: "skip",
      connectgaps: false,
      contours: {
        z: levels(this.heights, this.rulers[2], palette.level),
        x: { highlight: false },
        y: { highlight: false },
      },
      lighting: LIGHTING,
      lightposition: LIGHT,
    };
    const gap = bare
      ? [
          {
            ...surface,
            z: thin.rows(bare),
            surfacecolor: thin.rows(bare.map(() => 0)),
            colorscale: colorscale([palette.gap, palette.gap]),
          },
        ]
      : [];
    return [surface, ...gap];
  }

  /**
   * A point that is not seen: Plotly makes no scene without a trace, and no surface without a
   * height.
   */
  nothing() {
    const [u, , v] = this.header.window;
    const [low] = this.heights;
    return {
      type: "scatter3d",
      x: [u],
      y: [v],
      z: [low],
      mode: "markers",
      marker: { opacity: 0 },
      hoverinfo: "skip",
      showlegend: false,
    };
  }

  /**
   * The place, height and colour of each vertex; those on the border of the colours have that of
   * zero.
   */
  vertices(measure) {
    const { at } = this.thin;
    const height = at(this.fields.f);
    const where = positions(at(this.fields[this.colour]), measure);
    const { x, y, moved } = ontoBorder(this.thin, this.zero ? at(zeroField(this.fields, this.colour)) : []);
    const [neutral] = positions([measure.zero], measure);
    for (const k of moved) [height[k], where[k]] = [this.exactHeight(x[k], y[k]), neutral];
    return { x, y, height, where };
  }

  exactHeight(u, v) {
    const { f, nU, nV } = this.fields;
    return this.evaluator ? this.evaluator.at(u, v, this.values).f : between(f, nU, nV, this.header.window, u, v);
  }

  marks(overlays) {
    const { header, point } = this;
    const chosen = point
      ? [
          {
            name: "the chosen point",
            kind: "points",
            look: "point",
            points: { values: Float64Array.of(point.u, point.v) },
          },
        ]
      : [];
    const marks = traces(
      [...overlays, ...chosen],
      this.sliders,
      header.palette,
      heightsOver(this.fields, header.window, this.heights),
      header.measures.S,
    );
    if (point) Object.assign(marks.at(-1).marker, { color: header.palette.accent, size: 6 });
    return marks;
  }
}
