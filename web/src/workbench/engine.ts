// The engine as the page sees it: fetched when it is first needed, restarted after Stop, one worker at a time.

import type { Diagnosis } from "./diagnosis";
import type { Answer, Parts, Reply, Request, Task } from "./protocol";

/** Where the parts of the engine and the data are. */
export interface Places {
  readonly worker: URL;
  readonly module: URL;
  readonly data: URL;
}

/** What the engine is at, for the page to say; `loaded` and `total` are bytes, `total` undefined where it is not known. */
export type Progress =
  | { readonly at: "fetching"; readonly loaded: number; readonly total: number | undefined }
  | { readonly at: "loading" }
  | { readonly at: "running"; readonly triples: number };

/** The query was ended by Stop. */
export class Stopped extends Error {}

/** The engine refused the query, or broke over it; the message is the engine's. */
export class EngineError extends Error {
  /** @param diagnosis where the query stops being SPARQL, if it does. */
  constructor(message: string, readonly diagnosis?: Diagnosis | undefined) {
    super(message);
  }
}

/** The engine or the data did not arrive, or does not run here. */
export class NotAvailable extends Error {}

/** A worker from its start to its end; what waits for it is rejected when it is ended. */
interface Life {
  readonly ending: AbortController;
  readonly ready: Promise<{ worker: Worker; triples: number }>;
}

const OUT_OF_MEMORY =
  "This query was too much for the memory of the engine, which starts anew with the next run. Add LIMIT, or conditions that leave fewer answers.";

/** Media type of a dump by the ending of its name. */
function mediaTypeOf(address: URL): string {
  return address.pathname.endsWith(".nt") ? "application/n-triples" : "text/turtle";
}

/** Runs queries over the dump of the site. */
export class Engine {
  readonly #places: Places;
  readonly #report: (progress: Progress) => void;
  #parts: Parts | undefined;
  #life: Life | undefined;
  #last = 0;

  /** @param report is told what the engine is at. */
  constructor(places: Places, report: (progress: Progress) => void) {
    this.#places = places;
    this.#report = report;
  }

  /**
   * Answers a query; `shown` rows or lines at most come back to be shown.
   *
   * @param graph whether the answer is a graph (CONSTRUCT, DESCRIBE). Throws Stopped, EngineError or NotAvailable.
   */
  async answer(query: string, graph: boolean, shown: number): Promise<{ answer: Answer; seconds: number }> {
    const reply = await this.#ask({ task: "answer", query, graph, shown });
    if (reply.task !== "answer") throw new EngineError(`the worker said "${reply.task}"`);
    return reply;
  }

  /** All of an answer in a format of the engine. Throws as `answer`. */
  async write(query: string, mediaType: string): Promise<Blob> {
    const reply = await this.#ask({ task: "write", query, mediaType });
    if (reply.task !== "write") throw new EngineError(`the worker said "${reply.task}"`);
    return reply.whole;
  }

  /** Ends what is under way: a worker hears nothing while it computes, so it is ended itself. */
  stop(): void {
    this.#end(new Stopped("stopped"));
  }

  #end(reason: Error): void {
    const life = this.#life;
    this.#life = undefined;
    life?.ending.abort(reason);
  }

  async #ask(task: Task): Promise<Reply> {
    const life = (this.#life ??= this.#begin());
    const { worker, triples } = await life.ready;
    this.#report({ at: "running", triples });
    return this.#exchange(worker, { ...task, id: ++this.#last }, life.ending.signal);
  }

  #begin(): Life {
    const ending = new AbortController();
    const ready = this.#start(ending.signal).catch((error: unknown) => {
      if (this.#life?.ending === ending) this.#life = undefined;
      ending.abort(error);
      throw error;
    });
    return { ending, ready };
  }

  async #start(ended: AbortSignal): Promise<{ worker: Worker; triples: number }> {
    const parts = (this.#parts ??= await this.#fetch(ended));
    ended.throwIfAborted();
    this.#report({ at: "loading" });
    const worker = new Worker(this.#places.worker, { type: "module" });
    ended.addEventListener("abort", () => {
      worker.terminate();
    });
    worker.addEventListener("error", () => {
      this.#end(new NotAvailable("The engine did not start. It needs a browser of the last two years."));
    });
    const reply = await this.#exchange(worker, { ...parts, task: "start", id: ++this.#last }, ended);
    if (reply.task !== "ready") throw new NotAvailable(`the worker said "${reply.task}"`);
    return { worker, triples: reply.triples };
  }

  /** Sends a request and waits for its reply, or for the end of the worker. */
  async #exchange(worker: Worker, request: Request, ended: AbortSignal): Promise<Reply> {
    const reply = await new Promise<Reply>((resolve, reject) => {
      const done = new AbortController();
      const settle = (how: () => void) => {
        done.abort();
        how();
      };
      const hear = ({ data }: MessageEvent<Reply>) => {
        if (data.id === request.id) settle(() => { resolve(data); });
      };
      worker.addEventListener("message", hear, { signal: done.signal });
      ended.addEventListener("abort", () => { settle(() => { reject(ended.reason as Error); }); }, { signal: done.signal });
      worker.postMessage(request);
    });
    if (reply.task !== "error") return reply;
    const error = reply.fatal ? new EngineError(OUT_OF_MEMORY) : new EngineError(reply.message, reply.diagnosis);
    if (reply.fatal) this.#end(error);
    throw error;
  }

  async #fetch(ended: AbortSignal): Promise<Parts> {
    const addresses = [this.#places.module, this.#places.data] as const;
    const sizes = new Map<URL, Size>();
    this.#report({ at: "fetching", loaded: 0, total: undefined });
    const fetched = addresses.map((address) =>
      fetchBlob(address, ended, (size) => {
        sizes.set(address, size);
        this.#report({ at: "fetching", ...sum([...sizes.values()], addresses.length) });
      }),
    );
    const [code, data] = (await Promise.all(fetched)) as [Blob, Blob];
    const module = await WebAssembly.compile(await code.arrayBuffer());
    return { module, data, mediaType: mediaTypeOf(this.#places.data) };
  }
}

/** Bytes that are there, and bytes that there will be, where that is known. */
interface Size {
  readonly loaded: number;
  readonly total: number | undefined;
}

/** Adds up the sizes of so many files; the total is known once it is known of each. */
function sum(sizes: readonly Size[], files: number): Size {
  const loaded = sizes.reduce((all, size) => all + size.loaded, 0);
  const totals = sizes.flatMap((size) => (size.total === undefined ? [] : [size.total]));
  return { loaded, total: totals.length < files ? undefined : totals.reduce((all, total) => all + total, 0) };
}

/** Fetches a file and tells how far it is. The length is not known where the server packs what it sends. */
async function fetchBlob(address: URL, signal: AbortSignal, tell: (size: Size) => void): Promise<Blob> {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok || response.body === null) throw new NotAvailable(`the server says ${response.status}`);
    const length = response.headers.has("content-encoding") ? null : response.headers.get("content-length");
    const reader = response.body.getReader();
    const parts: BlobPart[] = [];
    let loaded = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      loaded += part.value.byteLength;
      tell({ loaded, total: length === null ? undefined : Number(length) });
    }
    return new Blob(parts);
  } catch (error) {
    signal.throwIfAborted();
    throw new NotAvailable(`${address.pathname} could not be fetched: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
