// The search page: what is typed is looked up in the browser, and the address keeps it (?q=).
//
// Stands on `<form data-search="address of search.json">` with an input `q`, and on the elements #search-state and
// #search-results. Nothing is fetched before somebody types or comes with words.

import { type Data, Finder, type Found, type Mark, type Shown } from "./finder";

const PAGE = 50;
const PAUSE = 150; // milliseconds after a key before the lookup

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** A name with what was looked for marked. */
function nameOf(shown: Shown): HTMLElement {
  const name = element("bdi", "", ...shown.pieces.map((piece) => (piece.hit ? element("mark", "", piece.text) : piece.text)));
  if (shown.language !== "") name.lang = shown.language;
  return name;
}

/** The mark of a status or a standing, as the pages have it. */
function markOf(mark: Mark): HTMLElement {
  const shape = element("span", "shape", mark.shape);
  shape.setAttribute("aria-hidden", "true");
  const made = element("span", `mark ${mark.kind} line-${mark.line}`, shape, " ", element("bdi", "", mark.label));
  made.classList.toggle("firm", mark.firm);
  made.classList.toggle("negative", mark.negative);
  return made;
}

/** One thing found, as an item of the list. */
function itemOf(found: Found, root: string): HTMLLIElement {
  const link = element("a", "", nameOf(found.title));
  link.href = root + found.path;
  const about = element("span", "about", element("span", "kind", found.kind));
  if (found.mark !== undefined) about.append(" ", markOf(found.mark));
  const item = element("li", "", link, " ", about);
  for (const other of found.others) item.append(element("span", "other", nameOf(other)));
  return item;
}

/** The search of one page. */
class Search {
  readonly #form: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #state: HTMLElement;
  readonly #list: HTMLElement;
  readonly #more = element("button", "", "Show more");
  #finder: Promise<Finder> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #found: readonly Found[] = [];

  constructor(form: HTMLFormElement, input: HTMLInputElement, state: HTMLElement, list: HTMLElement) {
    this.#form = form;
    this.#input = input;
    this.#state = state;
    this.#list = list;
  }

  start(): void {
    this.#more.type = "button";
    this.#more.hidden = true;
    this.#list.after(this.#more);
    this.#more.addEventListener("click", () => {
      this.#showMore();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#look();
    });
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#look();
      }, PAUSE);
    });
    addEventListener("popstate", () => {
      this.#fromAddress();
    });
    document.addEventListener("keydown", (event) => {
      this.#step(event);
    });
    this.#fromAddress();
  }

  #fromAddress(): void {
    this.#input.value = new URLSearchParams(location.search).get("q") ?? "";
    void this.#show();
  }

  #look(): void {
    clearTimeout(this.#timer);
    const words = this.#input.value.trim();
    history.replaceState(null, "", words === "" ? location.pathname : `?${new URLSearchParams({ q: words }).toString()}`);
    void this.#show();
  }

  #data(): Promise<Finder> {
    this.#finder ??= fetch(new URL(this.#form.dataset["search"] ?? "", document.baseURI)).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      return new Finder((await response.json()) as Data);
    });
    return this.#finder;
  }

  async #show(): Promise<void> {
    const words = this.#input.value.trim();
    if (words === "") {
      this.#found = [];
      this.#list.replaceChildren();
      this.#more.hidden = true;
      this.#state.textContent = "";
      return;
    }
    try {
      const finder = await this.#data();
      if (words !== this.#input.value.trim()) return; // somebody typed on while the data came
      const { found, all } = finder.find(words);
      this.#found = found;
      this.#list.replaceChildren();
      this.#showMore();
      this.#state.textContent = this.#count(words, all);
    } catch (error) {
      this.#finder = undefined;
      this.#state.textContent = `The search could not be fetched: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #count(words: string, all: boolean): string {
    const number = this.#found.length;
    if (number === 0) return `Nothing found for “${words}”.`;
    const things = number === 1 ? "1 result" : `${number} results`;
    return all ? `${things} for “${words}”.` : `Nothing has all of “${words}”; ${things} with a part of it.`;
  }

  #showMore(): void {
    const root = document.documentElement.dataset["root"] ?? "";
    const shown = this.#list.childElementCount;
    this.#list.append(...this.#found.slice(shown, shown + PAGE).map((found) => itemOf(found, root)));
    if (shown > 0) this.#list.children[shown]?.querySelector("a")?.focus();
    this.#more.hidden = this.#list.childElementCount >= this.#found.length;
  }

  /** The arrow keys go from the input to the results and through them. */
  #step(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.#input, ...this.#list.querySelectorAll("a")];
    const here = stops.findIndex((stop) => stop === document.activeElement);
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here === -1 || next === undefined) return;
    event.preventDefault();
    next.focus();
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-search]");
const input = form?.querySelector<HTMLInputElement>("input[name=q]");
const state = document.getElementById("search-state");
const list = document.getElementById("search-results");
if (form && input && state && list) new Search(form, input, state, list).start();
