// What the editor offers while one types: variables of the query, prefixes and terms of the dataset, the words of SPARQL.

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  insertCompletionText,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { prologue, variables } from "./sparql-text";
import type { Term, Vocabulary } from "./vocabulary";

const KEYWORDS =
  "ASK BASE BIND CONSTRUCT DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER " +
  "PREFIX REDUCED SELECT UNDEF UNION VALUES WHERE AS ASC BY DESC IN";
const FUNCTIONS =
  "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT HOURS IF IRI isBLANK isIRI " +
  "isLITERAL isNUMERIC LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND sameTerm SAMPLE SECONDS SHA1 SHA256 " +
  "SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR";

const WORDS: readonly Completion[] = [
  ...KEYWORDS.split(" ").map((label) => ({ label, type: "keyword" })),
  ...FUNCTIONS.split(" ").map((label) => ({ label, type: "function" })),
];

/** Icons are CodeMirror's; "class" and "property" are among them, and what is neither is an individual. */
const ICONS: ReadonlySet<string> = new Set(["class", "property"]);

/** The change that declares a prefix after the last declaration, or at the very start; undefined where it is declared. */
export function declaration(query: string, prefix: string, namespace: string): { from: number; insert: string } | undefined {
  const { prefixes, end } = prologue(query);
  if (prefixes.has(prefix)) return undefined;
  const line = `PREFIX ${prefix}: <${namespace}>`;
  return end === 0 ? { from: 0, insert: `${line}\n` } : { from: end, insert: `\n${line}` };
}

/** Puts a prefixed name in place of what was typed, and declares its prefix where it is not. */
function insertName(vocabulary: Vocabulary): (view: EditorView, picked: Completion, from: number, to: number) => void {
  return (view, picked, from, to) => {
    const prefix = picked.label.slice(0, picked.label.indexOf(":"));
    const namespace = vocabulary.prefixes[prefix];
    const head = namespace === undefined ? undefined : declaration(view.state.doc.toString(), prefix, namespace);
    if (head === undefined) {
      view.dispatch({ ...insertCompletionText(view.state, picked.label, from, to), annotations: pickedCompletion.of(picked) });
      return;
    }
    const changes: ChangeSpec = [head, { from, to, insert: picked.label }];
    const anchor = from + head.insert.length + picked.label.length;
    view.dispatch({ changes, selection: { anchor }, userEvent: "input.complete", annotations: pickedCompletion.of(picked) });
  };
}

/** The options made of a vocabulary: its prefixes as one types them in a query, and its terms. */
function options(vocabulary: Vocabulary): Completion[] {
  const apply = insertName(vocabulary);
  const prefixes = Object.entries(vocabulary.prefixes).map(([prefix, namespace]) => {
    return { label: `${prefix}:`, type: "namespace", detail: namespace, apply };
  });
  const terms = vocabulary.terms.map((term: Term) => {
    const type = ICONS.has(term.kind) ? term.kind : "constant";
    const info = term.definition === "" ? {} : { info: term.definition };
    return { label: term.name, type, detail: term.label, apply, ...info };
  });
  return [...prefixes, ...terms];
}

/** After PREFIX: the declarations of the vocabulary, whole. */
function declarations(context: CompletionContext, vocabulary: Vocabulary): CompletionResult | null {
  const typed = context.matchBefore(/\bPREFIX\s+[\p{L}\p{N}_-]*/iu);
  if (typed === null) return null;
  const from = typed.to - (/[\p{L}\p{N}_-]*$/u.exec(typed.text)?.[0].length ?? 0);
  return {
    from,
    options: Object.entries(vocabulary.prefixes).map(([prefix, namespace]) => {
      return { label: `${prefix}:`, type: "namespace", detail: namespace, apply: `${prefix}: <${namespace}>` };
    }),
  };
}

/**
 * The source of completions.
 *
 * @param vocabulary is asked for at the first completion, so that its file is fetched only for those who write.
 */
export function completions(vocabulary: () => Promise<Vocabulary>): CompletionSource {
  let known: { vocabulary: Vocabulary; options: Completion[] } | undefined;
  return async (context) => {
    if (/comment|string/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
    if (variable !== null) return variablesAt(context, variable.from);
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?|:/u);
    if (word === null && !context.explicit) return null;
    if (known === undefined) {
      const read = await vocabulary();
      known = { vocabulary: read, options: options(read) };
    }
    const declared = declarations(context, known.vocabulary);
    if (declared !== null) return declared;
    const validFor = /^[\p{L}\p{N}_:.-]*$/u;
    if (word?.text.includes(":") === true) return { from: word.from, options: known.options, validFor };
    // After "a" a class is meant.
    const afterA = /\sa\s+$/.test(context.state.sliceDoc(Math.max(0, (word?.from ?? context.pos) - 40), word?.from ?? context.pos));
    const ranked = known.options.map((option) => (afterA && option.type === "class" ? { ...option, boost: 50 } : option));
    return { from: word?.from ?? context.pos, options: [...WORDS, ...ranked], validFor };
  };
}

/** The variables of the query, but for the one that is being written where it stands nowhere else. */
function variablesAt(context: CompletionContext, from: number): CompletionResult {
  const text = context.state.doc.toString();
  const others = variables(`${text.slice(0, from)} ${text.slice(context.pos)}`);
  return { from, options: others.map((label) => ({ label, type: "variable" })), validFor: /^[?$][\p{L}\p{N}_]*$/u };
}
