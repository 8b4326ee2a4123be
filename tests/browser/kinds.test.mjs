// Every kind of page, the largest and the smallest of each: it opens without a fault, axe finds nothing on it in light and
// dark on a phone and a desktop, it does not scroll sideways, and it is not heavy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { violations } from "./lib/axe.mjs";
import { DESKTOP, NARROWEST, PHONE } from "./lib/browser.mjs";
import { overflow } from "./lib/page.mjs";
import { hosted } from "./lib/running.mjs";
import { examples, kinds, SITE } from "./lib/site.mjs";

const EXPECTED = [
  ..."index search things timeline network map documents queries concepts ontology shapes dataset".split(" "),
  ..."person organisation state weapon place event document claim statement concept query tombstone".split(" "),
];
const LIMIT = 100_000;

const site = hosted(SITE);

test("there are pages of every kind", () => {
  assert.deepEqual(EXPECTED.filter((kind) => !kinds.has(kind)), []);
});

/** Each example with one pair of screens and colours, so that a kind has both. */
const LOOKS = /** @type {const} */ ([
  [{ viewport: DESKTOP, colorScheme: "light" }, { viewport: PHONE, colorScheme: "dark" }],
  [{ viewport: DESKTOP, colorScheme: "dark" }, { viewport: PHONE, colorScheme: "light" }],
]);

for (const [number, { kind, path }] of examples.entries()) {
  test(`${kind}: ${path} has no fault on a phone and a desktop, in light and dark`, async (context) => {
    await site.open(path, async (page) => {
      const { bytes, packed } = weight(site.host.sent);
      context.diagnostic(`${kind}: ${bytes} bytes with all that it loads, ${packed} as hosts pack them`);
      assert((kind === "index" ? bytes : packed) < LIMIT, "too heavy");
      assert.equal(await page.locator("h1").count(), 1);
      for (const { viewport, colorScheme } of LOOKS[number % 2] ?? []) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await overflow(page), [], `${viewport.width} px`);
        assert.deepEqual(await violations(page), [], `${viewport.width} px, ${colorScheme}`);
      }
      await page.setViewportSize(NARROWEST);
      assert.deepEqual(await overflow(page), [], `${NARROWEST.width} px`);
    });
  });
}

/**
 * What a browser without a cache loads: bytes as they are, and as hosts pack them.
 * @param {import("./lib/server.mjs").Host["sent"]} sent
 */
function weight(sent) {
  assert(sent.length > 1, "a page has a style sheet");
  return {
    bytes: sent.reduce((sum, { body }) => sum + body.length, 0),
    packed: sent.reduce((sum, { body }) => sum + gzipSync(body).length, 0),
  };
}
