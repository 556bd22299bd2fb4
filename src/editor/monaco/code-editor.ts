import { MarkerSeverity, Range, editor } from "monaco-editor/editor";
import type { FileView, Mark } from "../view.svelte";

export type CodeEditor = editor.IStandaloneCodeEditor;

/** What differs from Monaco's own defaults, to look like the plain editor it takes over from. */
const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  padding: { top: 8, bottom: 8 },
  minimap: { enabled: false },
  folding: false,
  glyphMargin: false,
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 14,
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  overviewRulerLanes: 2,
  hideCursorInOverviewRuler: true,
  // A program may be a stranger's.
  links: false,
  guides: { indentation: false },
  stickyScroll: { enabled: false },
  bracketPairColorization: { enabled: false },
  fixedOverflowWidgets: true,
  wordBasedSuggestions: "off",
  unicodeHighlight: { ambiguousCharacters: false },
  ariaLabel: "Text of the program",
};

export function createCodeEditor(container: HTMLElement): CodeEditor {
  const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--mono");
  return editor.create(container, { ...OPTIONS, fontFamily, model: null });
}

/** Caret, selection and scroll of the file that is shown. */
export function readView(code: CodeEditor): FileView | undefined {
  const model = code.getModel();
  const selection = code.getSelection();
  if (model === null || selection === null) return undefined;
  return {
    start: model.getOffsetAt(selection.getStartPosition()),
    end: model.getOffsetAt(selection.getEndPosition()),
    scrollTop: code.getScrollTop(),
    focused: code.hasTextFocus(),
  };
}

export function restoreView(code: CodeEditor, view: FileView): void {
  const model = code.getModel();
  if (model === null) return;
  code.setSelection(Range.fromPositions(model.getPositionAt(view.start), model.getPositionAt(view.end)));
  code.setScrollTop(view.scrollTop);
  if (view.focused) code.focus();
}

/** Shows what the last run said of a line, beside what the type checker says. Answers how to take it away. */
export function showMark(code: CodeEditor, model: editor.ITextModel, mark: Mark): () => void {
  const line = Math.min(Math.max(1, mark.line), model.getLineCount());
  const end = model.getLineMaxColumn(line);
  const start = Math.min(Math.max(1, mark.column), end);
  const range = new Range(line, start, line, end);
  editor.setModelMarkers(model, "run", [
    {
      severity: MarkerSeverity.Error,
      message: mark.message,
      source: "last run",
      startLineNumber: line,
      startColumn: start,
      endLineNumber: line,
      endColumn: end,
    },
  ]);
  const decorations = code.createDecorationsCollection([
    { range, options: { isWholeLine: true, className: "failed-line" } },
  ]);
  return () => {
    decorations.clear();
    if (!model.isDisposed()) editor.setModelMarkers(model, "run", []);
  };
}
