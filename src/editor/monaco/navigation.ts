import { type IRange, type IPosition, Uri, editor } from "monaco-editor/editor";
import type { Place } from "../view.svelte";

/** A file that is not part of the program, shown to be read. */
export interface Library {
  readonly title: string;
  readonly model: editor.ITextModel;
  readonly at: IPosition;
}

const NAMES: Readonly<Record<string, string>> = {
  "/node_modules/tabcloud/index.d.ts": '"tabcloud"',
  "/node_modules/@types/sandbox/globals.d.ts": "the globals of a program",
};

interface Goals {
  readonly hasFile: (name: string) => boolean;
  readonly goTo: (place: Place) => void;
  readonly read: (library: Library) => void;
}

/** Lets "go to definition" leave the open file: to another one of the program, or to what it imports. */
export function openElsewhere({ hasFile, goTo, read }: Goals): { dispose(): void } {
  return editor.registerEditorOpener({
    openCodeEditor(_source, resource, target) {
      const at = startOf(target);
      const file = resource.path.slice(1);
      if (resource.scheme !== "file") return false;
      if (hasFile(file)) {
        goTo({ file, line: at.lineNumber, column: at.column });
        return true;
      }
      const model = editor.getModel(Uri.revive(resource));
      if (model === null) return false;
      read({ title: NAMES[resource.path] ?? "the language", model, at });
      return true;
    },
  });
}

function startOf(target: IRange | IPosition | undefined): IPosition {
  if (target === undefined) return { lineNumber: 1, column: 1 };
  if ("lineNumber" in target) return target;
  return { lineNumber: target.startLineNumber, column: target.startColumn };
}
