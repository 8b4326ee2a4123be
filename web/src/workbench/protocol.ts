// What the page and the worker say to each other.

import type { Diagnosis } from "./diagnosis";

/** A value as the SPARQL 1.1 Query Results JSON Format has it (section 3.2.2), with the triple terms of SPARQL 1.2. */
export type Value =
  | { readonly type: "uri" | "bnode"; readonly value: string }
  | { readonly type: "literal"; readonly value: string; readonly "xml:lang"?: string; readonly datatype?: string }
  | { readonly type: "triple"; readonly value: { readonly subject: Value; readonly predicate: Value; readonly object: Value } };

/** One solution: a variable that is not bound is missing. */
export type Row = Readonly<Record<string, Value>>;

/** An answer: what is shown of it, and all of it as the engine wrote it. */
export type Answer =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "rows"; readonly variables: readonly string[]; readonly rows: readonly Row[]; readonly total: number; readonly whole: Blob }
  | { readonly kind: "graph"; readonly text: string; readonly shown: number; readonly total: number; readonly whole: Blob };

/** What a worker is made of; the data as a file of one RDF format. */
export interface Parts {
  readonly module: WebAssembly.Module;
  readonly data: Blob;
  readonly mediaType: string;
}

/** What the engine can be asked for: an answer of which `shown` rows or lines are shown at most, or all of it in one format. */
export type Task =
  | { readonly task: "answer"; readonly query: string; readonly graph: boolean; readonly shown: number }
  | { readonly task: "write"; readonly query: string; readonly mediaType: string };

/** What the page asks; the first request is to start. The reply has the number of its request. */
export type Request = ((Parts & { readonly task: "start" }) | Task) & { readonly id: number };

/** What the worker says: ready with so many triples, an answer, a file, or an error; after a fatal one it is of no more use. */
export type Reply = { readonly id: number } & (
  | { readonly task: "ready"; readonly triples: number }
  | { readonly task: "answer"; readonly answer: Answer; readonly seconds: number }
  | { readonly task: "write"; readonly whole: Blob }
  | { readonly task: "error"; readonly message: string; readonly fatal: boolean; readonly diagnosis: Diagnosis | undefined }
);
