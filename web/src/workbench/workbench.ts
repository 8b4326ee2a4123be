// One workbench on the page: its controls, and what they do.

import type { Editor, open as openEditor } from "./editor";
import { Engine, EngineError, type Progress, Stopped } from "./engine";
import { type Format, fileName, save } from "./exports";
import { type Problem, explain, refusal } from "./problems";
import { counted, present, summary } from "./results";
import { fragmentOf, queryOf } from "./share";
import { formOf } from "./sparql-text";
import { NO_VOCABULARY, type Vocabulary, fetchVocabulary } from "./vocabulary";

/** How many rows, or lines of Turtle, are shown of a large answer. */
const SHOWN = 1000;

type LoadEditor = () => Promise<{ open: typeof openEditor }>;

function button(label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  return made;
}

/** Makes the controls of one section and holds its state. */
export class Workbench {
  readonly #section: HTMLElement;
  readonly #written: HTMLElement;
  readonly #initial: string;
  readonly #loadEditor: LoadEditor;
  readonly #engine: Engine;
  readonly #run = button("Run");
  readonly #stop = button("Stop");
  readonly #change = button("Change");
  readonly #reset = button("Reset");
  readonly #copy = button("Copy link");
  readonly #host = document.createElement("div");
  readonly #state = document.createElement("p");
  readonly #progress = document.createElement("progress");
  readonly #error = document.createElement("p");
  readonly #results = document.createElement("div");
  #editor: Promise<Editor> | undefined;
  #opened: Editor | undefined;
  #text: string;
  #vocabulary: Promise<Vocabulary> | undefined;
  #running = false;

  /**
   * @param section the element that the workbench stands in.
   * @param written the element that shows the query as it was rendered.
   * @param data where the dump is.
   */
  constructor(section: HTMLElement, written: HTMLElement, data: URL, loadEditor: LoadEditor) {
    this.#section = section;
    this.#written = written;
    this.#initial = written.textContent.trimEnd();
    this.#text = this.#initial;
    this.#loadEditor = loadEditor;
    const places = {
      worker: new URL("workbench-worker.js", import.meta.url),
      module: new URL("oxigraph_bg.wasm", import.meta.url),
      data,
    };
    this.#engine = new Engine(places, (progress) => {
      this.#tell(progress);
    });
  }

  /** Puts the controls on the page, and the query of the address into the editor. */
  start(): void {
    this.#build();
    this.#setRunning(false);
    this.#fromAddress();
    addEventListener("hashchange", () => {
      this.#fromAddress();
    });
  }

  #build(): void {
    const controls = document.createElement("div");
    controls.className = "workbench-controls";
    controls.append(this.#run, this.#stop, this.#change, this.#reset, this.#copy);
    const hint = document.createElement("p");
    hint.className = "workbench-hint";
    hint.textContent = "Ctrl+Enter (⌘ Enter) runs. Ctrl+Space completes. Tab leaves the editor. The query runs in this browser and is sent nowhere.";
    this.#host.className = "workbench-editor";
    this.#host.hidden = true;
    this.#state.className = "workbench-state";
    this.#state.setAttribute("role", "status");
    this.#progress.hidden = true;
    this.#progress.setAttribute("aria-label", "Fetching the engine and the data");
    this.#error.className = "workbench-error";
    this.#error.setAttribute("role", "alert");
    this.#results.className = "workbench-results";
    this.#written.after(this.#host, controls, hint, this.#progress, this.#state, this.#error, this.#results);
    this.#run.className = "workbench-run";
    this.#run.addEventListener("click", () => void this.#answer());
    this.#stop.addEventListener("click", () => {
      if (this.#running) this.#engine.stop();
    });
    this.#change.addEventListener("click", () => void this.#open().then((editor) => { editor?.focus(); }));
    this.#reset.addEventListener("click", () => {
      this.#toInitial();
    });
    this.#copy.addEventListener("click", () => void this.#copyLink());
  }

  get #query(): string {
    return this.#opened?.text() ?? this.#text;
  }

  /** Opens the editor in place of the rendered query; undefined where it does not arrive. */
  async #open(): Promise<Editor | undefined> {
    this.#editor ??= this.#loadEditor().then(({ open }) => {
      const editor = open(this.#host, {
        text: this.#text,
        label: "SPARQL query",
        vocabulary: () => this.#terms(),
        run: () => void this.#answer(),
      });
      this.#written.hidden = true;
      this.#host.hidden = false;
      this.#change.hidden = true;
      this.#opened = editor;
      return editor;
    });
    try {
      return await this.#editor;
    } catch (error) {
      this.#editor = undefined;
      this.#fail({ text: `The editor could not be fetched: ${String(error)}` });
      return undefined;
    }
  }

  #terms(): Promise<Vocabulary> {
    const terms = this.#section.dataset["terms"];
    return (this.#vocabulary ??=
      terms === undefined ? Promise.resolve(NO_VOCABULARY) : fetchVocabulary(new URL(terms, document.baseURI)));
  }

  #fromAddress(): void {
    const query = queryOf(location.hash);
    if (query === undefined || query === this.#query) return;
    this.#text = query;
    void this.#open().then((editor) => {
      if (editor === undefined) {
        // What runs is what one sees.
        this.#text = this.#initial;
        return;
      }
      if (editor.text() !== query) editor.set(query);
      this.#say("This query came with the link. Run shows its answer.");
    });
  }

  #toInitial(): void {
    if (this.#running) this.#engine.stop();
    this.#text = this.#initial;
    this.#opened?.set(this.#initial);
    this.#clear();
    history.replaceState(null, "", location.pathname + location.search);
    this.#say("The query is as it was.");
  }

  async #copyLink(): Promise<void> {
    const address = new URL(location.href);
    address.hash = fragmentOf(this.#query);
    try {
      await navigator.clipboard.writeText(address.href);
      this.#say("Link copied.");
    } catch {
      // No clipboard without https, or it is not allowed: the address bar has the link.
      history.replaceState(null, "", address.hash);
      this.#say("The link is in the address bar.");
    }
  }

  /** Runs the query and shows its answer. */
  async #answer(): Promise<void> {
    if (this.#running) return;
    const query = this.#query;
    this.#clear();
    const refused = refusal(query);
    if (refused !== undefined) {
      this.#fail(refused);
      return;
    }
    history.replaceState(null, "", query === this.#initial ? location.pathname + location.search : fragmentOf(query));
    const form = formOf(query);
    await this.#whileRunning(query, async () => {
      const graph = form === "CONSTRUCT" || form === "DESCRIBE";
      const { answer, seconds } = await this.#engine.answer(query, graph, SHOWN);
      const { prefixes } = await this.#terms();
      const site = { base: this.#section.dataset["base"] ?? "", root: document.documentElement.dataset["root"] ?? "" };
      const download = (format: Format, whole: Blob | undefined) => void this.#download(query, format, whole);
      this.#results.replaceChildren(...present(answer, { site, prefixes, download }));
      this.#say(`${summary(answer)}, in ${seconds < 1 ? `${Math.ceil(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`}.`);
    });
  }

  /** Saves an answer; the engine writes it anew in a format that it has not written yet. */
  async #download(query: string, format: Format, whole: Blob | undefined): Promise<void> {
    const name = fileName(location.pathname, format);
    if (whole !== undefined) {
      save(whole, name);
      return;
    }
    if (this.#running) return;
    await this.#whileRunning(query, async () => {
      save(await this.#engine.write(query, format.mediaType), name);
      this.#say(`${format.label} written.`);
    });
  }

  async #whileRunning(query: string, work: () => Promise<void>): Promise<void> {
    this.#setRunning(true);
    try {
      await work();
    } catch (error) {
      if (error instanceof Stopped) this.#say("Stopped.");
      else if (error instanceof EngineError) this.#fail(explain(error.message, error.diagnosis, query));
      else this.#fail({ text: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#setRunning(false);
    }
  }

  #clear(): void {
    this.#error.textContent = "";
    this.#opened?.mark(undefined);
    this.#results.replaceChildren();
    this.#say("");
  }

  #fail(problem: Problem): void {
    this.#say("");
    this.#error.textContent = problem.text;
    this.#opened?.mark(problem.offset);
  }

  /** Buttons that do nothing now stay where the focus is: they only say that they do nothing. */
  #setRunning(running: boolean): void {
    this.#running = running;
    this.#run.setAttribute("aria-disabled", String(running));
    this.#stop.setAttribute("aria-disabled", String(!running));
    if (!running) this.#progress.hidden = true;
    this.#results.setAttribute("aria-busy", String(running));
  }

  #say(text: string): void {
    if (this.#state.textContent !== text) this.#state.textContent = text;
  }

  #tell(progress: Progress): void {
    this.#progress.hidden = progress.at !== "fetching";
    if (progress.at === "fetching") {
      if (progress.total === undefined) this.#progress.removeAttribute("value");
      else {
        this.#progress.max = progress.total;
        this.#progress.value = progress.loaded;
      }
      this.#say("Fetching the engine and the data, once for this visit …");
    } else if (progress.at === "loading") this.#say("Loading the data …");
    else this.#say(`Running over ${counted(progress.triples, "triple")} …`);
  }
}
