// Hides the items of a list that lack what is typed.
//
// Stands on `<form data-filter="selector of the items" hidden>` with an input and an element [data-filter-count]; groups of
// items, [data-filter-group], go with their last item. Without scripts there is no form, and the list is whole.

import { normalise } from "./search/normalise";

/** Shows the items that have all words, and says how many. */
function filter(items: readonly HTMLElement[], texts: readonly string[], words: string, count: Element | null): void {
  const wanted = normalise(words).split(/\s+/).filter(Boolean);
  items.forEach((item, place) => {
    item.hidden = !wanted.every((word) => texts[place]?.includes(word));
  });
  for (const group of document.querySelectorAll<HTMLElement>("[data-filter-group]")) {
    group.hidden = items.filter((item) => group.contains(item)).every((item) => item.hidden);
  }
  const shown = items.filter((item) => !item.hidden).length;
  if (count) count.textContent = wanted.length === 0 ? "" : `${shown} of ${items.length}`;
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filter]")) {
  const items = [...document.querySelectorAll<HTMLElement>(form.dataset["filter"] ?? "")];
  const texts = items.map((item) => normalise(item.textContent));
  const input = form.querySelector("input");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
  });
  input?.addEventListener("input", () => {
    filter(items, texts, input.value, form.querySelector("[data-filter-count]"));
  });
}
