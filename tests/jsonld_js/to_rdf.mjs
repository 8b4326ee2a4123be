// Reads a JSON-LD document with jsonld.js and writes its N-Quads. Contexts are read from the document's folder: a context
// that lies elsewhere is an error, because the dataset has to be readable without a network.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import jsonld from "jsonld";

const path = resolve(process.argv[2]);
const folder = dirname(path);

async function documentLoader(url) {
  const name = new URL(url).pathname.split("/").pop();
  const local = url.startsWith("file:") ? fileURLToPath(url) : resolve(folder, name);
  return { contextUrl: null, documentUrl: url, document: JSON.parse(await readFile(local, "utf8")) };
}

const document = JSON.parse(await readFile(path, "utf8"));
const quads = await jsonld.toRDF(document, {
  base: pathToFileURL(path).href,
  documentLoader,
  format: "application/n-quads",
  safe: true,
});
process.stdout.write(quads);
