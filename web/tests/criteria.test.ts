import assert from "node:assert/strict";
import { test } from "node:test";
import { type Criteria, type Entry, fromAddress, inPeriod, passes, toAddress } from "../src/overview/criteria";

const criteria = (all: Record<string, string[]>): Criteria => new Map(Object.entries(all).map(([name, values]) => [name, new Set(values)]));
const entry = (values: Record<string, string[]>, from?: string, to?: string): Entry => ({ values: new Map(Object.entries(values)), from, to });

test("an entry passes that has one of the values of each filter", () => {
  const event = entry({ realis: ["occurred"], actor: ["id/a", "id/b"] });
  assert.ok(passes(event, criteria({})));
  assert.ok(passes(event, criteria({ realis: ["occurred", "planned"], actor: ["id/b"] })));
  assert.ok(!passes(event, criteria({ realis: ["planned"] })));
  assert.ok(!passes(event, criteria({ realis: [] })), "nothing ticked lets nothing pass");
  assert.ok(!passes(event, criteria({ document: ["id/d"] })), "what is not known of an entry is not there");
});

test("an open end reaches every later day, and what has no time is in no period", () => {
  const period = criteria({ from: ["2023-01-01"], to: ["2023-12-31"] });
  assert.ok(inPeriod(entry({}, "2022-02-01"), period));
  assert.ok(inPeriod(entry({}, undefined, "2024-05-31"), period));
  assert.ok(inPeriod(entry({}, "2023-12-31", "2024-01-31"), period));
  assert.ok(!inPeriod(entry({}, "2024-01-01", "2024-01-31"), period));
  assert.ok(!inPeriod(entry({}, "2022-01-01", "2022-12-31"), period));
  assert.ok(!inPeriod(entry({}), period));
  assert.ok(inPeriod(entry({}), criteria({})));
});

test("an address says what differs from the start, and gives it back", () => {
  const atFirst = criteria({ kind: ["ontology#A", "ontology#B"] });
  const names = ["kind", "status", "from"];
  const cases = [atFirst, criteria({ kind: ["ontology#B"], status: ["denied"] }), criteria({ kind: [] }), criteria({ from: ["2024-01-01"] })];
  for (const some of cases) {
    const address = toAddress(some, atFirst).toString();
    assert.deepEqual(fromAddress(new URLSearchParams(address), atFirst, names), some, address);
  }
  assert.equal(toAddress(atFirst, atFirst).toString(), "");
});

test("an address with names and values that there are not is harmless", () => {
  assert.deepEqual(fromAddress(new URLSearchParams("nonsense=1&status=%3Cscript%3E"), criteria({}), ["status"]), criteria({ status: ["<script>"] }));
});
