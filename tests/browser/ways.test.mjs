// Ways to use a page other than with a mouse, a screen and scripts, for the largest and the smallest page of every kind: by
// keyboard, with scripts off, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focusFaults } from "./lib/page.mjs";
import { hosted } from "./lib/running.mjs";
import { examples, SITE } from "./lib/site.mjs";

const site = hosted(SITE);

for (const { kind, path } of examples) {
  test(`${kind}: ${path} can be used by keyboard`, async () => {
    await site.open(path, async (page) => assert.deepEqual(await focusFaults(page), []));
    await site.open(path, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement?.localName), "main", "the first link skips to the content");
    });
  });

  test(`${kind}: ${path} is whole with scripts off, and is printed dark on white`, async () => {
    /** @type {string[]} */ let links = [];
    await site.open(path, async (page) => void (links = await linksOf(page)));
    await site.open(
      path,
      async (page) => {
        const without = await linksOf(page);
        assert(without.length > 0);
        assert.deepEqual(links.filter((link) => !without.includes(link)), [], "scripts only improve what is there");
        assert.deepEqual(await page.locator("button:not(form[action] button):visible").allInnerTexts(), [], "nothing is offered that needs a script");
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        assert.deepEqual(await page.evaluate(paper), { paper: "white", ink: "dark" });
        assert.deepEqual(await page.locator("nav.overviews, form").filter({ visible: true }).count(), 0, "paper has nothing to click");
      },
      { javaScriptEnabled: false },
    );
  });
}

/** Where the links of a page's content lead. @param {import("playwright-core").Page} page */
function linksOf(page) {
  return page.locator("main a[href]").evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href") ?? ""))]);
}

/** Runs in pages: what they would be printed like. */
function paper() {
  const { backgroundColor } = getComputedStyle(document.body);
  const { color } = getComputedStyle(document.querySelector("h1") ?? document.body);
  const isDark = (/** @type {string} */ text) => (text.match(/\d+/g) ?? []).slice(0, 3).every((part) => Number(part) < 80);
  const isWhite = ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor);
  return { paper: isWhite ? "white" : backgroundColor, ink: isDark(color) ? "dark" : color };
}
