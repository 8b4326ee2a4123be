// Where a query stops being SPARQL.
//
// The engine names the furthest place that it looked at, and it looks at whole keywords: in "?s ?p ?o ?x" it names a place eight characters
// after the mistake, because OPTIONAL would have reached so far. Asked about the beginnings of the query, it tells which of them could be
// continued, and with what; the first token after the last of these is the mistake.

import { type Token, isOpenString, tokens } from "./sparql-text";

/** What the engine says against a text; undefined where it takes it. */
export type Complain = (query: string) => string | undefined;

/** The first token with which a query cannot go on, and what the engine expected in its place, in the form of its messages. */
export interface Diagnosis {
  /** Offset of the token; the length of the query where it only ends too early. */
  readonly offset: number;
  readonly expected: readonly string[];
}

// Of these the engine wants one certain keyword next, and then it names no mark.
const HALF_A_KEYWORD: ReadonlySet<string> = new Set(["ORDER", "GROUP", "NOT"]);

/**
 * Finds the mistake in a query that the engine does not take.
 *
 * @returns undefined where the mistake is not one of syntax: then every beginning can be continued.
 */
export function diagnose(query: string, complain: Complain): Diagnosis | undefined {
  const all = tokens(query).filter((token) => token.kind !== "comment");
  let [low, high] = [0, all.length + 1];
  // What can be continued stays so when it is cut: the beginnings that can are all shorter than those that cannot.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (canGoOn(query, all.slice(0, middle), complain)) low = middle;
    else high = middle;
  }
  const beginning = upTo(query, all.slice(0, low));
  const expected = expectations(complain(beginning) ?? "").marks;
  if (low < all.length) return { offset: all[low]?.start ?? query.length, expected };
  return expected.length > 0 ? { offset: query.length, expected } : undefined;
}

/** The text up to the end of the last of some tokens; the space makes an end of that token too. */
function upTo(query: string, beginning: readonly Token[]): string {
  const last = beginning.at(-1);
  return last === undefined ? "" : `${query.slice(0, last.start + last.text.length)} `;
}

/** Whether the engine takes a beginning, or would have gone on reading at its end. */
function canGoOn(query: string, beginning: readonly Token[], complain: Complain): boolean {
  const last = beginning.at(-1);
  if (last === undefined) return true;
  // The engine would take the rest of the line into it.
  if (isOpenString(last)) return false;
  const text = upTo(query, beginning);
  const message = complain(text);
  if (message === undefined) return true;
  const { atEnd, marks } = expectations(message, text);
  return atEnd && (marks.length > 0 || HALF_A_KEYWORD.has(last.text.toUpperCase()));
}

/** Whether a message is about the end of a text, and the marks and classes of characters that it expected there, without keywords. */
function expectations(message: string, text = ""): { atEnd: boolean; marks: string[] } {
  const match = /^error at (\d+):(\d+): expected (?:one of )?(.*)$/s.exec(message);
  const lines = text.split("\n");
  const atEnd = Number(match?.[1]) === lines.length && Number(match?.[2]) > Array.from(lines.at(-1) ?? "").length;
  const marks = (match?.[3] ?? "").match(/"(?:[^"\\]|\\.)*"|\['.*?'\]/gs) ?? [];
  return { atEnd, marks };
}
