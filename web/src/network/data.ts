// The links as the page's data file has them: lists that refer to each other by place (site/network_data.py).

export const AGENT = 0;
export const EVENT = 1;
export const STANDINGS = ["vouched", "claimed", "denied"] as const;

export interface Node {
  readonly path: string;
  readonly name: string;
  readonly language: string;
  /** AGENT, EVENT or something else. */
  readonly kind: number;
  readonly classes: string;
  /** The standing of an event; undefined for what is none. */
  readonly realis: Value | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A value of a vocabulary: its key in filters, its name, the shape of its mark. */
export interface Value {
  readonly key: string;
  readonly name: string;
  readonly shape: string;
}

export interface Named {
  readonly key: string;
  readonly name: string;
}

export interface Claim {
  readonly path: string;
  readonly status: Value;
  readonly realis: Value;
  readonly document: Named;
  readonly speakers: readonly Named[];
  readonly origins: readonly Named[];
}

export interface Link {
  /** Its place among all links, which is that of its row in the table. */
  readonly place: number;
  readonly subject: Node;
  readonly role: string;
  /** 1: an arrow points to the object; -1: to the subject; 0: there is none. */
  readonly direction: number;
  readonly object: Node;
  readonly kind: string;
  readonly standing: (typeof STANDINGS)[number];
  readonly stating: readonly Claim[];
  readonly denying: readonly Claim[];
}

/** What the file holds; see the classes of network_data.py. */
export interface File {
  readonly nodes: readonly [string, string, string, number, string, number, string, string][];
  readonly roles: readonly [string, number][];
  readonly kinds: readonly string[];
  readonly statuses: readonly [string, string, string][];
  readonly realis: readonly [string, string, string][];
  readonly documents: readonly [string, string][];
  readonly agents: readonly [string, string][];
  readonly claims: readonly [string, number, number, number, readonly number[], readonly number[]][];
  readonly links: readonly [number, number, number, number, number, readonly number[], readonly number[]][];
}

/** Puts things in the places that refer to them. */
export function decode(file: File): Link[] {
  const values = (list: File["statuses"]): Value[] => list.map(([key, name, shape]) => ({ key, name, shape }));
  const named = (list: File["agents"]): Named[] => list.map(([key, name]) => ({ key, name }));
  const statuses = values(file.statuses);
  const realis = values(file.realis);
  const documents = named(file.documents);
  const agents = named(file.agents);
  const nodes = file.nodes.map(([path, name, language, kind, classes, standing, from, to]) => ({
    path, name, language, kind, classes, realis: realis[standing], from: from || undefined, to: to || undefined,
  }));
  const claims = file.claims.map(([path, status, standing, document, speakers, origins]) => ({
    path,
    status: at(statuses, status),
    realis: at(realis, standing),
    document: at(documents, document),
    speakers: speakers.map((place) => at(agents, place)),
    origins: origins.map((place) => at(agents, place)),
  }));
  return file.links.map(([subject, role, object, kind, standing, stating, denying], place) => ({
    place,
    subject: at(nodes, subject),
    role: at(file.roles, role)[0],
    direction: at(file.roles, role)[1],
    object: at(nodes, object),
    kind: at(file.kinds, kind),
    standing: at(STANDINGS, standing),
    stating: stating.map((each) => at(claims, each)),
    denying: denying.map((each) => at(claims, each)),
  }));
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new RangeError(`the data of the network has no place ${place}`);
  return found;
}
