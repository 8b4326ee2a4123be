// Where an IRI in a result leads: the dataset's own to the page of this site, others to where they say.

// Names of files of a release; no other IRI of the dataset ends like one (docs/decisions/0008-dereferencing.md).
const FILE = /\.(?:cff|csv|gz|html|json|jsonld|nq|nt|rdf|trig|tsv|ttl|zip)$/;

/** What is needed to find a page: the base IRI of the dataset, and the way from this page to the root of the site. */
export interface Site {
  readonly base: string;
  readonly root: string;
}

/**
 * The address for an IRI; undefined where nothing should lead there.
 *
 * `<base>x` is the page `x.html` below the root, a fragment stays; the base itself is the home page. Of other IRIs only those
 * of the web become links: data must not be able to run a script.
 */
export function addressOf(iri: string, site: Site): string | undefined {
  if (site.base !== "" && iri.startsWith(site.base)) {
    const [path = "", ...fragment] = iri.slice(site.base.length).split("#");
    const page = path === "" ? "index.html" : FILE.test(path) ? path : `${path.replace(/\/$/, "")}.html`;
    const anchor = fragment.length > 0 ? `#${fragment.join("#")}` : "";
    return `${site.root === "" ? "./" : site.root}${page.replaceAll("?", "%3F")}${anchor}`;
  }
  return /^https?:\/\//i.test(iri) ? iri : undefined;
}
