import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { StreamLanguage, ensureSyntaxTree } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { completions, declaration } from "../src/workbench/completion";

const VOCABULARY = {
  prefixes: { ex: "http://example.org/ns#", skos: "http://www.w3.org/2004/02/skos/core#" },
  terms: [
    { name: "ex:Thing", kind: "class", label: "thing", definition: "What there is." },
    { name: "ex:part", kind: "property", label: "part", definition: "" },
  ],
};

/** What is offered where "|" stands. */
async function offered(text: string, explicit = false): Promise<CompletionResult | null> {
  const position = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", ""), extensions: StreamLanguage.define(sparql) });
  ensureSyntaxTree(state, state.doc.length, 5000);
  return completions(() => Promise.resolve(VOCABULARY))(new CompletionContext(state, position, explicit));
}

function labels(result: CompletionResult | null): string[] {
  return (result?.options ?? []).map((option) => option.label);
}

test("variables of the query are offered, but for the one being written", async () => {
  assert.deepEqual(labels(await offered("SELECT ?event { ?event a ?class ; ?p ?ev| }")), ["?class", "?event", "?p"]);
});

test("a prefixed name is completed from its beginning", async () => {
  const result = await offered("SELECT * { ?s ex:pa| ?o }");
  assert.equal(result?.from, 14);
  assert.deepEqual(labels(result).filter((label) => label.startsWith("ex:p")), ["ex:part"]);
  assert.ok(!labels(result).includes("SELECT"));
});

test("a word is completed to keywords and terms; after 'a', classes come first", async () => {
  const result = await offered("SELECT * { ?s a Th| }");
  assert.ok(labels(result).includes("FILTER"));
  assert.equal(result?.options.find((option) => option.label === "ex:Thing")?.boost, 50);
  const elsewhere = await offered("SELECT * { ?s Th| }");
  assert.equal(elsewhere?.options.find((option) => option.label === "ex:Thing")?.boost, undefined);
});

test("after PREFIX whole declarations are offered", async () => {
  const result = await offered("PREFIX sk|");
  assert.equal(result?.from, 7);
  assert.deepEqual(result.options.map((option) => option.apply), [
    "ex: <http://example.org/ns#>",
    "skos: <http://www.w3.org/2004/02/skos/core#>",
  ]);
});

test("nothing is offered in comments, in strings, or unasked on an empty place", async () => {
  assert.equal(await offered("ASK { } # ex|"), null);
  assert.equal(await offered("ASK { ?s ?p 'ex| ' }"), null);
  assert.equal(await offered("ASK { | }"), null);
  assert.ok(labels(await offered("ASK { | }", true)).includes("ex:part"));
});

test("a prefix is declared once, after those that are there", () => {
  const query = "PREFIX ex: <http://example.org/ns#>\nASK {}";
  assert.equal(declaration(query, "ex", "http://example.org/ns#"), undefined);
  assert.deepEqual(declaration(query, "skos", "http://s/"), { from: 35, insert: "\nPREFIX skos: <http://s/>" });
  assert.deepEqual(declaration("ASK {}", "skos", "http://s/"), { from: 0, insert: "PREFIX skos: <http://s/>\n" });
});
