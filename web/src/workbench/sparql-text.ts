// What can be seen in the text of a query without parsing it: the tokens of SPARQL 1.1, section 19.8, as far as the workbench asks for them.
//
// The engine alone decides what a query means. This serves completion and clear messages, also while the text is unfinished.

/** A token: its kind, its text, and where it starts (in UTF-16 units, as everywhere in JavaScript). */
export interface Token {
  readonly kind: "comment" | "iri" | "string" | "variable" | "name" | "word" | "mark";
  readonly text: string;
  readonly start: number;
}

/** What a query asks for; "UPDATE" where it is not a query at all. */
export type Form = "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE" | "UPDATE";

const QUERY_FORMS: ReadonlySet<string> = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES: ReadonlySet<string> = new Set([
  "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
]);

// Alternatives in the order in which they are tried; the names of the groups are the kinds.
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\n\r]*)`,
    String.raw`(?<iri><[^<>"{}|^${"`"}\\\s]*>)`,
    // An unfinished string reaches to the end of its line, a long one to the end of the text.
    String.raw`(?<string>"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)|"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\\\n\r]|\\.)*'?)`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
    // A prefixed name, and the label of a blank node. A dot ends no name.
    String.raw`(?<name>(?:_|\p{L}(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:(?:[\p{L}\p{N}_:%-]|\\.|\.(?=[\p{L}\p{N}_:%\\-]))*)`,
    String.raw`(?<word>[@\p{L}_][\p{L}\p{N}_-]*)`,
    String.raw`(?<mark>\S)`,
  ].join("|"),
  "gu",
);

/** Cuts a text into its tokens; white space is left out. */
export function tokens(query: string): Token[] {
  return Array.from(query.matchAll(TOKEN), (match) => {
    const groups: Record<string, string | undefined> = match.groups ?? {};
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) as Token["kind"];
    return { kind, text: match[0], start: match.index };
  });
}

/** Whether a token is a string without its end. */
export function isOpenString({ kind, text }: Token): boolean {
  return kind === "string" && !/^(?:"""[^]*"""|'''[^]*'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/.test(text);
}

/** The prefixes declared (without colon) with their namespaces, and where the last declaration ends (0 where there is none). */
export interface Prologue {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly end: number;
  /** The tokens after the declarations, without comments. */
  readonly rest: readonly Token[];
}

/** Reads the declarations that a query starts with (section 4.1.1). */
export function prologue(query: string): Prologue {
  const all = tokens(query).filter((token) => token.kind !== "comment");
  const prefixes = new Map<string, string>();
  let end = 0;
  let next = 0;
  for (;;) {
    const [keyword, second, third] = all.slice(next, next + 3);
    const declares = keyword?.kind === "word" ? keyword.text.toUpperCase() : "";
    const named = declares === "PREFIX" && second?.kind === "name" && second.text.endsWith(":");
    const iri = named ? third : declares === "BASE" ? second : undefined;
    if (iri?.kind !== "iri") break;
    if (named) prefixes.set(second.text.slice(0, -1), iri.text.slice(1, -1));
    end = iri.start + iri.text.length;
    next += named ? 3 : 2;
  }
  return { prefixes, end, rest: all.slice(next) };
}

/** Says what a text asks for; undefined where it is nothing that SPARQL knows. */
export function formOf(query: string): Form | undefined {
  const word = prologue(query).rest[0]?.text.toUpperCase() ?? "";
  if (UPDATES.has(word)) return "UPDATE";
  return QUERY_FORMS.has(word) ? (word as Form) : undefined;
}

/** Whether a query asks another endpoint (SERVICE of SPARQL 1.1 Federated Query). */
export function asksOthers(query: string): boolean {
  return tokens(query).some((token) => token.kind === "word" && token.text.toUpperCase() === "SERVICE");
}

/** The variables of a query, each once, sorted, with their question mark. */
export function variables(query: string): string[] {
  const found = tokens(query).filter((token) => token.kind === "variable");
  return [...new Set(found.map((token) => `?${token.text.slice(1)}`))].sort();
}

/** The first prefixed name whose prefix is not declared; undefined where all are. */
export function undeclaredName(query: string): Token | undefined {
  const { prefixes, rest } = prologue(query);
  return rest.find(({ kind, text }) => kind === "name" && !text.startsWith("_:") && !prefixes.has(text.slice(0, text.indexOf(":"))));
}
