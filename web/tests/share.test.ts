import assert from "node:assert/strict";
import { test } from "node:test";
import { fragmentOf, queryOf } from "../src/workbench/share";

test("a query comes back from its fragment as it was", () => {
  for (const query of ["SELECT * { ?s rr:within+/^rr:host ?o } # 100 %", 'ASK { ?s ?p "هشدار\n&query=x#"@fa }', ""]) {
    assert.equal(queryOf(fragmentOf(query)), query);
  }
});

test("a fragment that is not ours, or cut off, is no query", () => {
  assert.equal(queryOf(""), undefined);
  assert.equal(queryOf("#answers"), undefined);
  assert.equal(queryOf("#query=SELECT%2"), undefined);
});

test("a plus that somebody typed by hand stays a plus", () => {
  assert.equal(queryOf("#query=ASK{?s%20rr:within+%20?o}"), "ASK{?s rr:within+ ?o}");
});
