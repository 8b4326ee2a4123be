// A real Chromium, and pages in it that are watched: whatever a page should not do is noted as a fault.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM"] || "/usr/bin/chromium";
// Chromium's own traffic is off; no name but the host's resolves, so that nothing leaves the machine even if a page asks.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };
export const NARROWEST = { width: 320, height: 640 };

/** Start a browser; close it when done. */
export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

/**
 * Note everything that a page of a site should not do: errors and warnings on the console, errors of scripts, blocked by
 * its Content-Security-Policy, dialogs, requests to other hosts, requests that fail.
 * @param {import("playwright-core").Page} page
 * @param {string} root the only address below which it may ask for anything
 * @param {string[]} faults where to note them
 */
function watch(page, root, faults) {
  const note = (/** @type {string} */ fault) => faults.push(`${page.url().replace(root, "")}: ${fault}`);
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) note(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`error of a script: ${error.message}`));
  page.on("crash", () => note("the page crashed"));
  page.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isOwn(request.url(), root)) note(`outside request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // What a page stops itself (a worker that is ended, a download that takes the place of a navigation) is no fault.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") note(`failed request: ${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) note(`status ${response.status()}: ${response.url()}`);
  });
}

/** Whether an address is of the site, or of something that a page holds itself. @param {string} url @param {string} root */
function isOwn(url, root) {
  return [root, "data:", `blob:${new URL(root).origin}/`].some((start) => url.startsWith(start));
}

/** Runs in pages: what the policy forbids is said on the console, where watch() notes it. */
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** Runs in pages: addresses of other hosts that the page makes the browser connect to without a request that is seen. */
function outsideHints() {
  const fetching = /\b(stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|prerender|manifest)\b/;
  return [...document.querySelectorAll("link[href]")]
    .filter((link) => fetching.test(link.getAttribute("rel") ?? ""))
    .map((link) => new URL(link.getAttribute("href") ?? "", document.baseURI))
    .filter((address) => address.protocol !== "data:" && address.origin !== location.origin)
    .map((address) => address.href);
}

/**
 * Open a fresh page of a site and say what it did that it should not.
 * @param {import("playwright-core").Browser} browser
 * @param {import("./server.mjs").Host} host
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page) => Promise<void>} body what to do with the page
 * @returns {Promise<string[]>} the faults
 */
export async function faultsOf(browser, host, options, body) {
  /** @type {string[]} */
  const faults = [];
  // Smooth scrolling would have to be waited for.
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(10_000);
  context.on("page", (page) => watch(page, host.root, faults));
  if (options.javaScriptEnabled !== false) await context.addInitScript(reportViolations);
  host.missed.length = 0;
  try {
    const page = await context.newPage();
    await body(page);
    await settled(page);
    for (const hint of await page.evaluate(outsideHints)) faults.push(`outside request: ${hint}`);
  } finally {
    await context.close();
  }
  faults.push(...host.missed.map((path) => `not found: ${path}`));
  return faults;
}

/**
 * Wait until a page asks for nothing more, so that a fault of its last request is seen.
 * @param {import("playwright-core").Page} page
 */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
}

/**
 * Use a fresh page of a site; fails if the page does what it should not.
 * @param {import("playwright-core").Browser} browser
 * @param {import("./server.mjs").Host} host
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page) => Promise<void>} body what to do with the page
 */
export async function visit(browser, host, options, body) {
  assert.deepEqual(await faultsOf(browser, host, options, body), []);
}
