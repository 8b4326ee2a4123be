// Draws the links that pass the filters, and filters the table with the drawing.
import type { Criteria } from "../overview/criteria";
import { connect } from "../overview/form";
import { decode, type File, type Link } from "./data";
import { draw, extent } from "./drawing";
import { place, type Placed } from "./layout";
import { tell } from "./panel";
import { ends, select, type Selected } from "./select";
import { Viewport } from "../overview/viewport";

/** More things than this cannot be read in one drawing. */
const MOST_DRAWN = 80;

class Network {
  private readonly root = document.documentElement.dataset["root"] ?? "";
  private readonly rows = [...document.querySelectorAll<HTMLElement>("tr.link")];
  private readonly canvas = required(".canvas");
  private readonly panel = required(".panel");
  private readonly viewport = new Viewport(required(".drawn"));
  private placed: Placed[] = [];
  private selected: Selected[] = [];

  constructor(private readonly links: readonly Link[]) {
    required(".drawn").hidden = false;
    this.canvas.addEventListener("click", (event) => { this.choose(nodeOf(event.target)); });
    this.canvas.addEventListener("keydown", (event) => { this.key(event); });
  }

  /** Shows what passes, and says how much that is. */
  show(criteria: Criteria): string {
    this.selected = select(this.links, criteria);
    this.filterRows();
    const all = ends(this.selected);
    const nodes = all.slice(0, MOST_DRAWN);
    this.placed = place(nodes, this.selected);
    this.canvas.replaceChildren();
    this.panel.replaceChildren(hint());
    if (nodes.length > 0) {
      const drawing = draw(this.placed, this.selected);
      this.canvas.append(drawing);
      this.viewport.take(drawing, extent(this.placed), this.placed[0]);
    }
    const cut = all.length > nodes.length ? `; the ${nodes.length} with most links are drawn, the table has all` : "";
    return `${this.selected.length} of ${this.links.length} links between ${all.length} things${cut}`;
  }

  private filterRows(): void {
    const shown = new Set(this.selected.map(({ link }) => link.place));
    this.rows.forEach((row, number) => { row.hidden = !shown.has(number); });
    for (const body of document.querySelectorAll<HTMLElement>("table.links tbody")) {
      body.hidden = body.querySelector("tr.link:not([hidden])") === null;
    }
  }

  private elements(): SVGElement[] {
    return [...this.canvas.querySelectorAll<SVGElement>("[data-node]")];
  }

  private choose(element: SVGElement | null): void {
    const chosen = this.placed[Number(element?.dataset["node"] ?? -1)];
    if (element === null || chosen === undefined) return;
    for (const each of this.elements()) {
      each.setAttribute("tabindex", each === element ? "0" : "-1");
      each.setAttribute("aria-pressed", String(each === element));
    }
    const ties = new Set(this.selected.filter(({ link }) => link.subject === chosen.node || link.object === chosen.node).map(({ link }) => String(link.place)));
    for (const tie of this.canvas.querySelectorAll<SVGElement>(".tie")) tie.classList.toggle("chosen", ties.has(tie.dataset["link"] ?? ""));
    tell(this.panel, this.root, chosen.node, this.selected);
  }

  private key(event: KeyboardEvent): void {
    const element = nodeOf(event.target);
    if (element === null) return;
    if (event.key === "Enter" || event.key === " ") this.choose(element);
    else if (!this.step(element, event.key)) return;
    event.preventDefault();
  }

  /** Moves the focus to the nearest thing in the direction of an arrow key. */
  private step(element: SVGElement, key: string): boolean {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const from = this.placed[Number(element.dataset["node"])];
    if (direction === undefined || from === undefined) return false;
    const [right = 0, down = 0] = direction;
    let best = Infinity;
    let next: SVGElement | undefined;
    this.elements().forEach((candidate, number) => {
      const to = this.placed[number];
      if (to === undefined || to === from) return;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      const cost = ahead + 2 * aside;
      if (ahead > 0 && cost < best) [best, next] = [cost, candidate];
    });
    if (next !== undefined) {
      element.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    }
    return true;
  }
}

function nodeOf(target: EventTarget | null): SVGElement | null {
  return target instanceof Element ? target.closest<SVGElement>("[data-node]") : null;
}

function hint(): HTMLElement {
  const made = document.createElement("p");
  made.textContent = "Choose a thing in the drawing, and its claims are told here.";
  return made;
}

function required(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

const form = document.querySelector<HTMLFormElement>("form.filters");
if (form !== null) {
  const root = document.documentElement.dataset["root"] ?? "";
  const file = (await (await fetch(`${root}assets/network.json`)).json()) as File;
  const network = new Network(decode(file));
  connect(form, (criteria) => network.show(criteria));
}
