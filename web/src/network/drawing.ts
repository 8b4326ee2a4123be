// The drawing: SVG made of elements, with geometry in attributes and looks in the page's style sheet.
import { AGENT, EVENT } from "./data";
import { lines, type Placed } from "./layout";
import type { Selected } from "./select";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const MOST_LABELLED = 60;

/** Makes an SVG element. */
export function shape(name: string, attributes: Record<string, string | number>, ...children: (Element | string)[]): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The rectangle that holds everything: x, y, width, height. */
export function extent(placed: readonly Placed[]): [number, number, number, number] {
  const [left, top] = [Math.min(...placed.map((p) => p.x - p.halfWidth)), Math.min(...placed.map((p) => p.y - p.halfHeight))];
  const [right, bottom] = [Math.max(...placed.map((p) => p.x + p.halfWidth)), Math.max(...placed.map((p) => p.y + p.halfHeight))];
  return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
}

/** Draws things and links; the things are buttons, of which one at a time is in the order of the Tab key. */
export function draw(placed: readonly Placed[], selected: readonly Selected[]): SVGElement {
  const svg = shape("svg", { class: "graph", role: "group", "aria-label": `Graph of ${placed.length} things. Arrow keys lead from one to the next.` });
  const at = new Map(placed.map((each) => [each.node, each]));
  const pairs = new Map<string, number>();
  const edges = shape("g", { class: selected.length > MOST_LABELLED ? "edges crowded" : "edges", "aria-hidden": "true" });
  for (const each of selected) {
    const [subject, object] = [at.get(each.link.subject), at.get(each.link.object)];
    if (subject === undefined || object === undefined) continue;
    const pair = [subject.node.path, object.node.path].sort().join(" ");
    const nth = pairs.get(pair) ?? 0;
    pairs.set(pair, nth + 1);
    edges.append(edge(each, subject, object, nth));
  }
  const arrow = shape("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, shape("path", { d: "M0 0L10 5L0 10z" }));
  svg.append(shape("defs", {}, arrow), edges, shape("g", { class: "nodes" }, ...placed.map(node)));
  return svg;
}

/** A line from border to border, bent where there are several between the same two things, with the role at its middle. */
function edge({ link }: Selected, subject: Placed, object: Placed, nth: number): SVGElement {
  const bend = nth === 0 ? 0 : (nth % 2 === 1 ? 1 : -1) * Math.ceil(nth / 2) * 36;
  const [dx, dy] = [object.x - subject.x, object.y - subject.y];
  const length = Math.hypot(dx, dy) || 1;
  // The side is that of the one pair, whichever way the link runs.
  const side = subject.node.path < object.node.path ? 1 : -1;
  const middle = { x: (subject.x + object.x) / 2 - (dy / length) * bend * side, y: (subject.y + object.y) / 2 + (dx / length) * bend * side };
  const [from, to] = [border(subject, middle), border(object, middle)];
  const path = shape("path", { class: `edge ${link.standing}`, d: `M${from.x} ${from.y}Q${round(middle.x)} ${round(middle.y)} ${to.x} ${to.y}` });
  if (link.direction > 0) path.setAttribute("marker-end", "url(#arrow)");
  if (link.direction < 0) path.setAttribute("marker-start", "url(#arrow)");
  const label = shape("text", { class: "role", x: round((from.x + to.x + 2 * middle.x) / 4), y: round((from.y + to.y + 2 * middle.y) / 4) + 3, "text-anchor": "middle" }, link.role);
  return shape("g", { class: "tie", "data-link": link.place }, path, label);
}

/** Where the way from the middle of a label to a point leaves the label. */
export function border(from: Placed, to: { x: number; y: number }): { x: number; y: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(1, from.halfWidth / (Math.abs(dx) || 1e-9), from.halfHeight / (Math.abs(dy) || 1e-9));
  return { x: round(from.x + dx * share), y: round(from.y + dy * share) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function node(placed: Placed, place: number): SVGElement {
  const { node: thing, halfWidth, halfHeight, x, y } = placed;
  const kind = thing.kind === AGENT ? "agent" : thing.kind === EVENT ? "event" : "other";
  const said = [thing.classes, thing.realis?.name].filter(Boolean).join(", ");
  const group = shape("g", { class: `node ${kind}`, transform: `translate(${x} ${y})`, role: "button", tabindex: place === 0 ? 0 : -1, "aria-label": `${thing.name}: ${said}`, "aria-pressed": "false", "data-node": place });
  group.append(shape("rect", { x: -halfWidth, y: -halfHeight, width: 2 * halfWidth, height: 2 * halfHeight, rx: kind === "agent" ? Math.min(halfHeight, 14) : 0 }));
  const text = lines(thing.name);
  const label = shape("text", { "text-anchor": "middle", ...(thing.language ? { lang: thing.language } : {}) });
  text.forEach((line, number) => {
    const prefix = number === 0 && thing.realis ? `${thing.realis.shape} ` : "";
    label.append(shape("tspan", { x: 0, y: (number - (text.length - 1) / 2) * 13 + 4 }, `${prefix}${line} `));
  });
  group.append(label);
  return group;
}
