// A static host: files below a sub-path, with their media types, and nothing for what is not there.
//
// No index but that of the root, no fallback, no redirect, so that an address that works here works on any host. The
// sub-path holds that pages work below any path: what asks for "/assets/..." gets 404.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

export const BASE = "/below/any/path/";

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".jsonld": "application/ld+json",
  ".nt": "application/n-triples",
  ".png": "image/png",
  ".rq": "application/sparql-query",
  ".svg": "image/svg+xml",
  ".trig": "application/trig",
  ".tsv": "text/tab-separated-values; charset=utf-8",
  ".ttl": "text/turtle",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * A host that runs.
 * @typedef {object} Host
 * @property {string} root the address of the site, which ends in "/"
 * @property {(path: string) => string} at the address of a path below the root
 * @property {{path: string, body: Buffer}[]} sent what was sent, in order; tests may empty it
 * @property {string[]} missed paths that were asked for and are not there; tests may empty it
 * @property {() => Promise<void>} close end it
 */

/**
 * The file that a request asks for, or undefined where it leads out of the site.
 * @param {string} folder @param {string} path
 */
function fileOf(folder, path) {
  if (!path.startsWith(BASE)) return undefined;
  const inside = decodeURIComponent(path.slice(BASE.length)) || "index.html";
  const file = normalize(join(folder, inside));
  return file.startsWith(folder + sep) ? file : undefined;
}

/**
 * Serve a folder on a free port of 127.0.0.1.
 * @param {string} folder an absolute path
 * @returns {Promise<Host>}
 */
export async function serve(folder) {
  /** @type {Host["sent"]} */
  const sent = [];
  /** @type {string[]} */
  const missed = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    const file = fileOf(folder, path);
    try {
      if (file === undefined) throw new Error("not below the site");
      const body = await readFile(file);
      sent.push({ path: path.slice(BASE.length), body });
      response.writeHead(200, { "Content-Type": MEDIA_TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      missed.push(path);
      response.writeHead(404, { "Content-Type": "text/plain" }).end("not here\n");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const root = `http://127.0.0.1:${address.port}${BASE}`;
  return {
    root,
    at: (path) => new URL(path, root).href,
    sent,
    missed,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
