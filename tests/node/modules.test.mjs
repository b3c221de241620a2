// Facts about the modules themselves.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { areaOf, isDrawn, isInSpace } from "../../assets/panel/plotly_private.js";

const FOLDER = new URL("../../assets/panel/", import.meta.url);
const PRIVATE = "plotly_private.js";
const { names } = JSON.parse(await readFile(new URL("plotly_private.json", import.meta.url), "utf8"));
const sources = new Map();
for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith(".js"))) {
  sources.set(name, await readFile(new URL(name, FOLDER), "utf8"));
}

/** The modules that one imports, and those that they import. */
function imported(name, found = new Set()) {
  for (const [, other] of sources.get(name).matchAll(/ from "\.\/([\w.]+)"/g)) {
    if (!found.has(other)) imported(other, found.add(other));
  }
  return found;
}

test("Plotly's private names stand in one module, and Streamlit's in another", () => {
  for (const [name, source] of sources) {
    const used = names.filter((word) => new RegExp(`\\b${word}\\b`).test(source));
    assert.deepEqual(used, name === PRIVATE ? names : [], name);
    assert.equal(source.includes("_stcore"), name === "library.js", name);
  }
});

test("the list of private names holds all that begin with an underscore", () => {
  const found = sources.get(PRIVATE).match(/\b_\w+/g);
  assert.deepEqual(
    [...new Set(found)].filter((name) => !names.includes(name)),
    [],
  );
});

test("nothing is drawn in an element that Plotly has not seen", () => {
  assert.deepEqual([isDrawn({}), isInSpace({}), areaOf({})], [false, false, null]);
});

test("the file that is taken home has every module that it runs", () => {
  const [, list] = sources.get("page.js").match(/const MODULES = \[(.*?)\]/s);
  const held = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => `${name}.js`);
  assert.deepEqual(held.sort(), [...imported("offline.js")].sort());
});
