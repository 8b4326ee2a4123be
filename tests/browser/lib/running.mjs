// What every test file of the site needs: the site on a host, and a browser, for as long as its tests run.
import { after, before } from "node:test";
import { launch, visit } from "./browser.mjs";
import { serve } from "./server.mjs";

/**
 * Host a folder and start a browser before the tests of a file, and end both after them.
 * @param {string | (() => Promise<string>)} folder the site, or what makes it
 */
export function hosted(folder) {
  /** @type {import("./server.mjs").Host} */ let host;
  /** @type {import("playwright-core").Browser} */ let browser;
  before(async () => {
    host = await serve(typeof folder === "string" ? folder : await folder());
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });
  return {
    /** The host; there when the tests run. */
    get host() {
      return host;
    },
    /** The browser; there when the tests run. */
    get browser() {
      return browser;
    },
    /**
     * Open a page of the site and use it; fails if it does what it should not.
     * @param {string} path below the site's root
     * @param {(page: import("playwright-core").Page) => Promise<void>} body what to do with it
     * @param {import("playwright-core").BrowserContextOptions} [options]
     */
    async open(path, body, options = {}) {
      host.sent.length = 0;
      await visit(browser, host, options, async (page) => {
        await page.goto(host.at(path), { waitUntil: "networkidle" });
        await body(page);
      });
    },
  };
}
