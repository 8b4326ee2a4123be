// What went wrong with a query, in words for people, with the place where it can be said.

import type { Diagnosis } from "./diagnosis";
import { asksOthers, formOf, isOpenString, tokens, undeclaredName } from "./sparql-text";

/** A message, and where in the query it belongs (an offset in UTF-16 units), where that is known. */
export interface Problem {
  readonly text: string;
  readonly offset?: number;
}

/** What the workbench cannot run, found before the engine is asked; undefined where there is nothing to say. */
export function refusal(query: string): Problem | undefined {
  if (tokens(query).every((token) => token.kind === "comment")) return { text: "There is no query to run." };
  if (formOf(query) === "UPDATE") {
    return { text: "This is an update. The dataset can only be read here: write SELECT, ASK, CONSTRUCT or DESCRIBE." };
  }
  if (asksOthers(query)) {
    // The engine would answer SERVICE SILENT with nothing, which looks like an answer.
    return { text: "SERVICE asks another server, and this page asks none. Load the dump into a triple store of your own for that." };
  }
  return undefined;
}

/**
 * Puts an error of the engine into words.
 *
 * @param message as the engine gives it: "error at LINE:COLUMN: expected …" for what it cannot read.
 * @param diagnosis where the query stops being SPARQL, if it does.
 * @param query the text that the engine was given.
 */
export function explain(message: string, diagnosis: Diagnosis | undefined, query: string): Problem {
  const list = /^error at \d+:\d+: expected (?:one of )?(.*)$/s.exec(message)?.[1];
  if (list === undefined) return { text: message };
  const rule = ruleIn(list);
  if (rule !== undefined) return { text: `${rule}.` };
  const name = undeclaredName(query);
  const offset = diagnosis?.offset ?? name?.start;
  if (offset === undefined) return { text: "The engine cannot read this query." };
  return { text: `${placeOf(query, offset)}: ${mistakeAt(query, offset, diagnosis?.expected ?? [])}`, offset };
}

/** What the engine says of a prefix that is not declared, without saying which. */
const UNDECLARED = "Prefix not found";

/** A rule of the language that the engine states among what it expected: "The SELECT contains a variable that is unbound". */
function ruleIn(list: string): string | undefined {
  const withoutClasses = list.replaceAll(/\['.*?'\]/gs, "").replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
  return withoutClasses.split(", ").map((item) => item.trim()).find((item) => /^\w+ \w+ /.test(item) && item !== UNDECLARED);
}

/** What is wrong with the token at an offset. */
function mistakeAt(query: string, offset: number, expected: readonly string[]): string {
  const token = tokens(query).find(({ start }) => start === offset);
  if (token === undefined) return `the query ends too early.${wanted(expected)}`;
  if (isOpenString(token)) return "the string that begins here has no end.";
  if (undeclaredName(query)?.start === offset) {
    return `the prefix ${token.text.slice(0, token.text.indexOf(":") + 1)} is not declared.`;
  }
  // Rules on the variables of a group are held where it ends.
  if (token.text === "}") return `“}” cannot stand here, or the group that it ends breaks a rule.${wanted(expected)}`;
  const shown = token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text;
  return `${quoted(shown)} cannot stand here.${wanted(expected)}`;
}

/** What the engine would have taken, where a person can use it: beginnings of terms as words, marks as they are. */
function wanted(expected: readonly string[]): string {
  const marks = new Set(expected.map((item) => item.replace(/^"(.*)"$/s, "$1").replaceAll('\\"', '"')));
  const items: string[] = [];
  if (marks.has("?") && marks.has("$")) {
    items.push("a variable");
    if (marks.has("<")) items.push("an IRI", "a prefixed name");
    if (marks.has("'")) items.push("a value");
    items.push(...["{", "}", ")", "]", ";", ","].filter((mark) => marks.has(mark)).map(quoted));
  } else {
    items.push(...[...marks].filter((mark) => !mark.startsWith("[")).map(quoted));
    if ([...marks].some((mark) => mark.startsWith("['0'"))) items.push("a number");
  }
  if (items.length === 0) return "";
  const last = items.pop() ?? "";
  return ` Expected: ${items.length > 0 ? `${items.join(", ")} or ` : ""}${last}.`;
}

function quoted(text: string): string {
  return `“${text}”`;
}

/** The line and column of an offset, in words; columns count code points. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `Line ${before.length}, column ${Array.from(before.at(-1) ?? "").length + 1}`;
}

/** The range to mark for an offset: the token-like run there, or the last character before the end. Never empty in a text that is not. */
export function rangeAt(text: string, offset: number): [from: number, to: number] {
  const run = /^[^\s{}()[\],;.]+|^[^\s]/u.exec(text.slice(offset))?.[0].length ?? 0;
  if (run > 0) return [offset, offset + run];
  const from = text.slice(0, offset).trimEnd().length - 1;
  return from < 0 ? [0, text.length] : [from, from + 1];
}
