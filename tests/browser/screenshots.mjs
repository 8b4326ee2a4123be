// Pictures of every kind of page on a phone and a desktop, to be looked at: node screenshots.mjs FOLDER [KIND ...]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DESKTOP, launch, PHONE, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { kinds, largest, SITE } from "./lib/site.mjs";

const [folder = "screenshots", ...chosen] = process.argv.slice(2);
// A picture of a page that goes on for a hundred screens says no more than one of its first ones.
const TALLEST = 4000;

await mkdir(folder, { recursive: true });
const host = await serve(SITE);
const browser = await launch();
for (const kind of chosen.length ? chosen : kinds.keys()) {
  for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await visit(browser, host, { viewport, colorScheme }, async (page) => {
        await page.goto(host.at(largest(kind)), { waitUntil: "networkidle" });
        const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), TALLEST);
        await page.setViewportSize({ ...viewport, height });
        await page.screenshot({ path: join(folder, `${kind.replace(" ", "-")}-${device}-${colorScheme}.png`) });
      });
    }
  }
}
await browser.close();
await host.close();
