// Finds entries by words: all of them, else some; the beginnings of words, and words with a slip.

import MiniSearch, { type SearchOptions, type SearchResult } from "minisearch";
import { asked, compounds, indexed, tokens } from "./normalise";

/** A name: a text in the language of the site, or a text with its language tag. */
export type Name = string | readonly [text: string, language: string];

/** How a status or a standing shows; see `marks.py`. */
export interface Mark {
  readonly kind: string;
  readonly shape: string;
  readonly line: string;
  readonly firm: boolean;
  readonly negative: boolean;
  readonly label: string;
}

/** What `search.json` holds; see `search.py`. */
export interface Data {
  readonly kinds: readonly string[];
  readonly marks: readonly Mark[];
  readonly entries: readonly (readonly [path: string, kind: number, mark: number, names: readonly Name[], text: string])[];
}

/** A piece of a text, and whether it was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A name as it is shown. */
export interface Shown {
  readonly pieces: readonly Piece[];
  readonly language: string;
}

/** Something found. */
export interface Found {
  readonly path: string;
  readonly kind: string;
  readonly mark: Mark | undefined;
  readonly title: Shown;
  readonly others: readonly Shown[];
}

/** What was found, the best first; `all` tells whether each has all the words. */
export interface Answer {
  readonly found: readonly Found[];
  readonly all: boolean;
}

/** Kinds of which there are many stand behind what they are about. */
const WEIGHTS: Readonly<Record<string, number>> = { claim: 0.5, query: 0.6, property: 0.7, class: 0.8, concept: 0.8 };
const EXACT = 4;
const OTHER_NAMES = 3;

export function textOf(name: Name): string {
  return typeof name === "string" ? name : name[0];
}

/** A text in pieces: words of which a part is among the terms are hits. */
export function highlighted(text: string, terms: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const compound of compounds(text)) {
    if (!tokens(compound.text).some((token) => terms.has(token))) continue;
    if (compound.start > end) pieces.push({ text: text.slice(end, compound.start), hit: false });
    end = compound.start + compound.text.length;
    pieces.push({ text: compound.text, hit: true });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), hit: false });
  return pieces;
}

function hasHit(shown: Shown): boolean {
  return shown.pieces.some((piece) => piece.hit);
}

/** Finds the entries of a site. */
export class Finder {
  readonly #data: Data;
  readonly #index: MiniSearch<number>;
  readonly #whole = new Map<string, number[]>();

  constructor(data: Data) {
    this.#data = data;
    this.#index = new MiniSearch<number>({
      fields: ["names", "text"],
      extractField: (id, field) => this.#field(id, field),
      tokenize: indexed,
      processTerm: (term) => term,
    });
    this.#index.addAll(data.entries.map((_, id) => id));
    data.entries.forEach(([, , , names], id) => {
      for (const name of names) this.#remember(asked(textOf(name)).join(" "), id);
    });
  }

  #remember(name: string, id: number): void {
    const known = this.#whole.get(name);
    if (known === undefined) this.#whole.set(name, [id]);
    else known.push(id);
  }

  #field(id: number, field: string): string | number {
    if (field === "id") return id;
    const entry = this.#data.entries[id];
    if (entry === undefined) return "";
    return field === "names" ? entry[3].map(textOf).join("\n") : entry[4];
  }

  /** Finds what has all words of a text; where nothing has, what has some. */
  find(text: string): Answer {
    if (asked(text).length === 0) return { found: [], all: true };
    const whole = new Set(this.#whole.get(asked(text).join(" ")));
    const options: SearchOptions = {
      tokenize: asked,
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
      weights: { prefix: 0.5, fuzzy: 0.15 },
      boost: { names: 3 },
      boostDocument: (id: number) => this.#weight(id) * (whole.has(id) ? EXACT : 1),
    };
    const strict = this.#index.search(text, { ...options, combineWith: "AND" });
    const results = strict.length > 0 ? strict : this.#index.search(text, { ...options, combineWith: "OR" });
    return { found: results.flatMap((result) => this.#shown(result)), all: strict.length > 0 };
  }

  #weight(id: number): number {
    const kind = this.#data.kinds[this.#data.entries[id]?.[1] ?? -1] ?? "";
    return WEIGHTS[kind] ?? 1;
  }

  #shown(result: SearchResult): Found[] {
    const entry = this.#data.entries[result.id as number];
    if (entry === undefined) return [];
    const [path, kind, mark, names, text] = entry;
    const terms = new Set(result.terms);
    const [title, ...others] = names.map((name) => ({
      pieces: highlighted(textOf(name), terms),
      language: typeof name === "string" ? "" : name[1],
    }));
    if (title === undefined) return [];
    const rest = text === "" ? [] : [{ pieces: highlighted(text, terms), language: "" }];
    return [
      {
        path,
        kind: this.#data.kinds[kind] ?? "",
        mark: this.#data.marks[mark],
        title,
        others: [...others, ...rest].filter(hasHit).slice(0, OTHER_NAMES),
      },
    ];
  }
}

