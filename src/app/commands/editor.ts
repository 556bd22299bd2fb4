import { editorView } from "../../editor/view.svelte";
import { vim } from "../../editor/vim.svelte";
import { layout } from "../app";
import type { Command } from "./command";
import { EDITOR_KEYS, KEYS } from "./keys";

/** Monaco's own; not there with the plain editor. */
const action = (id: keyof typeof EDITOR_KEYS, title: string, monaco: string, words?: string): Command => ({
  id,
  title,
  group: "Editor",
  key: EDITOR_KEYS[id],
  ...(words !== undefined && { words }),
  when: () => editorView.act !== undefined,
  run: () => act(monaco),
});

function act(monaco: string): unknown {
  layout.showEditor();
  return editorView.act?.(monaco);
}

export const editorCommands: readonly Command[] = [
  {
    id: "format",
    title: "Format file",
    group: "Editor",
    key: KEYS.format,
    words: "pretty indent document",
    when: () => editorView.act !== undefined,
    run: () => act("editor.action.formatDocument"),
  },
  {
    id: "snippet",
    title: "Insert snippet…",
    group: "Editor",
    words: "template code retry check bucket",
    when: () => editorView.insert !== undefined,
    run: () => layout.ask("snippets"),
  },
  action("editor.rename", "Rename symbol in all files", "editor.action.rename", "refactor"),
  action("editor.definition", "Go to definition", "editor.action.revealDefinition", "declaration jump"),
  action("editor.peek", "Peek definition", "editor.action.peekDefinition"),
  action("editor.references", "Find references", "editor.action.goToReferences", "usages"),
  action("editor.fix", "Quick fix", "editor.action.quickFix", "import"),
  action("editor.nextProblem", "Next problem", "editor.action.marker.nextInFiles", "error"),
  action("editor.find", "Find in file", "actions.find", "search replace"),
  action("editor.comment", "Comment or uncomment lines", "editor.action.commentLine"),
  action("editor.complete", "Complete the word", "editor.action.triggerSuggest", "suggest autocomplete"),
  action("editor.monaco", "All commands of the editor", "editor.action.quickCommand", "monaco"),
  {
    id: "vim",
    get title() {
      return vim.on ? "Turn Vim keys off" : "Turn Vim keys on";
    },
    group: "Editor",
    words: "modal keybindings vi",
    when: () => editorView.act !== undefined,
    run: () => vim.toggle(),
  },
  {
    id: "editor.focus",
    title: "Go to the editor",
    group: "Editor",
    icon: "code",
    words: "focus write",
    run: () => {
      layout.showEditor();
      editorView.focus?.();
    },
  },
];
