// Which links pass the filters: those with claims that do, and enough origins among these.
import { type Criteria, type Entry, inPeriod } from "../overview/criteria";
import { type Claim, EVENT, type Link, type Node } from "./data";

/** A link that passes, with those of its claims that do. */
export interface Selected {
  readonly link: Link;
  readonly claims: readonly Claim[];
}

/** Selects links. A link without an event has no time, and is in no period. */
export function select(links: readonly Link[], criteria: Criteria): Selected[] {
  const kinds = criteria.get("kind");
  const [least] = criteria.get("origins") ?? [];
  const found: Selected[] = [];
  for (const link of links) {
    if (kinds !== undefined && !kinds.has(link.kind)) continue;
    if (!inPeriod(time(link), criteria)) continue;
    const claims = [...link.stating, ...link.denying].filter((claim) => claimPasses(claim, criteria));
    const origins = new Set(claims.flatMap((claim) => claim.origins.map((origin) => origin.key)));
    if (claims.length > 0 && origins.size >= Number(least ?? 0)) found.push({ link, claims });
  }
  return found;
}

function claimPasses(claim: Claim, criteria: Criteria): boolean {
  const has: Record<string, readonly string[]> = {
    status: [claim.status.key],
    realis: [claim.realis.key],
    document: [claim.document.key],
    speaker: claim.speakers.map((speaker) => speaker.key),
  };
  return Object.entries(has).every(([name, values]) => {
    const wanted = criteria.get(name);
    return wanted === undefined || values.some((value) => wanted.has(value));
  });
}

function time(link: Link): Entry {
  const event = [link.subject, link.object].find((node) => node.kind === EVENT);
  return { values: new Map(), from: event?.from, to: event?.to };
}

/** The things at the ends of links, those with most links first; those with equally many in the order of their pages. */
export function ends(selected: readonly Selected[]): Node[] {
  const counts = new Map<Node, number>();
  for (const { link } of selected) {
    for (const node of [link.subject, link.object]) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a.path < b.path ? -1 : 1));
}
