// Frames scenes: reads {modules, scenes: [{window, heights}], sizes} from standard input; writes
// for each scene, camera and size how far beyond the canvas its corners, tick labels and titles
// reach, and the share of the canvas that they fill.
import { readFileSync } from "node:fs";

const { modules, scenes, sizes } = JSON.parse(readFileSync(0, "utf8"));
const { axesOf, boxOf, extent, fitted, standing } = await import(`${modules}/framing.js`);
const { CAMERAS } = await import(`${modules}/cameras.js`);

const found = [];
for (const { window, heights } of scenes) {
  const box = boxOf(window);
  const axes = axesOf(window, standing(heights));
  for (const [name, camera] of Object.entries(CAMERAS)) {
    for (const [width, height] of sizes) {
      const { left, right, top, bottom } = extent(fitted(camera, box, axes, { width, height }), box, axes, {
        width,
        height,
      });
      found.push({
        name,
        width,
        beyond: Math.max(-left, right - width, -top, bottom - height),
        fills: Math.max((right - left) / width, (bottom - top) / height),
      });
    }
  }
}
process.stdout.write(JSON.stringify(found));
