// Runs queries in a worker of its own, so that the page stays awake and a query can be ended.

import initialise, { Store } from "oxigraph/web.js";
import { diagnose } from "./diagnosis";
import type { Answer, Parts, Reply, Request, Row } from "./protocol";

const JSON_RESULTS = "application/sparql-results+json";
const TURTLE = "text/turtle";

// The library of types for workers cannot stand beside that for pages.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply): void;
};

let store: Store | undefined;

/** Starts the engine and loads the data; gives the number of triples. */
async function start({ module, data, mediaType }: Parts): Promise<number> {
  const bytes = new Uint8Array(await data.arrayBuffer());
  await initialise({ module_or_path: module });
  store = new Store();
  store.load(bytes, { format: mediaType, no_transaction: true });
  return store.size;
}

/** Asks the store; the engine writes the whole answer itself. */
function ask(query: string, mediaType: string): string {
  if (store === undefined) throw new Error("the data is not loaded");
  return store.query(query, { results_format: mediaType }) as string;
}

/** A graph, as Turtle. */
function graphOf(query: string, shown: number): Answer {
  const text = ask(query, TURTLE);
  const lines = text.trimEnd().split("\n");
  const total = text === "" ? 0 : lines.length;
  const whole = new Blob([text], { type: TURTLE });
  return { kind: "graph", text: lines.slice(0, shown).join("\n"), shown: Math.min(shown, total), total, whole };
}

/** Rows, or yes or no. */
function resultsOf(query: string, shown: number): Answer {
  const text = ask(query, JSON_RESULTS);
  const parsed = JSON.parse(text) as { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Row[] } };
  if (parsed.boolean !== undefined) return { kind: "boolean", value: parsed.boolean };
  const rows = parsed.results?.bindings ?? [];
  const whole = new Blob([text], { type: JSON_RESULTS });
  return { kind: "rows", variables: parsed.head.vars ?? [], rows: rows.slice(0, shown), total: rows.length, whole };
}

async function reply(request: Request): Promise<Reply> {
  const { id, task } = request;
  if (task === "start") return { id, task: "ready", triples: await start(request) };
  if (task === "write") {
    return { id, task, whole: new Blob([ask(request.query, request.mediaType)], { type: request.mediaType }) };
  }
  const before = performance.now();
  const answer = (request.graph ? graphOf : resultsOf)(request.query, request.shown);
  return { id, task, answer, seconds: (performance.now() - before) / 1000 };
}

/** What the engine says against a text, on an empty store: so it only reads it. */
function complaint(query: string): string | undefined {
  try {
    new Store().query(query);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function failure(request: Request, error: unknown): Reply {
  // An error of the engine about a query leaves the engine whole; one of its machine (memory, stack) does not.
  const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  const message = error instanceof Error ? error.message : String(error);
  const diagnosis = fatal || request.task === "start" ? undefined : diagnose(request.query, complaint);
  return { id: request.id, task: "error", message, fatal, diagnosis };
}

scope.onmessage = ({ data }) => {
  void reply(data)
    .catch((error: unknown) => failure(data, error))
    .then((said) => {
      scope.postMessage(said);
    });
};
