// The SPARQL editor: CodeMirror in a shadow root, fetched when somebody wants to change a query.
//
// In a shadow root CodeMirror adopts constructed style sheets; in the document it would add <style> elements, which the site's
// policy (style-src 'self') forbids. Custom properties of the site reach into it.

import { autocompletion, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completion";
import { rangeAt } from "./problems";
import { appearance } from "./theme";
import type { Vocabulary } from "./vocabulary";

/** What the workbench does with an editor. */
export interface Editor {
  text(): string;
  /** Puts another text in its place; undo brings the old one back. */
  set(text: string): void;
  /** Marks the place of a mistake and puts the cursor there; undefined takes the mark away. */
  mark(offset: number | undefined): void;
  focus(): void;
}

export interface Options {
  readonly text: string;
  /** The name of the editor for those who do not see it. */
  readonly label: string;
  readonly vocabulary: () => Promise<Vocabulary>;
  readonly run: () => void;
}

const HIGHLIGHTS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--syntax-keyword)", fontWeight: "bold" },
  { tag: tags.standard(tags.variableName), color: "var(--syntax-keyword)" },
  { tag: tags.local(tags.variableName), color: "var(--syntax-variable)" },
  { tag: tags.atom, color: "var(--syntax-name)" },
  { tag: [tags.string, tags.meta], color: "var(--syntax-string)" },
  { tag: tags.comment, color: "var(--syntax-comment)", fontStyle: "italic" },
]);

const setMistake = StateEffect.define<number | undefined>();

/** The mark of a mistake; it goes as soon as the text changes. */
const mistake = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((each) => each.is(setMistake));
    if (effect === undefined) return transaction.docChanged ? Decoration.none : marks;
    if (effect.value === undefined || transaction.newDoc.length === 0) return Decoration.none;
    const [from, to] = rangeAt(transaction.newDoc.toString(), effect.value);
    const line = transaction.newDoc.lineAt(from).from;
    return Decoration.set([
      Decoration.line({ class: "cm-mistaken-line" }).range(line),
      Decoration.mark({ class: "cm-mistake" }).range(from, to),
    ]);
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marks): Record<string, string> => (marks.size > 0 ? { "aria-invalid": "true" } : {})),
  ],
});

/**
 * Puts typed text in place of a selection itself: the browser would keep the look of what it replaces by a style attribute, which the
 * site's policy forbids.
 */
const replaceSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event;
    if (inputType !== "insertText" || isComposing || data === null || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    return true;
  },
});

/** Opens an editor in an element. */
export function open(host: HTMLElement, options: Options): Editor {
  const root = host.attachShadow({ mode: "open" });
  const run = (view: EditorView) => {
    closeCompletion(view);
    options.run();
    return true;
  };
  const state = EditorState.create({
    doc: options.text,
    extensions: [
      // Tab is bound nowhere: it leaves the editor, as it leaves every field.
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      indentOnInput(),
      bracketMatching(),
      search({ top: true }),
      autocompletion({ override: [completions(options.vocabulary)] }),
      StreamLanguage.define(sparql),
      syntaxHighlighting(HIGHLIGHTS),
      mistake,
      replaceSelection,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": options.label }),
      appearance,
    ],
  });
  const view = new EditorView({ state, parent: root, root });
  return {
    text: () => view.state.doc.toString(),
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    mark(offset) {
      const move = offset === undefined ? {} : { selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true };
      view.dispatch({ effects: setMistake.of(offset), ...move });
    },
    focus() {
      view.focus();
    },
  };
}
