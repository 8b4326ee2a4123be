import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Store as EngineStore } from "oxigraph";
import { diagnose } from "../src/workbench/diagnosis";
import { explain, rangeAt, refusal } from "../src/workbench/problems";

// The engine itself, so that what it says is what the tests rest on.
const { Store } = createRequire(import.meta.url)("oxigraph") as { Store: typeof EngineStore };

function complaint(query: string): string | undefined {
  try {
    new Store().query(query);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function problem(query: string): ReturnType<typeof explain> {
  const message = complaint(query) ?? assert.fail(`the engine takes ${query}`);
  return explain(message, diagnose(query, complaint), query);
}

// "▶" stands before what is wrong.
const MISTAKES = [
  "SELECT ?a WHERE { ?a a <x:y> ;;; ▶) }",
  "SELECT ?a WHERE { ?a a ▶; }",
  "SELECT ?a WHERE { ?a <x:p> 'é😀' ▶?b <x:q> }",
  "▶SELEC ?a { ?a ?b ?c }",
  "SELECT ?a WHERE { FILTER(?a > ▶) }",
  "SELECT ?a WHERE { ?a ?b ?c } ORDER ▶?a",
  "SELECT ?a WHERE { ?a ?b ?c } LIMIT ▶ten",
  "SELECT ?a WHERE ▶?a ?b ?c }",
  "SELECT ?a WHERE { ?a ?b ?c . # a comment\n ▶OPTIONL { ?a ?d ?e } }",
  "SELECT ?a WHERE { ?a ?b ?c } ▶}",
  "PREFIX ▶rr <x:> ASK {}",
  "SELECT ?a WHERE { ?a ?b ?c▶",
  "SELECT ?a WHERE { ?a ?b ?c } ORDER BY▶",
  "ASK { FILTER NOT ▶EXIST { ?a ?b ?c } }",
  "SELECT (COUNT(?a) ▶?n) { ?a ?b ?c }",
  "SELECT ?a { ?a ?b ?c FILTER(?a = 1 ▶AND ?b = 2) }",
  "SELECT ?x\nWHERE {\n  ?x a <x:a>\n  ▶?x ?y ?z\n}",
  "SELECT ?a { ?a ?b ▶'abc }\n}",
  "SELECT ?a { ?a ?b ▶ex:c }",
  "SELECT ?a { ?a ?b ?c MINUS ▶}",
];

test("a mistake is found where it stands", () => {
  for (const marked of MISTAKES) {
    const offset = marked.indexOf("▶");
    const found = problem(marked.replace("▶", ""));
    assert.equal(found.offset, offset, `${marked}\n${found.text}`);
  }
});

test("a mistake is told with line, column in code points, and what could stand there", () => {
  assert.equal(problem("SELECT ?s {\n ?s ?p '😀' ?x }").text, "Line 2, column 12: “?x” cannot stand here. Expected: “,”, “.”, “;”, “@”, “^^”, “{”, “{|”, “}” or “~”.");
  assert.match(problem("SELECT ?a { ?a ?b").text, /the query ends too early\. Expected: a variable, an IRI, a prefixed name or a value\.$/);
  assert.match(problem("SELECT * {} LIMIT x").text, /Expected: a number\.$/);
});

test("an undeclared prefix and an open string are named as such", () => {
  assert.equal(problem("SELECT ?a {\n ?a ex:b 'c' }").text, "Line 2, column 5: the prefix ex: is not declared.");
  assert.equal(problem("SELECT ?a {\n ?a ?b 'c }").text, "Line 2, column 8: the string that begins here has no end.");
});

test("a rule of the language is told in the engine's words", () => {
  assert.equal(problem("SELECT ?a { ?a ?b ?c } GROUP BY ?b").text, "The SELECT contains a variable that is unbound.");
  assert.equal(problem("SELECT (1 AS ?a) { ?a ?b ?c }").text, "The SELECT overrides an existing variable using an expression.");
  assert.match(problem("SELECT ?a { BIND(1 AS ?a) BIND(2 AS ?a) }").text, /column 41: “}” cannot stand here, or the group that it ends breaks a rule/);
});

test("other messages stay as they are", () => {
  assert.deepEqual(explain("something else", undefined, "ASK {}"), { text: "something else" });
});

test("updates and SERVICE are refused before the engine is asked, queries are not", () => {
  assert.match(refusal("INSERT DATA { <a:a> <a:b> <a:c> }")?.text ?? "", /update/);
  assert.match(refusal("SELECT * { SERVICE SILENT <http://a.example/> {} }")?.text ?? "", /SERVICE/);
  assert.match(refusal(" # nothing\n")?.text ?? "", /no query/);
  assert.equal(refusal("SELECT * { ?s ?p 'INSERT' }"), undefined);
});

test("the marked range is never empty, also at the end", () => {
  for (const [text, offset] of [["ASK {", 5], ["ASK {  \n", 8], [" ", 1], ["ASK { ?x }", 6]] as const) {
    const [from, to] = rangeAt(text, offset);
    assert.ok(from >= 0 && from < to && to <= text.length, `${text} ${from} ${to}`);
  }
});
