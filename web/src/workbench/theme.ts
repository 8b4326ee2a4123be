// How the editor looks, by the custom properties of the site, which change with light and dark.

import { EditorView } from "@codemirror/view";

const SURFACE = "var(--surface, #f6f6f4)";
const TEXT = "var(--text, #1b1b1b)";
const MUTED = "var(--muted, #595959)";
const BORDER = "var(--border, #8a8a8a)";
const ACCENT = "var(--accent, #0b57a4)";
const ACCENT_TEXT = "var(--accent-text, #ffffff)";
const DANGER = "var(--danger, #b00020)";
const FRAME = `1px solid ${BORDER}`;

export const appearance = EditorView.theme({
  "&": { color: TEXT, backgroundColor: SURFACE, border: FRAME, borderRadius: "4px", fontSize: "0.95rem" },
  "&.cm-focused": { outline: `3px solid ${ACCENT}`, outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace", maxHeight: "32rem", overflow: "auto" },
  ".cm-content": { caretColor: TEXT, minHeight: "8rem" },
  ".cm-gutters": { color: MUTED, backgroundColor: SURFACE, borderRight: FRAME },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { backgroundColor: "transparent", outline: `1px solid ${ACCENT}` },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: `2px dotted ${DANGER}` },
  ".cm-specialChar": { color: DANGER },
  ".cm-mistake": { textDecoration: `underline wavy ${DANGER} 2px`, textUnderlineOffset: "3px" },
  ".cm-mistaken-line": { boxShadow: `inset 4px 0 ${DANGER}` },
  ".cm-tooltip": { color: TEXT, backgroundColor: SURFACE, border: FRAME, maxWidth: "min(36rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "16rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: ACCENT_TEXT,
    backgroundColor: ACCENT,
    // Where the system chooses the colours, only this is left to see.
    outline: `2px solid ${ACCENT}`,
    outlineOffset: "-2px",
  },
  ".cm-completionDetail": { color: MUTED, fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: ACCENT_TEXT },
  ".cm-completionIcon": { opacity: "1" },
  ".cm-completionInfo": { fontFamily: "system-ui, sans-serif", padding: "0.4rem 0.6rem" },
  ".cm-panels": { color: TEXT, backgroundColor: SURFACE },
  ".cm-panels-top": { borderBottom: FRAME },
  ".cm-textfield": { color: TEXT, backgroundColor: "transparent", border: FRAME },
  ".cm-button": { color: TEXT, backgroundColor: "transparent", backgroundImage: "none", border: FRAME },
  ".cm-panel.cm-search :is(input, button, label)": { fontSize: "0.9rem" },
  ".cm-panel.cm-search :is(.cm-textfield, .cm-button)": { minHeight: "26px" },
  ".cm-panel.cm-search [name=close]": { color: TEXT, minWidth: "24px", minHeight: "24px" },
  ".cm-searchMatch": { backgroundColor: "transparent", outline: `1px solid ${MUTED}` },
  ".cm-searchMatch-selected": { backgroundColor: "transparent", outline: `2px solid ${ACCENT}` },
});
