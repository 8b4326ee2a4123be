// What overviews are filtered by, and how that stands in the address of the page.

/** Name of a filter -> the values that pass; a filter that is not there lets everything pass. */
export type Criteria = ReadonlyMap<string, ReadonlySet<string>>;

/** What an entry has for each filter, and its first and last possible day (YYYY-MM-DD); a missing day is an open end. */
export interface Entry {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const PERIOD = new Set(["from", "to"]);

/** Tells whether something can have been going on in a period; what has no day at all is in none. */
export function inPeriod(entry: Entry, criteria: Criteria): boolean {
  const [from] = criteria.get("from") ?? [];
  const [to] = criteria.get("to") ?? [];
  if (from === undefined && to === undefined) return true;
  if (entry.from === undefined && entry.to === undefined) return false;
  return (to === undefined || entry.from === undefined || entry.from <= to) && (from === undefined || entry.to === undefined || entry.to >= from);
}

/** Tells whether an entry has one of the values of each filter, and is in the period. */
export function passes(entry: Entry, criteria: Criteria): boolean {
  for (const [name, wanted] of criteria) {
    if (!PERIOD.has(name) && !(entry.values.get(name) ?? []).some((value) => wanted.has(value))) return false;
  }
  return inPeriod(entry, criteria);
}

/** Puts what differs from the criteria at first into an address: an empty value stands for none at all. */
export function toAddress(criteria: Criteria, atFirst: Criteria): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of new Set([...criteria.keys(), ...atFirst.keys()])) {
    const now = criteria.get(name);
    if (isSame(now, atFirst.get(name))) continue;
    if (now === undefined || now.size === 0) address.append(name, now === undefined ? ANY : "");
    else for (const value of now) address.append(name, value);
  }
  return address;
}

/** Reads criteria from an address; what it does not name is as at first. */
export function fromAddress(address: URLSearchParams, atFirst: Criteria, names: Iterable<string>): Criteria {
  const found = new Map<string, ReadonlySet<string>>();
  for (const name of names) {
    const values = address.getAll(name).filter((value) => value !== "");
    const first = atFirst.get(name);
    if (!address.has(name)) {
      if (first !== undefined) found.set(name, first);
    } else if (!values.includes(ANY)) found.set(name, new Set(values));
  }
  return found;
}

/** What stands in an address for "let everything pass" where that is not so at first. */
const ANY = "*";

function isSame(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.size === other.size && [...one].every((value) => other.has(value));
}
