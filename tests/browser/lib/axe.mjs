// Accessibility of a page by axe: every rule for WCAG 2.2 A and AA, and best practice.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/**
 * Find what axe says is wrong with a page as it stands.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>} a line for each rule and element
 */
export async function violations(page) {
  // As a debugger does it, which the page's policy does not concern; a script element it would rightly block.
  await page.evaluate(`globalThis.axe ?? (() => { ${SOURCE} })()`);
  return page.evaluate(async (tags) => {
    const found = await /** @type {any} */ (globalThis).axe.run(document, {
      runOnly: tags,
      resultTypes: ["violations"],
      preload: false,
    });
    return found.violations.flatMap((/** @type {import("axe-core").Result} */ rule) =>
      rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(" ")}: ${node.failureSummary?.replace(/\s+/g, " ")}`),
    );
  }, TAGS);
}
