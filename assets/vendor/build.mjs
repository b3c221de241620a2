// Makes the folders beside this file, or in the folder that is named: one module a package, its licence, and about.json.
//
//     npm ci && npm run build

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Of each package: what the app uses, and the file with its licence. */
const PACKAGES = {
  gifenc: { names: ["GIFEncoder", "applyPalette", "quantize"], licence: "LICENSE.md" },
  mediabunny: { names: ["BufferTarget", "CanvasSource", "Mp4OutputFormat", "Output", "WebMOutputFormat"], licence: "LICENSE" },
};

const into = process.argv[2] ?? HERE;
for (const [name, { names, licence }] of Object.entries(PACKAGES)) {
  const from = join(HERE, "node_modules", name), { version, license } = JSON.parse(readFileSync(join(from, "package.json")));
  mkdirSync(join(into, name), { recursive: true });
  const module = bundled(`export { ${names.join(", ")} } from "${name}";`);
  writeFileSync(join(into, name, `${name}.js`), module);
  copyFileSync(join(from, licence), join(into, name, "LICENSE"));
  const sha256 = createHash("sha256").update(module).digest("hex");
  writeFileSync(join(into, name, "about.json"), `${JSON.stringify({ name, version, license, names, sha256 }, null, 2)}\n`);
}

function bundled(contents) {
  const built = buildSync({ stdin: { contents, resolveDir: HERE }, bundle: true, format: "esm", minify: true, legalComments: "eof", target: "es2022", write: false });
  return built.outputFiles[0].contents;
}
