import { Range, type editor, languages } from "monaco-editor/editor";
import { type TextEdit, importEdit } from "../imports";
import { SNIPPETS, type Snippet } from "../snippets";
import type { CodeEditor } from "./code-editor";

/** Offers the snippets while one types. */
export function offerSnippets(): { dispose(): void } {
  return languages.registerCompletionItemProvider("typescript", {
    provideCompletionItems(model, position) {
      const { startColumn, endColumn } = model.getWordUntilPosition(position);
      const line = position.lineNumber;
      // Behind a dot stands a member.
      if (model.getLineContent(line).charAt(startColumn - 2) === ".") return { suggestions: [] };
      const range = new Range(line, startColumn, line, endColumn);
      return {
        suggestions: SNIPPETS.map((snippet) => ({
          label: { label: snippet.prefix, description: snippet.title },
          filterText: snippet.prefix,
          // Below the names of the program and the library.
          sortText: `z${snippet.prefix}`,
          kind: languages.CompletionItemKind.Snippet,
          insertText: snippet.body,
          insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
          documentation: snippet.title,
          range,
          additionalTextEdits: importEdits(model, snippet),
        })),
      };
    },
  });
}

interface SnippetController {
  insert(template: string): void;
}

/** Puts a snippet where the caret is, its places to fill in one Tab apart. */
export function insertSnippet(code: CodeEditor, snippet: Snippet): void {
  const model = code.getModel();
  if (model === null) return;
  const edits = importEdits(model, snippet);
  if (edits.length > 0) code.executeEdits("snippet", edits);
  code.focus();
  const controller = code.getContribution<editor.IEditorContribution & SnippetController>("snippetController2");
  controller?.insert(snippet.body);
}

function importEdits(model: editor.ITextModel, { names }: Snippet) {
  const edit = importEdit(model.getValue(), names);
  return edit === undefined ? [] : [{ range: rangeOf(model, edit), text: edit.insert }];
}

const rangeOf = (model: editor.ITextModel, { at, length }: TextEdit): Range =>
  Range.fromPositions(model.getPositionAt(at), model.getPositionAt(at + length));
