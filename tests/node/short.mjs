// Writes numbers as the panel does, for test_panel_modules.py to compare with Python:
// JSON [[value, digits], …] in, texts out.
import { readFileSync } from "node:fs";

const { short } = await import(new URL("../../assets/panel/scale.js", import.meta.url));
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(([value, digits]) => short(value, digits))));
