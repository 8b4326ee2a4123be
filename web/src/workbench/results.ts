// Answers as elements of the page. All that comes from the data is set as text.

import { type Format, GRAPH_FORMATS, JSON_RESULTS, ROW_FORMATS, TURTLE } from "./exports";
import { type Site, addressOf } from "./links";
import type { Answer, Value } from "./protocol";
import { type Vocabulary, curie } from "./vocabulary";

/** How values are shown, and what downloads do. */
export interface Presentation {
  readonly site: Site;
  readonly prefixes: Vocabulary["prefixes"];
  /** Downloads the answer; `whole` is there where the engine has already written it in that format. */
  readonly download: (format: Format, whole: Blob | undefined) => void;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
// What these are is seen from what they look like.
const PLAIN: ReadonlySet<string> = new Set(
  ["string", "integer", "decimal", "double", "boolean", "date", "dateTime"].map((name) => XSD + name).concat(RDF_LANG_STRING),
);

/** Makes an element with text or other elements in it. */
function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...inside: (string | Node)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...inside);
  return made;
}

/** "1 row", "1,234 rows". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** What an answer is, in a sentence for the live region. */
export function summary(answer: Answer): string {
  if (answer.kind === "boolean") return `The answer is ${answer.value ? "yes" : "no"}`;
  const noun = answer.kind === "rows" ? "row" : "line";
  const shown = answer.kind === "rows" ? answer.rows.length : answer.shown;
  const all = counted(answer.total, noun);
  return shown < answer.total ? `${all}, the first ${shown.toLocaleString("en")} are shown; downloads have all` : all;
}

/** Makes the elements of an answer. */
export function present(answer: Answer, presentation: Presentation): HTMLElement[] {
  if (answer.kind === "boolean") return [element("p", "workbench-yes-no", answer.value ? "Yes" : "No")];
  const graph = answer.kind === "graph";
  const downloads = element("p", "workbench-downloads", "Download: ");
  for (const format of graph ? GRAPH_FORMATS : ROW_FORMATS) {
    const button = element("button", "", format.label);
    button.type = "button";
    const written = format === (graph ? TURTLE : JSON_RESULTS) ? answer.whole : undefined;
    button.addEventListener("click", () => {
      presentation.download(format, written);
    });
    downloads.append(button, " ");
  }
  return [downloads, scrollable(graph ? element("pre", "", element("code", "", answer.text)) : table(answer, presentation))];
}

/** Wide answers scroll in a region of their own, which keys reach. */
function scrollable(content: HTMLElement): HTMLElement {
  const region = element("div", "workbench-scroll", content);
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", "Answer");
  return region;
}

function table(answer: Answer & { kind: "rows" }, presentation: Presentation): HTMLTableElement {
  const head = element("tr", "");
  for (const variable of answer.variables) {
    const cell = element("th", "", variable);
    cell.scope = "col";
    head.append(cell);
  }
  const body = element("tbody", "");
  for (const row of answer.rows) {
    const cells = answer.variables.map((variable) => {
      const value = row[variable];
      return element("td", "", ...(value === undefined ? [] : [shown(value, presentation)]));
    });
    body.append(element("tr", "", ...cells));
  }
  return element("table", "", element("caption", "", summary(answer)), element("thead", "", head), body);
}

/** A value: IRIs as links, literals with their language and direction, datatypes only where they are not plain to see. */
function shown(value: Value, presentation: Presentation): Node {
  switch (value.type) {
    case "uri":
      return link(value.value, presentation);
    case "bnode":
      return document.createTextNode(`_:${value.value}`);
    case "triple": {
      const { subject, predicate, object } = value.value;
      const parts = [subject, predicate, object].flatMap((part) => [shown(part, presentation), " "]);
      return element("span", "", "<<( ", ...parts, ")>>");
    }
    case "literal":
      return literal(value, presentation.prefixes);
  }
}

function link(iri: string, { site, prefixes }: Presentation): HTMLElement {
  const text = curie(iri, prefixes) ?? iri;
  const address = addressOf(iri, site);
  if (address === undefined) return element("span", "", text);
  const made = element("a", "", text);
  made.href = address;
  return made;
}

function literal(value: Value & { type: "literal" }, prefixes: Vocabulary["prefixes"]): HTMLElement {
  const text = element("span", "workbench-literal", value.value);
  text.dir = "auto";
  const language = value["xml:lang"];
  if (language !== undefined) {
    text.lang = language;
    return element("span", "", text, " ", element("span", "workbench-kind", `@${language}`));
  }
  const datatype = value.datatype;
  if (datatype === undefined || PLAIN.has(datatype)) return text;
  return element("span", "", text, " ", element("span", "workbench-kind", curie(datatype, prefixes) ?? datatype));
}
