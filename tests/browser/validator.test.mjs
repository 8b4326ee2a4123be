// Every page is valid HTML, by the Nu HTML checker; its warnings count as well.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pages, SITE } from "./lib/site.mjs";
import { check, line } from "./lib/validator.mjs";

test(`all ${pages.length} pages are valid HTML`, async () => {
  const found = await check(SITE);
  assert.deepEqual([...new Set(found.map(line))].slice(0, 20), [], `${found.length} findings`);
});
