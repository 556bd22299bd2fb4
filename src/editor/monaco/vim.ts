import { initVimMode } from "monaco-vim";
import type { CodeEditor } from "./code-editor";

/** Gives the editor Vim's keys, and shows the mode and what is typed for it in `line`. Answers how to take them away. */
export function startVim(code: CodeEditor, line: HTMLElement): () => void {
  const mode = initVimMode(code, line);
  return () => mode.dispose();
}
