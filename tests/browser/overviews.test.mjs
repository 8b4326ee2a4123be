// The timeline, the network and the map: what their filters leave is what the data says, and an address keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hosted } from "./lib/running.mjs";
import { graph, SITE } from "./lib/site.mjs";

const { open } = hosted(SITE);
const RR = "https://w3id.org/ruiran/ontology#";

/** How many events have a standing. @param {string} realis the end of its IRI */
function eventsThatAre(realis) {
  const [concept] = graph.getObjects(null, `${RR}realis`, null).filter((each) => each.value.endsWith(`/${realis}`));
  assert(concept, realis);
  return graph.getSubjects(`${RR}realis`, concept, null).length;
}

/** The number that begins the report of the filters, when there is one. @param {import("playwright-core").Page} page */
async function reported(page) {
  const report = page.locator("form.filters output", { hasText: /\d/ });
  await report.waitFor();
  const text = await report.innerText();
  return Number(/^[\d,]+/.exec(text)?.[0].replaceAll(",", ""));
}

/** Untick all boxes of a group but one. @param {import("playwright-core").Page} page @param {string} group @param {RegExp} kept */
async function only(page, group, kept) {
  for (const box of await page.getByRole("group", { name: group }).getByRole("checkbox").all()) {
    const label = await box.evaluate((each) => each.closest("label")?.textContent ?? "");
    await box.setChecked(kept.test(label));
  }
}

test("the timeline has every event, and those of one standing where asked", async () => {
  await open("timeline.html", async (page) => {
    const shown = page.locator(".event:visible");
    const all = await reported(page);
    assert.equal(await shown.count(), all);
    assert.equal(all, graph.getSubjects(`${RR}realis`, null, null).length);
    await only(page, "Standing of the event", /planned/);
    assert.equal(await shown.count(), eventsThatAre("planned"));
    assert.equal(await reported(page), eventsThatAre("planned"));
    await page.reload();
    assert.equal(await reported(page), eventsThatAre("planned"));
    assert.equal(await shown.count(), eventsThatAre("planned"));
    await page.getByRole("button", { name: "As at first" }).click();
    await page.waitForFunction((number) => document.querySelector("form.filters output")?.textContent?.startsWith(`${number} `), all);
    assert.equal(await shown.count(), all);
  });
});

test("the timeline can be held to a period", async () => {
  await open("timeline.html", async (page) => {
    const all = await reported(page);
    await page.getByLabel("From").fill("2024-01-01");
    await page.getByLabel("From").dispatchEvent("change");
    const shown = await page.locator(".event:visible").evaluateAll((events) => events.map((each) => each.getAttribute("data-to")));
    assert(shown.length > 0 && shown.length < all);
    assert.deepEqual(shown.filter((end) => end !== null && end < "2024-01-01"), []);
  });
});

test("the network is filtered by status, source and time, in the table and in the drawing", async () => {
  await open("network.html", async (page) => {
    const rows = page.locator("tr.link:visible");
    const nodes = page.locator(".canvas [data-node]");
    const all = await reported(page);
    assert.equal(await rows.count(), all);
    assert(await nodes.count());
    await only(page, "Put as", /reported/);
    const some = await rows.count();
    assert(some > 0 && some < all, `${some} of ${all}`);
    assert.equal(await reported(page), some);
    assert.deepEqual((await rows.evaluateAll((each) => each.map((row) => row.textContent ?? ""))).filter((text) => !text.includes("reported")), []);
    await page.reload();
    assert.equal(await reported(page), some);
    assert.equal(await rows.count(), some);
    await page.getByRole("button", { name: "As at first" }).click();
    await page.waitForFunction((number) => document.querySelectorAll("tr.link:not([hidden])").length === number, all);

    await page.getByLabel("Told by").selectOption({ index: 2 });
    const told = await rows.evaluateAll((each) => each.map((row) => row.children[4]?.textContent ?? ""));
    assert(told.length > 0 && told.length < all);
    const common = ["1", "2", "3", "4", "5"].filter((number) => told.every((text) => text.includes(`[${number}]`)));
    assert.equal(common.length, 1, "all rows left have the chosen document");
    await page.getByLabel("Told by").selectOption("");

    await page.getByLabel("To", { exact: true }).fill("2021-12-31");
    await page.getByLabel("To", { exact: true }).dispatchEvent("change");
    assert((await rows.count()) < all);
  });
});

test("choosing a thing in the network tells the claims behind its links", async () => {
  await open("network.html", async (page) => {
    await reported(page);
    const node = page.locator(".canvas [data-node]").first();
    const name = (await node.getAttribute("aria-label")) ?? "";
    await node.focus();
    await page.keyboard.press("Enter");
    assert.equal(await node.getAttribute("aria-pressed"), "true");
    const panel = page.getByRole("region", { name: "What is chosen" });
    const told = await panel.innerText();
    assert(told.split(/\s+/).some((word) => word.length > 3 && name.includes(word)), `${name}: ${told}`);
    await panel.getByRole("link").first().click();
    await page.waitForURL(/\/id\//);
  });
});

test("a place on the map leads to what claims put there", async () => {
  await open("map.html", async (page) => {
    const markers = page.locator("a.marker");
    assert((await markers.count()) > 5);
    const marker = markers.first();
    const name = (await marker.getAttribute("data-name")) ?? "";
    await marker.focus();
    await page.keyboard.press("Enter");
    const place = page.locator(":target");
    assert((await place.innerText()).includes(name));
    assert((await place.getByRole("link").count()) > 1);
  });
});
