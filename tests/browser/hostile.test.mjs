// Whatever stands in the data, in whatever place, is shown as text: nothing of it runs, breaks a page, widens it, or turns
// the direction of what stands beside it. hostile.py says what it is.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NARROWEST } from "./lib/browser.mjs";
import { overflow } from "./lib/page.mjs";
import { hosted } from "./lib/running.mjs";
import { check, line } from "./lib/validator.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PYTHON = process.env["PYTHON"] ?? join(HERE, "../../.venv/bin/python");

/** @type {string} */ let folder;
/** @type {string} */ let site;
const hosting = hosted(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-"));
  const environment = { ...process.env, PYTHONPATH: [join(HERE, ".."), process.env["PYTHONPATH"] ?? ""].join(":") };
  await promisify(execFile)(PYTHON, [join(HERE, "hostile.py"), folder], { env: environment });
  site = join(folder, "hosted", "site");
  return site;
});
after(() => rm(folder, { recursive: true }));

/** Runs in pages: what of the data became more than text, or is not kept apart from what stands beside it. */
function harm() {
  const found = [];
  if ("pwned" in globalThis) found.push("a script of the data ran");
  for (const element of document.querySelectorAll("*")) {
    const handlers = element.getAttributeNames().filter((name) => name.startsWith("on") || name === "autofocus");
    if (handlers.length) found.push(`<${element.localName}> has ${handlers.join()}`);
    if (/^\s*javascript:/i.test(element.getAttribute("href") ?? "")) found.push("a link runs a script");
  }
  for (const script of document.querySelectorAll("script:not([src])")) {
    if (script.getAttribute("type") !== "application/ld+json") found.push("an inline script");
    else JSON.parse(script.textContent ?? "");
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/[\u202A-\u202E\u2066-\u2069]/.test(node.nodeValue ?? "") || !node.parentElement?.checkVisibility()) continue;
    let element = node.parentElement;
    const styles = () => getComputedStyle(element);
    while (styles().display === "inline" && !styles().unicodeBidi.startsWith("isolate") && element.parentElement) element = element.parentElement;
    const alone = element.textContent?.trim() === node.nodeValue?.trim();
    if (!alone && !/isolate|plaintext/.test(styles().unicodeBidi)) found.push(`turns what stands beside it: ${element.outerHTML.slice(0, 200)}`);
  }
  return found;
}

test("all pages show hostile texts as texts", async () => {
  const paths = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));
  assert(paths.length > 50, `${paths.length} pages`);
  await hosting.open("index.html", async (page) => {
    const faults = [];
    for (const path of paths.sort()) {
      await page.goto(hosting.host.at(path));
      for (const fault of [...(await page.evaluate(harm)), ...(await overflow(page))]) faults.push(`${path}: ${fault}`);
    }
    assert.deepEqual(faults, []);
  }, { viewport: NARROWEST });
});

test("the texts are there, in full", async () => {
  await hosting.open("index.html", async (page) => {
    for (const [path, place] of [
      ["id/lorn.html", "label"],
      ["id/lorn.html", "note"],
      ["id/second-wave.html", "label-event"],
      ["id/report_1.html", "title"],
      ["id/report_1/second.html", "gist"],
      ["concept/status/feared.html", "feared"],
      ["query/towns.html", "comment"],
      ["index.html", "dataset"],
    ]) {
      await page.goto(hosting.host.at(/** @type {string} */ (path)));
      const text = await page.locator("main").innerText();
      assert(text.includes(`${place} <script>window.pwned=1</script><img src=x`), `${path} shows ${place}`);
    }
    await page.goto(hosting.host.at("id/report_1/rise.html"));
    assert.match(await page.locator("main").innerText(), /m{9000}/);
  });
});

test("what scripts make of hostile texts is harmless as well", async () => {
  const PLACE = "label <script>window.pwned=1</script>";
  await hosting.open("search.html?q=label+script", async (page) => {
    await page.locator("#search-results", { hasText: PLACE }).waitFor();
    assert.deepEqual(await page.evaluate(harm), []);
  });
  await hosting.open("network.html", async (page) => {
    const node = page.locator(".canvas [data-node]", { hasText: "label" }).first();
    await node.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "What is chosen" }).getByRole("link").first().waitFor();
    assert.deepEqual(await page.evaluate(harm), []);
  });
  const query = encodeURIComponent("SELECT ?label WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }");
  await hosting.open(`workbench.html#query=${query}`, async (page) => {
    await page.getByRole("textbox", { name: "SPARQL query" }).waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.locator(".workbench-results tbody tr", { hasText: PLACE }).first().waitFor();
    assert.deepEqual(await page.evaluate(harm), []);
    assert.deepEqual(await overflow(page), []);
  });
});

test("the pages are valid HTML all the same", async () => {
  const errors = (await check(site)).filter((each) => each.type !== "info");
  assert.deepEqual(errors.slice(0, 10).map(line), []);
});
