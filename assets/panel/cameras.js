// Where the camera presets look from.

const CENTER = { x: 0, y: 0, z: 0 };
const UP = { x: 0, y: 0, z: 1 };

/**
 * Of each only the direction counts; how far away the camera stands follows from what there is to
 * see.
 */
export const CAMERAS = {
  Oblique: { eye: { x: -1.25, y: -1.6, z: 1.25 }, center: CENTER, up: UP },
  Top: { eye: { x: 0, y: -0.001, z: 2.3 }, center: CENTER, up: { x: 0, y: 1, z: 0 } },
  "Along u": { eye: { x: -2.2, y: 0, z: 0.62 }, center: CENTER, up: UP },
  "Along v": { eye: { x: 0, y: -2.2, z: 0.62 }, center: CENTER, up: UP },
};
