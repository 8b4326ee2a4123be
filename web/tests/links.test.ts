import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, TURTLE } from "../src/workbench/exports";
import { addressOf } from "../src/workbench/links";
import { curie } from "../src/workbench/vocabulary";

const SITE = { base: "https://example.org/data/", root: "../" };

test("an IRI of the dataset leads to its page, files to themselves, the base home", () => {
  assert.equal(addressOf("https://example.org/data/id/x", SITE), "../id/x.html");
  assert.equal(addressOf("https://example.org/data/ontology#Term", SITE), "../ontology.html#Term");
  assert.equal(addressOf("https://example.org/data/id/d#char=1,2", SITE), "../id/d.html#char=1,2");
  assert.equal(addressOf("https://example.org/data/dataset/0.1.0", SITE), "../dataset/0.1.0.html");
  assert.equal(addressOf("https://example.org/data/dump.ttl", SITE), "../dump.ttl");
  assert.equal(addressOf("https://example.org/data/", SITE), "../index.html");
});

test("an IRI of the dataset never leaves the site, whatever it looks like", () => {
  const atRoot = { base: SITE.base, root: "" };
  const page = "https://site.example/folder/page.html";
  for (const tail of ["/evil.example/x", "javascript:alert(1)", "id/a?b"]) {
    const address = new URL(addressOf(SITE.base + tail, atRoot) ?? "", page);
    assert.ok(address.href.startsWith("https://site.example/folder/"), address.href);
    assert.equal(address.search, "");
  }
});

test("of other IRIs only those of the web are links", () => {
  assert.equal(addressOf("http://www.wikidata.org/entity/Q1", SITE), "http://www.wikidata.org/entity/Q1");
  assert.equal(addressOf("javascript:alert(1)", SITE), undefined);
  assert.equal(addressOf("data:text/html,x", SITE), undefined);
  assert.equal(addressOf("urn:isbn:1", { base: "", root: "" }), undefined);
});

test("IRIs are shortened by the longest namespace, and only to simple names", () => {
  const prefixes = { a: "http://a.example/", b: "http://a.example/b/" };
  assert.equal(curie("http://a.example/b/x", prefixes), "b:x");
  assert.equal(curie("http://a.example/x", prefixes), "a:x");
  assert.equal(curie("http://a.example/x/y", prefixes), undefined);
  assert.equal(curie("http://a.example/", prefixes), undefined);
  assert.equal(curie("http://c.example/x", prefixes), undefined);
});

test("a file is named after its page", () => {
  assert.equal(fileName("/site/query/members.html", TURTLE), "members.ttl");
  assert.equal(fileName("/site/", TURTLE), "answer.ttl");
});
