// The prefixes and terms that completion offers and results are shortened with: assets/terms.json, which the site's renderer writes.

/** A term that completion offers. */
export interface Term {
  /** The prefixed name, as it stands in a query. */
  readonly name: string;
  /** "class", "property", "concept" … */
  readonly kind: string;
  readonly label: string;
  readonly definition: string;
}

/** Prefixes (without colon) with their namespaces, and terms. */
export interface Vocabulary {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
}

/** What there is where the site has no terms, or they do not arrive: the workbench works without. */
export const NO_VOCABULARY: Vocabulary = { prefixes: {}, terms: [] };

/** Fetches the terms. */
export async function fetchVocabulary(address: URL): Promise<Vocabulary> {
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as Vocabulary) : NO_VOCABULARY;
  } catch {
    return NO_VOCABULARY;
  }
}

/** Shortens an IRI by the longest namespace that fits; undefined where none does, or what is left is no simple name. */
export function curie(iri: string, prefixes: Vocabulary["prefixes"]): string | undefined {
  let best: [prefix: string, namespace: string] | undefined;
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && namespace.length > (best?.[1].length ?? 0)) best = [prefix, namespace];
  }
  if (best === undefined) return undefined;
  const local = iri.slice(best[1].length);
  return /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(local) ? `${best[0]}:${local}` : undefined;
}
