import { editorView } from "../../editor/view.svelte";
import { drafts, layout, workspace } from "../app";
import { ENTRY } from "../files";
import { open } from "../opening";
import { empty } from "../programs";
import type { Command } from "./command";
import { KEYS } from "./keys";

/** What Ctrl+S does: in order, as the person wants to find it again. */
async function save(): Promise<void> {
  await editorView.act?.("editor.action.formatDocument");
  await drafts.flush();
}

/** Lets the person type a file's name in its tab; "" for a new one. */
function nameFile(name: string): void {
  layout.showEditor();
  editorView.naming = name;
}

export const programCommands: readonly Command[] = [
  { id: "save", title: "Format and save", group: "Program", key: KEYS.save, words: "keep draft", run: save },
  {
    id: "file.go",
    title: "Go to file…",
    group: "Program",
    icon: "file",
    words: "open tab",
    run: () => layout.ask("files"),
  },
  { id: "file.new", title: "New file", group: "Program", icon: "plus", run: () => nameFile("") },
  {
    id: "file.rename",
    title: "Rename file",
    group: "Program",
    icon: "edit",
    when: () => workspace.active !== ENTRY,
    run: () => nameFile(workspace.active),
  },
  {
    id: "file.delete",
    title: "Delete file",
    group: "Program",
    icon: "trash",
    words: "remove",
    when: () => workspace.active !== ENTRY,
    run: () => workspace.deleteFile(workspace.active),
  },
  {
    id: "program.new",
    title: "New program",
    group: "Program",
    words: "empty blank",
    run: () => open(empty(workspace.settings.cloud)),
  },
  {
    id: "program.history",
    title: "History of this program",
    group: "Program",
    icon: "history",
    words: "versions earlier draft restore",
    when: () => workspace.origin.kind === "draft" || workspace.edited,
    run: async () => {
      await drafts.flush();
      layout.historyOf = workspace.id;
    },
  },
  {
    id: "examples",
    title: "Examples",
    group: "Program",
    icon: "examples",
    words: "programs open drafts yours",
    run: () => (layout.examplesOpen = true),
  },
];
