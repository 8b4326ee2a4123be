import assert from "node:assert/strict";
import { test } from "node:test";
import { type Data, Finder, type Name, highlighted } from "../src/search/finder";
import { asked, indexed, normalise } from "../src/search/normalise";

/** Pairs of spellings that people take for the same, with the reason. */
const ALIKE: readonly (readonly [string, string, string])[] = [
  ["علي", "علی", "Arabic and Persian yeh"],
  ["مصطفى", "مصطفی", "alef maksura"],
  ["كرمان", "کرمان", "Arabic and Persian kaf"],
  ["سورية", "سوریه", "teh marbuta"],
  ["أحمد", "احمد", "hamza above alef"],
  ["إيران", "ایران", "hamza below alef"],
  ["آذر", "اذر", "madda"],
  ["رئیسی", "رییسی", "hamza on yeh"],
  ["مؤسسه", "موسسه", "hamza on waw"],
  ["شُهَداء", "شهدا", "vowel signs, and a hamza by itself"],
  ["نامۀ", "نامه", "heh with hamza"],
  ["ایــران", "ایران", "the lengthening stroke"],
  ["شاهد ۱۳۶", "شاهد 136", "Persian digits"],
  ["شاهد ١٣٦", "شاهد 136", "Arabic digits"],
  ["Королёв", "королев", "yo"],
  ["Толстой", "Толстои", "short i"],
  ["Erdoğan", "erdogan", "a breve"],
  ["İstanbul", "istanbul", "a dotted capital"],
  ["Łódź", "lodz", "a stroke that is no mark"],
  ["Straße", "STRASSE", "sharp s"],
  ["ﷲ", "الله", "a ligature"],
];

for (const [one, other, why] of ALIKE) {
  test(`${one} and ${other} are alike: ${why}`, () => {
    assert.equal(normalise(one), normalise(other));
  });
}

test("different letters stay different", () => {
  for (const [one, other] of [["پ", "ب"], ["ж", "з"], ["a", "а"], ["1", "2"]] as const) {
    assert.notEqual(normalise(one), normalise(other));
  }
});

/** Whether everything that is asked for is in what a text is found by. */
function isFoundBy(text: string, typed: string): boolean {
  const terms = new Set(indexed(text));
  return asked(typed).every((term) => terms.has(term)) && asked(typed).length > 0;
}

test("hyphens, joiners and missing spaces make no difference", () => {
  for (const typed of ["Shahed-136", "shahed 136", "shahed136", "SHAHED–136"]) assert.ok(isFoundBy("The Shahed-136 drone", typed), typed);
  for (const typed of ["Su-35", "su35", "su 35"]) assert.ok(isFoundBy("Su-35", typed), typed);
  for (const typed of ["حزب‌الله", "حزب الله", "حزبالله"]) assert.ok(isFoundBy("حزب‌الله لبنان", typed), typed);
  for (const typed of ["al-Assad", "al assad", "alassad"]) assert.ok(isFoundBy("Bashar al-Assad", typed), typed);
  for (const typed of ["Raisi", "Ra'isi", "Raʾisi"]) assert.ok(isFoundBy("Ebrahim Ra’isi", typed), typed);
});

function finderOf(...entries: (readonly [kind: string, names: readonly Name[], text?: string])[]): Finder {
  const kinds = [...new Set(entries.map(([kind]) => kind))];
  const data: Data = {
    kinds,
    marks: [{ kind: "status", shape: "○", line: "dashed", firm: false, negative: false, label: "alleged" }],
    entries: entries.map(([kind, names, text = ""], id) => [`p/${id}.html`, kinds.indexOf(kind), kind === "claim" ? 0 : -1, names, text]),
  };
  return new Finder(data);
}

const FINDER = finderOf(
  ["claim", ["Iran sent Shahed-136 drones to Russia."], "Reuters"],
  ["weapon", ["Shahed-136", ["Шахед-136", "ru"], ["شاهد ۱۳۶", "fa"], "Geran-2"]],
  ["person", ["Ali Khamenei", ["Али Хаменеи", "ru"], ["علی خامنه‌ای", "fa"]]],
);

function titles(text: string): string[] {
  return FINDER.find(text).found.map((found) => found.title.pieces.map((piece) => piece.text).join(""));
}

test("a thing is found by each of its names, in any script, before claims on it", () => {
  for (const typed of ["shahed 136", "Шахед 136", "شاهد 136", "geran2"]) assert.equal(titles(typed)[0], "Shahed-136", typed);
  for (const typed of ["khamen", "Khameni", "хаменеи", "خامنه اي", "خامنه‌ای"]) assert.equal(titles(typed)[0], "Ali Khamenei", typed);
  assert.equal(titles("Shahed")[1], "Iran sent Shahed-136 drones to Russia.");
});

test("a claim is found by its speaker, and shows its mark and the speaker", () => {
  const [claim] = FINDER.find("reuters").found;
  assert.equal(claim?.mark?.label, "alleged");
  assert.deepEqual(claim.others[0]?.pieces, [{ text: "Reuters", hit: true }]);
});

test("where nothing has all words, some of them will do, and that is said", () => {
  assert.deepEqual(titles("khamenei submarine"), ["Ali Khamenei"]);
  assert.equal(FINDER.find("khamenei submarine").all, false);
  assert.deepEqual(FINDER.find("…").found, []);
  assert.deepEqual(titles("zzzzzz"), []);
});

test("a number has no slips", () => {
  assert.deepEqual(FINDER.find("shahed 137").all, false);
});

test("another name than the title is shown where it is the one that was found, with its language", () => {
  const [thing] = FINDER.find("گران۲ شاهد").found;
  assert.equal(thing?.others[0]?.language, "fa");
});

test("what was found is marked, and the text stays as it is", () => {
  const pieces = highlighted("<b>Shahed-136</b> & more", new Set(["136"]));
  assert.equal(pieces.map((piece) => piece.text).join(""), "<b>Shahed-136</b> & more");
  assert.deepEqual(pieces.filter((piece) => piece.hit), [{ text: "Shahed-136", hit: true }]);
});
