// Where the things stand. The same things and links always give the same picture: d3-force draws no lots of its own.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Node } from "./data";
import type { Selected } from "./select";

/** A thing with its place, and half the width and height of its label, in units of the drawing. */
export interface Placed {
  readonly node: Node;
  readonly halfWidth: number;
  readonly halfHeight: number;
  x: number;
  y: number;
}

interface Point extends SimulationNodeDatum {
  readonly each: Placed;
}

const ROUNDS = 400;
const GAP = 26;
const LINE_HEIGHT = 13;
const LETTER_WIDTH = 6;
const LONGEST_LINE = 24;
const MOST_LINES = 5;

/** Breaks a name into lines at spaces; a name of more lines than can be drawn is cut short. */
export function lines(name: string): string[] {
  const found: string[] = [];
  for (const word of name.split(" ")) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LONGEST_LINE) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found.length <= MOST_LINES ? found : [...found.slice(0, MOST_LINES - 1), `${found[MOST_LINES - 1] ?? ""} …`];
}

/** Places things so that those that are linked are near each other and no label covers another. */
export function place(nodes: readonly Node[], selected: readonly Selected[]): Placed[] {
  const placed: Placed[] = nodes.map((node) => {
    const text = lines(node.name);
    const longest = Math.max(...text.map((line) => line.length));
    return { node, halfWidth: (longest * LETTER_WIDTH) / 2 + 8, halfHeight: (text.length * LINE_HEIGHT) / 2 + 6, x: 0, y: 0 };
  });
  // Without coordinates: d3-force starts from a spiral of its own.
  const points = placed.map((each): Point => ({ each }));
  const byNode = new Map(points.map((point) => [point.each.node, point]));
  const springs = selected.flatMap(({ link }) => {
    const [source, target] = [byNode.get(link.subject), byNode.get(link.object)];
    return source && target ? [{ source, target }] : [];
  });
  forceSimulation(points)
    .force("links", forceLink(springs).distance(110).strength(0.4))
    .force("apart", forceManyBody().strength(-420).distanceMax(600))
    .force("labels", forceCollide<Point>(({ each }) => (each.halfWidth + each.halfHeight) / 2 + GAP))
    .force("x", forceX(0).strength(0.045))
    .force("y", forceY(0).strength(0.08))
    .stop()
    .tick(ROUNDS);
  for (const point of points) {
    point.each.x = Math.round(point.x ?? 0);
    point.each.y = Math.round(point.y ?? 0);
  }
  separate(placed);
  return placed;
}

/** Pushes labels apart that cover each other, along the way that is shorter; what is left after many rounds stays. */
export function separate(placed: readonly Placed[]): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const pushed = placed.map((one, number) => placed.slice(number + 1).filter((other) => push(one, other)).length);
    if (pushed.every((count) => count === 0)) return;
  }
}

function push(one: Placed, other: Placed): boolean {
  const wide = one.halfWidth + other.halfWidth + GAP - Math.abs(other.x - one.x);
  const high = one.halfHeight + other.halfHeight + GAP - Math.abs(other.y - one.y);
  if (wide <= 0 || high <= 0) return false;
  const axis = high <= wide ? "y" : "x";
  // Whole units, so that every push helps; where both stand at one point, the later one goes down.
  const step = Math.ceil(Math.min(wide, high) / 2);
  const sign = other[axis] < one[axis] ? -1 : 1;
  one[axis] -= sign * step;
  other[axis] += sign * step;
  return true;
}
