// What is told of a chosen thing: its page, and its links with the claims behind each.
import type { Claim, Node } from "./data";
import type { Selected } from "./select";

function element<K extends keyof HTMLElementTagNameMap>(name: K, ...children: (Node_ | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
type Node_ = globalThis.Node;

function name(text: string, language = ""): HTMLElement {
  const made = element("bdi", text);
  if (language) made.lang = language;
  return made;
}

function anchor(root: string, path: string, child: HTMLElement): HTMLElement {
  const made = element("a", child);
  made.href = root + path;
  return made;
}

/** Fills the panel. */
export function tell(panel: HTMLElement, root: string, node: Node, selected: readonly Selected[]): void {
  const heading = element("h2", anchor(root, node.path, name(node.name, node.language)));
  const about = element("p", [node.classes, node.realis && `${node.realis.shape} ${node.realis.name}`].filter(Boolean).join(" · "));
  const list = element("ul");
  for (const each of selected) {
    const { subject, object, role } = each.link;
    if (subject !== node && object !== node) continue;
    const other = subject === node ? object : subject;
    const words = subject === node ? [`${role}: `] : [`${role} of: `];
    const item = element("li", ...words, anchor(root, other.path, name(other.name, other.language)), claims(root, each));
    list.append(item);
  }
  panel.replaceChildren(heading, about, list);
}

function claims(root: string, { link, claims: shown }: Selected): HTMLElement {
  const list = element("ul");
  for (const claim of shown) list.append(element("li", line(root, claim, link.denying.includes(claim))));
  return list;
}

function line(root: string, claim: Claim, denies: boolean): HTMLElement {
  const made = element("span", anchor(root, claim.path, element("span", `${claim.status.shape} ${claim.status.name}`)));
  made.append(denies ? " (denies this)" : "", ` by ${claim.speakers.map((each) => each.name).join(", ")}, in ${claim.document.name}`);
  return made;
}
