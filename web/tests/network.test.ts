import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, type File } from "../src/network/data";
import { border } from "../src/network/drawing";
import { lines, place, type Placed, separate } from "../src/network/layout";
import { ends, select } from "../src/network/select";
import type { Criteria } from "../src/overview/criteria";

const FILE: File = {
  nodes: [
    ["id/e.html", "Transfer", "en", 1, "transfer", 0, "2022-01-01", ""],
    ["id/a.html", "Actor", "en", 0, "state", -1, "", ""],
    ["id/b.html", "Other", "fa", 0, "state", -1, "", ""],
  ],
  roles: [["supplier", -1], ["ally of", 0]],
  kinds: ["ontology#Transfer", "ontology#allyOf"],
  statuses: [["status/asserted", "asserted", "●"], ["status/denied", "denied", "⊗"]],
  realis: [["realis/occurred", "occurred", "■"], ["realis/denied", "denied", "⊘"]],
  documents: [["id/d1", "First"], ["id/d2", "Second"]],
  agents: [["id/s1", "Speaker"], ["id/s2", "Another"]],
  claims: [
    ["id/d1/c1.html", 0, 0, 0, [0], [0]],
    ["id/d2/c1.html", 0, 0, 1, [1], [0]],
    ["id/d2/c2.html", 1, 1, 1, [1], [1]],
  ],
  links: [
    [0, 0, 1, 0, 0, [0, 1], []],
    [1, 1, 2, 1, 2, [], [2]],
  ],
};
const links = decode(FILE);
const picked = (all: Record<string, string[]>, among = links): number[] => {
  const criteria: Criteria = new Map(Object.entries(all).map(([name, values]) => [name, new Set(values)]));
  return select(among, criteria).map(({ link }) => link.place);
};

test("places are replaced by what stands there", () => {
  const [role, relation] = links;
  assert.ok(role && relation);
  assert.equal(role.subject.realis?.name, "occurred");
  assert.equal(role.object.realis, undefined);
  assert.equal(relation.standing, "denied");
  assert.equal(relation.denying[0]?.document.name, "Second");
});

test("a file with a place that there is not is refused", () => {
  assert.throws(() => decode({ ...FILE, links: [[0, 0, 9, 0, 0, [0], []]] }), /no place 9/);
});

test("a link passes by one of its claims, and counts the origins of those that pass", () => {
  assert.deepEqual(picked({}), [0, 1]);
  assert.deepEqual(picked({ status: ["status/denied"] }), [1]);
  assert.deepEqual(picked({ document: ["id/d2"] }), [0, 1]);
  assert.deepEqual(picked({ speaker: ["id/s1"], document: ["id/d2"] }), [], "one claim has to pass all filters");
  assert.deepEqual(picked({ origins: ["2"] }), [], "two claims of one origin");
  assert.deepEqual(picked({ kind: ["ontology#allyOf"] }), [1]);
});

test("a period leaves out an event that begins later or ended before, and what has no time", () => {
  assert.deepEqual(picked({ from: ["2025-01-01"] }), [0], "a relation without a time is in no period");
  assert.deepEqual(picked({ from: ["9999-01-01"] }), [0], "an open end reaches every later day");
  assert.deepEqual(picked({ to: ["2022-01-01"] }), [0]);
  assert.deepEqual(picked({ to: ["0001-01-01"] }), []);
  const ended = decode({ ...FILE, nodes: [["id/e.html", "Transfer", "en", 1, "transfer", 0, "2022-01-01", "2022-12-31"], ...FILE.nodes.slice(1)] });
  assert.deepEqual(picked({ from: ["2022-12-31"] }, ended), [0]);
  assert.deepEqual(picked({ from: ["9999-01-01"] }, ended), []);
});

test("the same links give the same picture, and no label covers another", () => {
  const many = Array.from({ length: 30 }, (_, number) => ({ path: `id/${number}.html`, name: `Thing with the long name ${number}`, language: "", kind: 0, classes: "", realis: undefined, from: undefined, to: undefined }));
  const once = place(many, []);
  assert.deepEqual(once, place(many, []));
  once.forEach((one, number) => {
    for (const other of once.slice(number + 1)) {
      assert.ok(Math.abs(one.x - other.x) >= one.halfWidth + other.halfWidth || Math.abs(one.y - other.y) >= one.halfHeight + other.halfHeight);
    }
  });
});

test("labels at one point are parted", () => {
  const [node] = ends(select(links, new Map()));
  assert.ok(node);
  const both: Placed[] = [0, 1].map(() => ({ node, halfWidth: 40, halfHeight: 10, x: 5, y: 5 }));
  separate(both);
  assert.ok(Math.abs((both[0]?.y ?? 0) - (both[1]?.y ?? 0)) >= 20);
});

test("names are broken into lines, and very long ones are cut short", () => {
  assert.deepEqual(lines("Iran"), ["Iran"]);
  const name = "Transfer of hundreds of drones to the forces of another state in the year after";
  assert.equal(lines(name).join(" "), name);
  assert.equal(lines("word ".repeat(2000)).length, 5);
});

test("a line ends at the border of a label", () => {
  const [node] = ends(select(links, new Map()));
  assert.ok(node);
  const label: Placed = { node, halfWidth: 40, halfHeight: 10, x: 0, y: 0 };
  assert.deepEqual(border(label, { x: 100, y: 0 }), { x: 40, y: 0 });
  assert.deepEqual(border(label, { x: 0, y: -100 }), { x: 0, y: -10 });
  assert.deepEqual(border(label, { x: 0, y: 0 }), { x: 0, y: 0 });
});
