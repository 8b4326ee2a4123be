// Bundles the scripts of the site into src/ruiran_ld/site/built/, which the wheel carries and `ruiran-ld site` copies.
//
// Every file src/<name>.ts and every folder src/<name>/index.ts is an entry, <name>.js; src/<name>/worker.ts is the
// worker of that entry, <name>-worker.js. The same sources and locks give the same bytes: no source map, no clock, no path.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { DATA, MADE_OF, world } from "./world.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, "src");
const BUILT = join(HERE, "..", "src", "ruiran_ld", "site", "built");
const OUR_LICENCE = join(HERE, "..", "LICENSE");
// Copied as they are, beside the package that brings them.
const COPIED = [{ from: "node_modules/oxigraph/web_bg.wasm", to: "oxigraph_bg.wasm" }];
const TARGET = ["chrome120", "edge120", "firefox121", "safari17.2"];

/** The entries and workers that exist, as esbuild takes them: name of the output without ".js" -> path. */
async function entryPoints() {
  /** @type {Record<string, string>} */
  const found = {};
  const entries = await readdir(SOURCES, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts")) {
      found[basename(entry.name, ".ts")] = join(SOURCES, entry.name);
    }
    if (!entry.isDirectory()) continue;
    for (const [file, name] of [["index.ts", entry.name], ["editor.ts", `${entry.name}-editor`], ["worker.ts", `${entry.name}-worker`]]) {
      const path = join(SOURCES, entry.name, /** @type {string} */ (file));
      if (existsSync(path)) found[/** @type {string} */ (name)] = path;
    }
  }
  return found;
}

/** The folder of the package that a path lies in, or undefined where it is ours. @param {string} path */
function packageFolder(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** Name, version and licence of a package, and the text of its licence. @param {string} folder */
async function licence(folder) {
  const about = JSON.parse(await readFile(join(HERE, folder, "package.json"), "utf8"));
  const files = (await readdir(join(HERE, folder))).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(HERE, folder, name), "utf8")));
  if (texts.length === 0) {
    // Some packages only name their licence. Apache-2.0 is ours too, so that its text is at hand.
    if (!/\bApache-2\.0\b/.test(about.license ?? "")) throw new Error(`${folder} has no licence file: it may not be bundled`);
    texts.push(await readFile(OUR_LICENCE, "utf8"));
  }
  const from = typeof about.repository === "string" ? about.repository : (about.repository?.url ?? "");
  const head = [`${about.name} ${about.version}`, `Licence: ${about.license}`, ...(from ? [`Source: ${from}`] : [])];
  return `${head.join("\n")}\n\n${texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n")}\n`;
}

/** The licences of all packages that the bundles have something of. @param {string[]} inputs */
async function licences(inputs) {
  const folders = new Set([...inputs, ...COPIED.map((copy) => copy.from)].map(packageFolder));
  const named = [...folders].filter((folder) => folder !== undefined).sort();
  const texts = await Promise.all(named.map(licence));
  return `What is beside this file has parts of the packages below.\n${DATA}\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** The paths of what esbuild put at least one byte of into an output. @param {import("esbuild").Metafile} metafile */
function bundledPaths(metafile) {
  const used = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return used.filter(([, share]) => share.bytesInOutput > 0).map(([path]) => path);
}

const result = await build({
  absWorkingDir: HERE,
  entryPoints: await entryPoints(),
  outdir: BUILT,
  bundle: true,
  minify: true,
  format: "esm",
  target: TARGET,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});
const text = await licences([...bundledPaths(result.metafile), ...MADE_OF]);
const map = await world();

// Only what was built whole takes the place of what was there.
await rm(BUILT, { recursive: true, force: true });
await mkdir(BUILT, { recursive: true });
for (const file of result.outputFiles) await writeFile(file.path, file.contents);
for (const copy of COPIED) await copyFile(join(HERE, copy.from), join(BUILT, copy.to));
await writeFile(join(BUILT, "world.json"), map);
await writeFile(join(BUILT, "licences.txt"), text);
for (const file of result.outputFiles) console.log(`${relative(BUILT, file.path)} ${file.contents.length} bytes`);
