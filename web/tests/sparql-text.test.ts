import assert from "node:assert/strict";
import { test } from "node:test";
import { asksOthers, formOf, prologue, tokens, undeclaredName, variables } from "../src/workbench/sparql-text";

test("what looks like a keyword in a string, a comment, an IRI or a name is none", () => {
  for (const query of [
    'SELECT ?service { ?s rr:service "SERVICE" } # SERVICE <x>',
    "ASK { ?s <http://a.example/SERVICE#SERVICE> ?o }",
    "ASK { ?s ?p '''a\n'SERVICE' \\''' SERVICE ''' }",
  ]) {
    assert.equal(asksOthers(query), false, query);
  }
  assert.equal(asksOthers("SELECT * { service SILENT <http://a.example/> { ?s ?p ?o } }"), true);
  assert.equal(asksOthers('SELECT * { ?s ?p "\\\\" SERVICE ?x {} }'), true);
});

test("the form is what stands after the declarations, however they are written", () => {
  assert.equal(formOf("# ASK\nbase <http://a.example/> prefix rr: <http://a.example/#>\nselect * {}"), "SELECT");
  assert.equal(formOf("PREFIX : <http://a.example/>CONSTRUCT WHERE { ?s ?p ?o }"), "CONSTRUCT");
  assert.equal(formOf("PREFIX rr: <http://a.example/#> DELETE WHERE { ?s ?p ?o }"), "UPDATE");
  assert.equal(formOf("WITH <http://a.example/> DELETE { ?s ?p ?o } WHERE {}"), "UPDATE");
  assert.equal(formOf("PREFIX rr:"), undefined);
  assert.equal(formOf(""), undefined);
});

test("the prologue gives prefixes and the place behind the last of them", () => {
  const query = "PREFIX rr: <http://a.example/#> # a comment\nPREFIX : <http://b.example/>\nASK { :a ?p ?o }";
  const { prefixes, end } = prologue(query);
  assert.deepEqual([...prefixes], [["rr", "http://a.example/#"], ["", "http://b.example/"]]);
  assert.equal(query.slice(end), "\nASK { :a ?p ?o }");
});

test("variables are found once, in any script, and not in strings", () => {
  assert.deepEqual(variables('SELECT ?b $a ?b { ?b ?имя "?no" . ?x rr:p? ?y } # ?comment'), ["?a", "?b", "?x", "?y", "?имя"]);
});

test("an undeclared prefix is found; blank nodes and declared ones are not", () => {
  const query = "PREFIX rr: <http://a.example/#>\nASK { _:b rr:p ex:o }";
  assert.equal(undeclaredName(query)?.text, "ex:o");
  assert.equal(undeclaredName(query)?.start, query.indexOf("ex:o"));
  assert.equal(undeclaredName("ASK { _:b <http://a.example/p> 'ex:o' }"), undefined);
});

test("tokens and the white space between them are the whole text", () => {
  const query = "SELECT ?a{?a<http://a.example/>\"\"\"x\"y\\\"\"\"\"@fa;rr:p.q/^rr:r.FILTER(?a<?b)}#end";
  let place = 0;
  for (const token of tokens(query)) {
    assert.equal(query.slice(place, token.start).trim(), "");
    assert.equal(query.slice(token.start, token.start + token.text.length), token.text);
    place = token.start + token.text.length;
  }
  assert.equal(place, query.length);
  assert.ok(tokens(query).some((token) => token.kind === "name" && token.text === "rr:p.q"));
  assert.ok(tokens(query).some((token) => token.kind === "name" && token.text === "rr:r.FILTER"));
});

test("an unfinished string does not hide the lines after it", () => {
  assert.deepEqual(variables("SELECT ?a { ?a ?p 'open\n ?b ?c }"), ["?a", "?b", "?c", "?p"]);
});
