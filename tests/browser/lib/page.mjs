// What a page that stands in a browser is like: how wide it is, and whether it can be used by keyboard.

/** Runs in pages, put there as text: what the functions below ask the page. */
function probes() {
  const INTERACTIVE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]";
  // Within these, arrow keys move and Tab stops once (ARIA Authoring Practices, "Keyboard Navigation Inside Components").
  const COMPOSITE = ["combobox", "grid", "listbox", "menu", "radiogroup", "tablist", "toolbar", "tree"];
  const composites = COMPOSITE.map((role) => `[role=${role}]`).join();
  /** @type {Set<Element>} */
  const focused = new Set();
  /** @type {Element | undefined} */
  let last;

  /** A short name for an element. @param {Element} element */
  const nameOf = (element) => {
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const classes = [...element.classList].map((each) => `.${each}`).join("");
    return `${element.localName}${element.id ? `#${element.id}` : ""}${classes} "${text}"`;
  };

  /** Whether a link that Tab passes over has a twin at which it stops. @param {Element} element */
  const hasTwin = (element) => {
    const address = element.getAttribute("href");
    return address !== null && document.querySelector(`a[href="${CSS.escape(address)}"]:not([tabindex='-1'])`) !== null;
  };

  /** Whether Tab has to stop at an element. @param {Element} element */
  const isStop = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("[inert]")) return false;
    if (element.matches(":disabled")) return false;
    if (element.matches("[tabindex='-1']") && (element.matches(`${composites} *`) || hasTwin(element))) return false;
    if (element instanceof HTMLInputElement && element.type === "radio") {
      const group = [...document.getElementsByName(element.name)].map((each) => /** @type {HTMLInputElement} */ (each));
      return element.checked || (group[0] === element && !group.some((each) => each.checked));
    }
    return element.matches("a, area, button, input, select, textarea, summary") || !element.matches("[tabindex='-1']");
  };

  const hasOutline = (/** @type {Element} */ element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  };

  /** The part of a box that is on the screen: of what is taller, the middle may be far below. @param {DOMRect} box */
  const onScreen = ({ left, top, right, bottom }) => {
    const [x, y] = [Math.max(0, left), Math.max(0, top)];
    return { x, y, width: Math.min(innerWidth, right) - x, height: Math.min(innerHeight, bottom) - y };
  };

  /** Whether nothing of an element is to be seen: covered, clipped, or off the screen (WCAG 2.2, 2.4.11). @param {Element} element */
  const isObscured = (element) => {
    const points = [...element.getClientRects()].map(onScreen).flatMap(({ x, y, width, height }) =>
      [0.5, 0.1, 0.9].map((part) => document.elementFromPoint(x + width * part, y + height * part)),
    );
    return !points.some((hit) => hit && element.contains(hit));
  };

  return {
    overflow() {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      const wide = [...document.body.querySelectorAll("*")].filter(
        (each) => each.getBoundingClientRect().right > width + 1 || (each.clientWidth && each.scrollWidth > each.clientWidth + 1),
      );
      return ["the page scrolls sideways", ...wide.slice(0, 10).map(nameOf)];
    },
    /** Look at what has the focus; null where Tab has come round. A field of several parts keeps the focus for some Tabs. */
    look() {
      const element = document.activeElement;
      if (!element || element === document.body || (focused.has(element) && element !== last)) return null;
      const isNew = !focused.has(element);
      focused.add(element);
      last = element;
      return { name: nameOf(element), isNew, isOutlined: hasOutline(element), isObscured: isObscured(element) };
    },
    /** Where the focused element is. */
    place() {
      const { x, y, width, height } = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
      return { x: Math.max(0, x - 8), y: Math.max(0, y - 8), width: width + 16, height: height + 16 };
    },
    /** What Tab passed over: of the whole page, or of what stands before the place that it has come to. */
    neverFocused: (isWhole = true) =>
      [...document.querySelectorAll(INTERACTIVE)]
        .filter((each) => isStop(each) && !focused.has(each))
        .filter((each) => isWhole || (last && each.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING))
        .map((each) => `never focused: ${nameOf(each)}`),
  };
}

/**
 * Ask a page by one of the probes.
 * @template {keyof ReturnType<typeof probes>} K
 * @param {import("playwright-core").Page} page @param {K} name
 * @param {Parameters<ReturnType<typeof probes>[K]>} given
 * @returns {Promise<ReturnType<ReturnType<typeof probes>[K]>>}
 */
function ask(page, name, ...given) {
  // As a debugger does it, which the page's policy does not concern.
  return page.evaluate(`(globalThis.probes ??= (${probes})()).${name}(...${JSON.stringify(given)})`);
}

/**
 * The elements that make a page scroll sideways (WCAG 2.2, 1.4.10); none if it does not.
 * @param {import("playwright-core").Page} page
 */
export function overflow(page) {
  return ask(page, "overflow");
}

/** Pages with thousands of links are lists of the same: so many of them are gone through. */
const MOST_STOPS = 300;
/** A field for a date has parts that Tab goes through; what keeps the focus for longer keeps it for good. */
const LONGEST_STAY = 10;

/**
 * Go through a page by Tab: everything that can be used has to be reached, seen to be focused, and not be covered
 * (WCAG 2.2, 2.1.1, 2.1.2, 2.4.7, 2.4.11).
 * @param {import("playwright-core").Page} page fresh, with nothing focused
 * @returns {Promise<string[]>} what is wrong
 */
export async function focusFaults(page) {
  const faults = [];
  let isWhole = false;
  let stays = 0;
  for (let pressed = 0; pressed < MOST_STOPS && !isWhole; pressed++) {
    await page.keyboard.press("Tab");
    const found = await ask(page, "look");
    isWhole = found === null;
    stays = found?.isNew ? 0 : stays + 1;
    if (found && stays > LONGEST_STAY) return [...faults, `the keyboard is caught in ${found.name}`];
    if (!found?.isNew) continue;
    if (found.isObscured) faults.push(`focused out of sight: ${found.name}`);
    if (!found.isOutlined && !(await looksFocused(page))) faults.push(`no visible focus: ${found.name}`);
  }
  return [...faults, ...(await ask(page, "neverFocused", isWhole))];
}

/** Whether what has the focus looks otherwise than without. @param {import("playwright-core").Page} page */
async function looksFocused(page) {
  const clip = await ask(page, "place");
  const focused = await page.screenshot({ clip });
  // Tab goes on from here all the same.
  await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  return !focused.equals(await page.screenshot({ clip }));
}
