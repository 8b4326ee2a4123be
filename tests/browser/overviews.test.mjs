// The timeline, the network and the map: what their filters leave is what the data says, and an address keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hosted } from "./lib/running.mjs";
import { graph, iriOf, isA, SITE } from "./lib/site.mjs";

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

/** What is chosen, in the address and in the form, and how much it leaves. @param {import("playwright-core").Page} page */
async function filtersOf(page) {
  const shown = await reported(page);
  const form = await page.locator("form.filters").evaluate((each) => [...new FormData(/** @type {HTMLFormElement} */ (each))]);
  return { shown, address: page.url(), form };
}

/** Put a day into a field of the period. @param {import("playwright-core").Page} page @param {string} field @param {string} day */
async function set(page, field, day) {
  const input = page.getByLabel(field, { exact: true });
  await input.fill(day);
  await input.dispatchEvent("change");
}

/** Runs in pages: the pages of the two things that each row of the network links. @param {Element[]} rows */
function endsOf(rows) {
  const path = (/** @type {Element | null | undefined} */ cell) => cell?.querySelector("a")?.getAttribute("href") ?? "";
  return rows.map((row) => [path(row.parentElement?.querySelector("[scope=rowgroup]")), path(row.children[1])]);
}

/** The first and the last possible day of the event that is linked; "" for an open end. @param {string[]} ends */
function boundsOf(ends) {
  const event = ends.map(iriOf).find((iri) => isA(iri, "Event"));
  return ["earliestStart", "latestEnd"].map((name) => (event && graph.getObjects(event, RR + name, null)[0]?.value) ?? "");
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
    await set(page, "From", "2024-01-01");
    const shown = await page.locator(".event:visible").evaluateAll((events) => events.map((each) => each.getAttribute("data-to")));
    assert(shown.length > 0 && shown.length < all);
    assert.deepEqual(shown.filter((end) => end !== null && end < "2024-01-01"), []);
  });
});

test("the network is filtered by status and source, in the table and in the drawing", async () => {
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
  });
});

test("the network is held to a period, which leaves out what has no time", async () => {
  await open("network.html", async (page) => {
    const rows = page.locator("tr.link:visible");
    await reported(page);
    await page.getByText("Kinds of events and relations").click();
    for (const kinds of ["Events", "Relations"]) await page.getByRole("group", { name: kinds }).getByRole("button", { name: "all" }).click();
    // A start before everything leaves out only what has no time, so that the next is left out by the end alone.
    const dated = (await page.locator("tr.link").evaluateAll(endsOf)).map(boundsOf).filter((bounds) => bounds.some(Boolean));
    const begun = dated.filter(([start]) => !start || start <= "2021-12-31");
    assert(0 < begun.length && begun.length < dated.length && dated.length < (await rows.count()));
    await set(page, "From", "0001-01-01");
    assert.equal(await rows.count(), dated.length);
    await set(page, "To", "2021-12-31");
    assert.equal(await rows.count(), begun.length);
    assert.equal(await reported(page), begun.length);
  });
});

for (const { path, group, kept, entries } of [
  { path: "timeline.html", group: "Standing of the event", kept: /occurred/, entries: ".event" },
  { path: "network.html", group: "Put as", kept: /asserted/, entries: "tr.link" },
]) {
  test(`who follows a link of ${path} and goes back finds its filters as they were, in the address and in the form`, async () => {
    await open(path, async (page) => {
      const all = await reported(page);
      await only(page, group, kept);
      await page.getByLabel("Told by").selectOption({ index: 1 });
      await set(page, "From", "2020-01-01");
      const left = await filtersOf(page);
      assert(left.shown > 0 && left.shown < all, `${left.shown} of ${all}`);
      assert.match(left.address, /from=2020-01-01/);
      await page.locator(entries).filter({ visible: true }).getByRole("link").first().click();
      await page.waitForURL(/\/id\//);
      await page.goBack();
      assert.deepEqual(await filtersOf(page), left);
      // What was chosen before is not what the page has at first.
      await page.getByRole("button", { name: "As at first" }).click();
      await page.waitForURL((address) => address.search === "");
      assert.equal(await reported(page), all);
    });
  });
}

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
