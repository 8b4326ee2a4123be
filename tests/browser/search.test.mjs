// People find things by names in any script, from any page, by keyboard, and can send others what they found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hosted } from "./lib/running.mjs";
import { graph, isA, pageOf, SITE } from "./lib/site.mjs";

const { open } = hosted(SITE);
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

/** A person with names in three scripts, and these names by language. */
const [iri, names] = (() => {
  for (const quad of graph.getQuads(null, LABEL, null, null)) {
    const labels = graph.getObjects(quad.subject, LABEL, null).filter((each) => each.termType === "Literal");
    const found = Object.fromEntries(labels.map((each) => [each.language, each.value]));
    if (isA(quad.subject.value, "Person") && found["fa"] && found["ru"] && found["en"]) return /** @type {const} */ ([quad.subject.value, found]);
  }
  throw new Error("nobody has names in three scripts");
})();

/** The path below the site's root that the first result leads to. @param {import("playwright-core").Page} page */
async function firstResult(page) {
  const link = page.locator("#search-results a").first();
  return link.evaluate((each) => new URL(/** @type {HTMLAnchorElement} */ (each).href).pathname);
}

for (const [script, words] of Object.entries({
  Persian: names["fa"],
  "Persian as Arabic keyboards write it": names["fa"]?.replaceAll("ی", "ي").replaceAll("ک", "ك"),
  Cyrillic: names["ru"],
  Latin: names["en"],
  "Latin in capitals": names["en"]?.toUpperCase(),
})) {
  test(`a person is found by a name in ${script}`, async () => {
    await open("search.html", async (page) => {
      await page.getByRole("main").getByRole("searchbox").fill(/** @type {string} */ (words));
      await page.locator("#search-state", { hasText: "result" }).waitFor();
      assert((await firstResult(page)).endsWith(`/${pageOf(iri)}`));
    });
  });
}

test("the search in the header of a page deep down leads to what is found, by keyboard alone", async () => {
  await open(pageOf(iri), async (page) => {
    await page.getByRole("banner").getByRole("searchbox").fill(/** @type {string} */ (names["fa"]));
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\.html\?q=/);
    await page.locator("#search-results a").first().waitFor();
    await page.getByRole("main").getByRole("searchbox").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${pageOf(iri)}`);
    assert((await page.locator("h1").innerText()).includes(/** @type {string} */ (names["en"])));
  });
});

test("an address keeps what was looked for", async () => {
  await open("search.html", async (page) => {
    await page.getByRole("main").getByRole("searchbox").fill(/** @type {string} */ (names["en"]));
    await page.waitForURL(/\?q=/);
    await page.locator("#search-results a").first().waitFor();
    const found = await page.locator("#search-results").innerText();
    await page.reload();
    await page.locator("#search-results a").first().waitFor();
    assert.equal(await page.locator("#search-results").innerText(), found);
  });
});

test("what is not there is said not to be there", async () => {
  await open("search.html", async (page) => {
    await page.getByRole("main").getByRole("searchbox").fill("qwxzqwxz");
    await page.locator("#search-state", { hasText: "Nothing found" }).waitFor();
    assert.equal(await page.locator("#search-results a").count(), 0);
  });
});
