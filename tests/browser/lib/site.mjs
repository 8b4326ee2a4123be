// The site under test: where it lies, and its pages sorted by kind, as its own data says.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Parser, Store } from "n3";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RR = "https://w3id.org/ruiran/ontology#";
export const BASE_IRI = "https://w3id.org/ruiran/";

/** The folder that `ruiran-ld site` wrote the hosted files to. */
export const SITE = resolve(process.env["SITE"] ?? fileURLToPath(new URL("../../../build/hosted/site", import.meta.url)));

/** All published triples with what follows from them, read by a parser that is none of ours. */
export const graph = new Store(new Parser().parse(readFileSync(join(SITE, "ruiran-entailed.ttl"), "utf8")));

// The first that fits is the kind; entailment gives a thing the classes above its own.
const CLASSES = {
  tombstone: "Tombstone",
  claim: "Claim",
  "identity link": "IdentityLink",
  "identity search": "IdentitySearch",
  statement: "Statement",
  document: "Document",
  event: "Event",
  person: "Person",
  organisation: "Organisation",
  state: "State",
  weapon: "WeaponSystem",
  place: "Place",
  agreement: "Agreement",
  office: "Office",
  entity: "Entity",
  value: "Value",
};
const FOLDERS = { concept: /^concept\//, query: /^query\//, version: /^[a-z]+\// };

/** The paths of all pages below the site's root, sorted. */
export const pages = readdirSync(SITE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".html"))
  .sort();

/** The IRI that a page is about. @param {string} path */
export function iriOf(path) {
  return BASE_IRI + path.replace(/\.html$/, "");
}

/** The path of the page of an IRI. @param {string} iri */
export function pageOf(iri) {
  assert(iri.startsWith(BASE_IRI), iri);
  return `${iri.slice(BASE_IRI.length)}.html`;
}

/** Whether a thing is of a class of our ontology. @param {string} iri @param {string} name the class's local name */
export function isA(iri, name) {
  return graph.countQuads(iri, `${RDF}type`, RR + name, null) > 0;
}

/** The kind of a page: a class, a folder, or for one in the root its own name. @param {string} path */
function kindOf(path) {
  for (const [kind, name] of Object.entries(CLASSES)) if (isA(iriOf(path), name)) return kind;
  for (const [kind, pattern] of Object.entries(FOLDERS)) if (pattern.test(path)) return kind;
  return path.replace(/\.html$/, "");
}

/**
 * The pages of each kind, the largest first.
 * @type {ReadonlyMap<string, string[]>}
 */
export const kinds = (() => {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const path of pages) found.set(kindOf(path), [...(found.get(kindOf(path)) ?? []), path]);
  const size = (/** @type {string} */ path) => statSync(join(SITE, path)).size;
  for (const paths of found.values()) paths.sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1));
  return found;
})();

/** The largest and the smallest page of each kind, with the kind: what has most to show, and what has nearly nothing. */
export const examples = [...kinds].flatMap(([kind, paths]) =>
  [...new Set([paths[0], paths[paths.length - 1]])].map((path) => ({ kind, path: /** @type {string} */ (path) })),
);

/** The largest page of a kind. @param {string} kind @returns {string} */
export function largest(kind) {
  const path = kinds.get(kind)?.[0];
  assert(path !== undefined, `no page is of the kind ${kind}`);
  return path;
}
