import assert from "node:assert/strict";
import { test } from "node:test";
import { inSteps, world } from "../world.mjs";

interface World {
  width: number;
  height: number;
  outlines: { records: string[]; at: [number, number]; d: string }[];
  points: Record<string, Record<string, [number, number]>>;
}

test("a path in steps has the same corners", () => {
  assert.equal(inSteps("M10,20L12,15L12,15L9,30ZM1,1L2,2Z"), "M10 20l2-5l-3 15zM1 1l1 1z");
});

test("states and towns are where they are, under the records of authorities", async () => {
  const made = JSON.parse(await world()) as World;
  const iran = made.outlines.find((outline) => outline.records.includes("http://www.wikidata.org/entity/Q794"));
  const tehran = made.points["https://sws.geonames.org/"]?.["112931/"];
  assert.ok(iran && tehran);
  // Equal Earth (Šavrič, Patterson, Jenny 2018): 51.4° E, 35.7° N, and the width of the map is that of the equator.
  const [a1, a2, a3, a4, m] = [1.340264, -0.081106, 0.000893, 0.003796, Math.sqrt(3) / 2];
  const t = Math.asin(m * Math.sin((35.694 * Math.PI) / 180));
  const y = t * (a1 + a2 * t ** 2 + t ** 6 * (a3 + a4 * t ** 2));
  const x = (((51.421 * Math.PI) / 180) * Math.cos(t)) / (m * (a1 + 3 * a2 * t ** 2 + t ** 6 * (7 * a3 + 9 * a4 * t ** 2)));
  const unit = made.width / (2 * (Math.PI / (m * a1)));
  assert.ok(Math.abs(tehran[0] - (made.width / 2 + x * unit)) < 3 && Math.abs(tehran[1] - (made.height / 2 - y * unit)) < 3);
  assert.ok(Math.hypot(tehran[0] - iran.at[0], tehran[1] - iran.at[1]) < 250, "the mark of a state is in it");
  assert.ok(made.outlines.every((outline) => outline.d.startsWith("M")));
  assert.ok(made.outlines.filter((outline) => outline.records.length === 0).length <= 3);
});
