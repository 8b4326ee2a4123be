// Entries of a list on the page, with what they can be filtered by in their data attributes.
import { type Criteria, type Entry, passes } from "./criteria";

interface Listed extends Entry {
  readonly element: HTMLElement;
}

/** Finds the entries that a selector names. Values of an attribute are parted by spaces. */
export function listed(selector: string): Listed[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].map((element) => {
    const { from, to, ...rest } = element.dataset;
    const values = new Map(Object.entries(rest).map(([name, text]) => [name, (text ?? "").split(" ").filter(Boolean)] as const));
    return { element, values, from, to };
  });
}

/** Shows the entries that pass and hides the others, and the groups that have none left; says how many there are. */
export function show(entries: readonly Listed[], criteria: Criteria, groups: string): number {
  let count = 0;
  for (const entry of entries) {
    const isShown = passes(entry, criteria);
    entry.element.hidden = !isShown;
    if (isShown) count += 1;
  }
  for (const group of document.querySelectorAll<HTMLElement>(groups)) {
    group.hidden = entries.some((entry) => group.contains(entry.element)) && !entries.some((entry) => group.contains(entry.element) && !entry.element.hidden);
  }
  return count;
}
