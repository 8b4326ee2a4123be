// A query in the fragment of an address: it can be sent to others and never reaches a server.

const KEY = "#query=";

/** The fragment, with its "#", that carries the query. */
export function fragmentOf(query: string): string {
  return KEY + encodeURIComponent(query);
}

/**
 * The query that a fragment carries, or undefined where it carries none or is broken.
 *
 * "+" stays what it is: in SPARQL it is the operator of a path, not a space.
 */
export function queryOf(fragment: string): string | undefined {
  if (!fragment.startsWith(KEY)) return undefined;
  try {
    return decodeURIComponent(fragment.slice(KEY.length));
  } catch {
    return undefined; // A percent sign without its two digits: an address that was cut off.
  }
}
