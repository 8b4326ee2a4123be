// The map: a closer look, and a filter by the standing of events, which counts anew what is at each place.
import { listed, show } from "./overview/entries";
import { connect } from "./overview/form";
import { numbers, Viewport } from "./overview/viewport";

const figure = document.querySelector<HTMLElement>(".atlas");
const map = figure?.querySelector<SVGElement>("svg.world");
const markers = [...document.querySelectorAll<SVGElement>(".marker")];

if (figure && map) {
  const sizes = [...map.querySelectorAll<SVGElement>(".sized > g")];
  const first = sizes.map((size) => Number(/[\d.]+/.exec(size.getAttribute("transform") ?? "")?.[0] ?? 1));
  // Marks keep their size on the screen, however much of the map is seen.
  const viewport = new Viewport(figure, (share) => {
    sizes.forEach((size, number) => { size.setAttribute("transform", `scale(${(first[number] ?? 1) * share})`); });
  });
  viewport.take(map, numbers(map.getAttribute("viewBox") ?? ""));
  for (const buttons of figure.querySelectorAll<HTMLElement>(".zoom")) buttons.hidden = false;
}

/** Puts the numbers of what is shown on the marks; a mark of nothing goes. */
function recount(): void {
  for (const marker of markers) {
    const id = marker.getAttribute("href")?.slice(1) ?? "";
    const count = document.getElementById(id)?.querySelectorAll(".there:not([hidden])").length ?? 0;
    marker.toggleAttribute("hidden", count === 0);
    const text = marker.querySelector(".number");
    if (text !== null) text.textContent = String(count);
  }
}

const form = document.querySelector<HTMLFormElement>("form.filters");
const entries = listed(".there");
if (form !== null) {
  connect(form, (criteria) => {
    const count = show(entries, criteria, ".place");
    recount();
    return `${count} of ${entries.length} shown`;
  });
}
