// The harness itself: each kind of fault, planted on a page of its own, is caught, and a page without faults has none.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { faultsOf, launch } from "./lib/browser.mjs";
import { focusFaults, overflow } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { check } from "./lib/validator.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src 'self'">`;

// The focus is seen around what holds the link.
const RING = "<style>a { outline: none } .ring:focus-within { outline: 3px solid blue }</style>";

/** A valid page. @param {string} body @param {string} head */
function html(body, head = "") {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Planted</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>
<body><main><h1>Planted</h1>${body}</main></body></html>`;
}

/** @type {Record<string, string>} */
const FILES = {
  "clean.html": html('<p>Nothing is wrong. <a href="clean.html">Here</a></p>'),
  "error.html": html("", '<script src="error.js"></script>'),
  "error.js": "throw new Error('planted');",
  "said.html": html("", '<script src="said.js"></script>'),
  "said.js": "console.error('planted error'); console.assert(false, 'planted assertion');",
  "warning.html": html("", '<script src="warning.js"></script>'),
  "warning.js": "console.warn('planted');",
  "rejection.html": html("", '<script src="rejection.js"></script>'),
  "rejection.js": "Promise.reject(new Error('planted'));",
  "dialog.html": html("", '<script src="dialog.js"></script>'),
  "dialog.js": "alert('planted');",
  "outside.html": html('<img src="http://outside.example/planted.png" alt="">'),
  "outside-later.html": html("", '<script src="outside-later.js"></script>'),
  "outside-later.js": "setTimeout(() => fetch('http://outside.example/planted').catch(() => {}), 300);",
  "hint.html": html("", '<link rel="preconnect" href="https://outside.example">'),
  "missing.html": html('<img src="missing.png" alt="">'),
  "root.html": html('<img src="/missing.png" alt="">'),
  "policy.html": html("", `${POLICY}<script>document.title = 'run';</script>`),
  "axe.html": html('<img src="data:,"><p style="color:#bbb;background:#fff">faint</p>'),
  "wide.html": html('<div style="width:900px">wide</div>'),
  "focus.html": html('<a href="clean.html" style="outline:none">unseen</a>'),
  "trap.html": html('<a href="clean.html">1</a><button id="trap">2</button><a href="clean.html">3</a><script src="trap.js"></script>'),
  "trap.js": "document.getElementById('trap').addEventListener('keydown', (event) => event.preventDefault());",
  // Each link has an outline of its own; what is wrong is the one thing that its name says.
  "covered.html": html('<div style="position:fixed;inset:0;background:white"></div><a href="clean.html">under it</a>'),
  "half-covered.html": html('<div style="position:fixed;inset:0 auto 0 0;width:45px;background:white"></div><a href="clean.html">under it and beside it</a>'),
  "clipped.html": html('<div style="height:0;overflow:clip"><a href="clean.html">cut off</a></div>'),
  "tiny.html": html('<a href="clean.html" style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)">for ears only</a>'),
  "off-screen.html": html('<a href="clean.html" style="position:fixed;left:-999px">beside the screen</a>'),
  "tall.html": html('<div tabindex="0" style="height:9000px">a part of it is seen</div>'),
  "frame.html": html('<div style="outline:2px solid"><a href="clean.html" style="outline:none">in a frame that is always there</a></div>'),
  "ring.html": html('<div class="ring"><a href="clean.html">in a ring that comes with the focus</a></div>', RING),
  "mouse-only.html": html('<button tabindex="-1" onclick="void 0">not by keyboard</button>'),
};

/** @type {string} */ let folder;
/** @type {import("./lib/server.mjs").Host} */ let host;
/** @type {import("playwright-core").Browser} */ let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "planted-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  host = await serve(folder);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await host.close();
  await rm(folder, { recursive: true });
});

/** Open a planted page. @param {string} name @param {(page: import("playwright-core").Page) => Promise<void>} body */
function open(name, body = async () => {}) {
  return faultsOf(browser, host, {}, async (page) => {
    await page.goto(host.at(name));
    await body(page);
  });
}

test("a page without faults has none", async () => {
  const faults = await open("clean.html", async (page) => {
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(await focusFaults(page), []);
  });
  assert.deepEqual(faults, []);
});

for (const [name, fault] of /** @type {const} */ ([
  ["error.html", /error of a script: planted/],
  ["said.html", /console error: planted error/],
  ["said.html", /console assert: planted assertion/],
  ["warning.html", /console warning: planted/],
  ["rejection.html", /error of a script: planted/],
  ["dialog.html", /dialog: planted/],
  ["outside.html", /outside request: http:\/\/outside\.example\/planted\.png/],
  ["outside-later.html", /outside request: http:\/\/outside\.example\/planted/],
  ["hint.html", /outside request: https:\/\/outside\.example\//],
  ["missing.html", /not found: .*\/missing\.png/],
  ["missing.html", /status 404: .*\/missing\.png/],
  ["root.html", /not found: \/missing\.png/],
  ["policy.html", /policy violated: script-src/],
])) {
  test(`the fault of ${name} is caught: ${fault.source}`, async () => assert.match((await open(name)).join("\n"), fault));
}

test("a request that gets no answer is caught", async () => {
  const faults = await faultsOf(browser, host, {}, async (page) => {
    await page.route("**/missing.png", (route) => route.abort("connectionreset"));
    await page.goto(host.at("missing.html"));
  });
  assert.match(faults.join("\n"), /failed request: .*\/missing\.png: net::ERR_CONNECTION_RESET/);
});

test("a crash of a page beside the one that is used is caught", async () => {
  const faults = await open("clean.html", async (page) => {
    const other = await page.context().newPage();
    await Promise.all([other.waitForEvent("crash"), other.goto("chrome://crash").catch(() => {})]);
  });
  assert.match(faults.join("\n"), /the page crashed/);
});

test("axe finds what is planted", async () => {
  await open("axe.html", async (page) => {
    const found = (await violations(page)).join("\n");
    assert.match(found, /image-alt/);
    assert.match(found, /color-contrast/);
  });
});

test("what is too wide is found", async () => {
  await open("wide.html", async (page) => {
    await page.setViewportSize({ width: 320, height: 600 });
    assert.match((await overflow(page)).join(), /div/);
  });
});

for (const [name, fault] of Object.entries({
  "focus.html": /^no visible focus: a "unseen"$/,
  "frame.html": /^no visible focus: a "in a frame/,
  "covered.html": /^focused out of sight: a "under it"$/,
  "clipped.html": /^focused out of sight: a "cut off"$/,
  "tiny.html": /^focused out of sight: a "for ears only"$/,
  "off-screen.html": /^focused out of sight: a "beside the screen"$/,
  "trap.html": /^the keyboard is caught in button#trap/,
  "mouse-only.html": /^never focused: button/,
})) {
  test(`what is not to be used by keyboard is found, and nothing else: ${name}`, async () => {
    await open(name, async (page) => assert.match((await focusFaults(page)).join("\n"), fault));
  });
}

for (const name of ["half-covered.html", "tall.html", "ring.html"]) {
  test(`what can be used by keyboard is no fault: ${name}`, async () => {
    await open(name, async (page) => assert.deepEqual(await focusFaults(page), []));
  });
}

test("the HTML checker finds an error and a warning, and nothing in a valid page", async () => {
  const planted = await mkdtemp(join(tmpdir(), "planted-"));
  try {
    await writeFile(join(planted, "clean.html"), FILES["clean.html"] ?? "");
    assert.deepEqual(await check(planted), []);
    await writeFile(join(planted, "error.html"), html('<p id="a" id="b"><div></p>'));
    await writeFile(join(planted, "warning.html"), html("<section>no heading</section>"));
    const found = await check(planted);
    assert(found.some((each) => each.type === "error" && each.url.endsWith("/error.html")));
    assert(found.some((each) => each.type === "info" && each.url.endsWith("/warning.html")));
  } finally {
    await rm(planted, { recursive: true });
  }
});
