import { EXPORT_FORMATS } from "../../../worker/emulator/features/recording/exports";
import { SNIPPETS } from "../../editor/snippets";
import { editorView } from "../../editor/view.svelte";
import { exportRecording } from "../../share/recording-export";
import { layout, runs, workspace } from "../app";
import { COMMANDS, isPossible } from "../commands";
import type { Choice, Command } from "../commands/command";
import { inOrder } from "../files";
import type { PaletteMode } from "../layout.svelte";
import { rememberCommand } from "./recent";

/** A line of the palette. */
export interface Entry extends Choice {
  readonly key?: string | undefined;
  readonly icon?: Command["icon"];
}

export const TITLES: Readonly<Record<PaletteMode, string>> = {
  commands: "Search commands and files",
  files: "Go to file",
  snippets: "Insert a snippet",
  exports: "Download the recording",
  keys: "Search keys",
};

/** What the palette offers in a mode, before any search. */
export function entriesOf(mode: PaletteMode): readonly Entry[] {
  switch (mode) {
    case "commands":
      return [...COMMANDS.filter((it) => it.id !== "palette" && isPossible(it)).map(commandEntry), ...fileEntries()];
    case "keys":
      return COMMANDS.filter((it) => it.key !== undefined).map(commandEntry);
    case "files":
      return fileEntries();
    case "exports":
      return EXPORT_FORMATS.map((format) => ({
        id: format.id,
        title: format.label,
        detail: format.summary,
        words: format.fileName,
        icon: "download",
        run: () => runs.shown && exportRecording(runs.shown, format),
      }));
    case "snippets":
      return SNIPPETS.map((snippet) => ({
        id: snippet.id,
        title: snippet.title,
        detail: snippet.prefix,
        words: snippet.prefix,
        run: () => {
          layout.showEditor();
          return editorView.insert?.(snippet);
        },
      }));
  }
}

function commandEntry(command: Command): Entry {
  const { id, title, group, words, key, icon } = command;
  return {
    id,
    title,
    detail: group,
    ...(words !== undefined && { words }),
    key,
    icon,
    run: () => {
      rememberCommand(id);
      return isPossible(command) ? command.run() : undefined;
    },
  };
}

const fileEntries = (): Entry[] =>
  inOrder(workspace.files).map((name) => ({
    id: `file ${name}`,
    title: name,
    detail: "File",
    icon: "file",
    run: () => {
      layout.showEditor();
      workspace.active = name;
      editorView.focus?.();
    },
  }));
