// What is taken away from a page: its link to the same as data leads to a file that a parser of others loads and that speaks of
// what the page shows, and its citation can be copied.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Parser, Store } from "n3";
import { hosted } from "./lib/running.mjs";
import { iriOf, largest, SITE } from "./lib/site.mjs";

const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";

const site = hosted(SITE);

for (const kind of ["person", "event", "weapon", "document", "concept"]) {
  const path = largest(kind);

  test(`the Turtle and the N-Triples linked from ${path} are loaded and speak of it`, async () => {
    await site.open(path, async (page) => {
      const turtle = await follow(page, "Turtle");
      const triples = await follow(page, "N-Triples");
      assert(turtle.equals(triples), "both forms hold the same triples");
      const names = [LABEL, PREF_LABEL].flatMap((property) => turtle.getObjects(iriOf(path), property, null));
      const title = await page.locator("h1").innerText();
      assert(names.some((name) => title.includes(name.value)), `${title} is none of ${names.map((name) => name.value).join(", ")}`);
    });
  });
}

test("a citation is copied as it stands", async () => {
  const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
  await site.open(
    largest("person"),
    async (page) => {
      const cited = page.locator("details.copyable", { hasText: "BibTeX" });
      await cited.locator("summary").click();
      await cited.getByRole("button").click();
      await cited.getByRole("button", { name: "Copied" }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^@\w+\{/);
      assert.equal(copied, (await cited.locator("pre").innerText()).trim());
    },
    clipboard,
  );
});

/**
 * Load what a link of a page leads to.
 * @param {import("playwright-core").Page} page @param {string} name what the link says
 */
async function follow(page, name) {
  const link = page.getByRole("link", { name, exact: true }).first();
  const answer = await page.request.get(await link.evaluate((each) => /** @type {HTMLAnchorElement} */ (each).href));
  assert(answer.ok(), answer.url());
  return new Store(new Parser({ format: answer.headers()["content-type"] ?? "" }).parse(await answer.text()));
}
