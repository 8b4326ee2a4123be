// Queries run in the browser over the dump: the answer is the one that the catalogue has, a changed query is answered, what is
// wrong is said, an endless one can be stopped, answers can be saved, and a link carries a query.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Parser, Store } from "n3";
import { hosted } from "./lib/running.mjs";
import { graph, SITE } from "./lib/site.mjs";

const { open } = hosted(SITE);
const RR = "https://w3id.org/ruiran/ontology#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const QUERY = "weapon-names";
const COUNT = `PREFIX rr: <${RR}>\nSELECT (COUNT(?claim) AS ?claims) WHERE { ?claim a rr:Claim }`;
// The product of all triples with themselves, three times over.
const ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a > ?i) }";
const FIRST_LOAD = { timeout: 60_000 };

/** The classes and names of all weapons, of which the workbench is asked to make a graph. */
const NAMED_WEAPONS = new Store(
  graph.getSubjects(`${RDF}type`, `${RR}WeaponSystem`, null).flatMap((weapon) => {
    const names = graph.getQuads(weapon, LABEL, null, null);
    return names.length ? [...graph.getQuads(weapon, `${RDF}type`, `${RR}WeaponSystem`, null), ...names] : [];
  }),
);

/** @typedef {import("playwright-core").Page} Page */

/** Put another query into the editor. @param {Page} page @param {string} query */
async function change(page, query) {
  const button = page.getByRole("button", { name: "Change" });
  if (await button.isVisible()) await button.click();
  const editor = page.getByRole("textbox", { name: "SPARQL query" });
  await editor.waitFor();
  await editor.press("ControlOrMeta+a");
  await page.keyboard.insertText(query);
}

/** Run what stands there and wait for the answer. @param {Page} page */
async function run(page) {
  await page.getByRole("button", { name: "Run" }).click();
  await page.locator(".workbench-state", { hasText: /, in / }).waitFor(FIRST_LOAD);
}

/** The answer that the catalogue has, as the site serves it. @param {string} name */
async function catalogued(name) {
  return terms(await readFile(join(SITE, "queries", `${name}.tsv`), "utf8"));
}

/** The header and the terms of an answer: one writer shortens numbers, the other gives their datatype. @param {string} tsv */
function terms(tsv) {
  const [header = "", ...lines] = tsv.replace(/\n$/, "").split("\n");
  const termOf = (/** @type {string} */ cell) => cell && new Parser().parse(`<urn:s> <urn:p> ${cell} .`)[0]?.object.id;
  return [header.split("\t"), ...lines.map((line) => line.split("\t").map(termOf))];
}

/** The values of the answer's table. @param {Page} page @returns {Promise<string[][]>} */
function rows(page) {
  return page.locator(".workbench-results tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
}

// Names in several scripts and empty cells; numbers, and hundreds of rows.
for (const name of [QUERY, "table-claims"]) {
  test(`${name} is answered in the browser as the catalogue says, cell by cell`, async () => {
    await open(`query/${name}.html`, async (page) => {
      await run(page);
      assert.deepEqual(terms(await saved(page, "TSV")), await catalogued(name));
    });
  });
}

test("a query of the catalogue is changed and answered, and put back", async () => {
  await open(`query/${QUERY}.html`, async (page) => {
    await change(page, COUNT);
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.locator(".workbench-state", { hasText: "1 row" }).waitFor(FIRST_LOAD);
    assert.deepEqual(await rows(page), [[String(graph.countQuads(null, `${RDF}type`, `${RR}Claim`, null))]]);
    await page.getByRole("button", { name: "Reset" }).click();
    await run(page);
    assert.equal((await rows(page)).length, (await catalogued(QUERY)).length - 1);
    assert.deepEqual(terms(await saved(page, "TSV")), await catalogued(QUERY));
  });
});

test("terms are completed", async () => {
  await open("workbench.html", async (page) => {
    await change(page, `PREFIX rr: <${RR}>\nSELECT ?x WHERE { ?x a `);
    await page.keyboard.type("rr:Ballis");
    const option = page.getByRole("option", { name: /rr:BallisticMissile/ });
    await option.waitFor();
    await option.click();
    await page.keyboard.type(" }");
    await run(page);
    const expected = graph.getSubjects(`${RDF}type`, `${RR}BallisticMissile`, null).length;
    assert.equal((await rows(page)).length, expected);
  });
});

test("a mistake is said, with its place, and the next query is answered", async () => {
  await open("workbench.html", async (page) => {
    await change(page, "SELECT ?x WHERE { ?x a ; }");
    await page.getByRole("button", { name: "Run" }).click();
    const alert = page.locator(".workbench-error");
    await alert.filter({ hasText: /\S/ }).waitFor(FIRST_LOAD);
    assert.match(await alert.innerText(), /line 1/i);
    await change(page, COUNT);
    await run(page);
    assert.equal(await alert.innerText(), "");
  });
});

test("what would ask another host, or change the data, is refused in words", async () => {
  await open("workbench.html", async (page) => {
    for (const [query, words] of /** @type {const} */ ([
      ["SELECT * WHERE { SERVICE <http://outside.example/sparql> { ?s ?p ?o } }", /SERVICE/],
      ["DELETE WHERE { ?s ?p ?o }", /update/],
    ])) {
      await change(page, query);
      await page.getByRole("button", { name: "Run" }).click();
      await page.locator(".workbench-error", { hasText: words }).waitFor(FIRST_LOAD);
      assert.equal(await page.locator(".workbench-results tr").count(), 0);
    }
  });
});

test("an endless query leaves the page alive, and is stopped", async () => {
  await open("workbench.html", async (page) => {
    await change(page, ENDLESS);
    await page.getByRole("button", { name: "Run" }).click();
    await page.locator(".workbench-state", { hasText: "Running over" }).waitFor(FIRST_LOAD);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".workbench-state", { hasText: "Stopped" }).waitFor();
    await change(page, COUNT);
    await run(page);
    assert.equal((await rows(page)).length, 1);
  });
});

test("answers are saved as CSV, JSON, Turtle and N-Triples", async () => {
  await open("workbench.html", async (page) => {
    await change(page, COUNT);
    await run(page);
    const number = /** @type {string} */ ((await rows(page))[0]?.[0]);
    assert.equal((await saved(page, "CSV")).trim(), `claims\r\n${number}`);
    const json = JSON.parse(await saved(page, "JSON"));
    assert.equal(json.results.bindings[0].claims.value, number);
    await change(page, `CONSTRUCT WHERE { ?weapon a <${RR}WeaponSystem> ; <${LABEL}> ?name }`);
    await run(page);
    const turtle = new Store(new Parser({ format: "text/turtle" }).parse(await saved(page, "Turtle")));
    const triples = new Store(new Parser({ format: "application/n-triples" }).parse(await saved(page, "N-Triples")));
    assert.equal(turtle.size, NAMED_WEAPONS.size);
    assert(NAMED_WEAPONS.size > 0 && turtle.equals(NAMED_WEAPONS), "the Turtle has what the data has");
    assert(triples.equals(NAMED_WEAPONS), "the N-Triples have what the data has");
  });
});

/** The text of what a button saves. @param {Page} page @param {string} name */
async function saved(page, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name, exact: true }).click();
  return readFile(await (await download).path(), "utf8");
}

test("a link carries a query, and does not run it", async () => {
  /** @type {string} */ let address = "";
  const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
  await open("workbench.html", async (page) => {
    await change(page, COUNT);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.locator(".workbench-state", { hasText: "copied" }).waitFor();
    address = await page.evaluate(() => navigator.clipboard.readText());
  }, clipboard);
  await open(`workbench.html${new URL(address).hash}`, async (page) => {
    await page.getByRole("textbox", { name: "SPARQL query" }).waitFor();
    assert.equal(await page.locator(".workbench-results tr").count(), 0);
    await run(page);
    assert.deepEqual(await rows(page), [[String(graph.countQuads(null, `${RDF}type`, `${RR}Claim`, null))]]);
  });
});
