import { MarkerSeverity, MarkerTag, editor } from "monaco-editor/editor";
import { type Diagnostic, getTypeScriptWorker } from "monaco-editor/languages/features/typescript/register";
import type { Problem } from "../problems.svelte";

type Model = editor.ITextModel;

/** After the last key: long enough not to check every letter, short enough to be there when one looks. */
const PAUSE_MS = 400;
/** The language's worker is still on its way. */
const RETRY_MS = 300;
const OWNER = "typescript";

/** TypeScript's own enum of categories, of which the worker sends the numbers. */
const SEVERITIES = [MarkerSeverity.Warning, MarkerSeverity.Error, MarkerSeverity.Hint, MarkerSeverity.Info];

/**
 * Checks all files whenever one has changed: Monaco itself checks only the changed one, so that a name that was taken away stays unnoticed where it is used.
 */
export class Diagnostics {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(
    private readonly models: () => readonly (readonly [name: string, model: Model])[],
    private readonly onproblems: (problems: readonly Problem[]) => void,
  ) {}

  /** To be called after every change of the files. */
  changed(waitMs = PAUSE_MS): void {
    clearTimeout(this.#timer);
    this.#round++;
    this.#timer = setTimeout(() => void this.#check(), waitMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#round++;
  }

  async #check(): Promise<void> {
    const round = this.#round;
    const models = this.models();
    try {
      const worker = await (await getTypeScriptWorker())(...models.map(([, model]) => model.uri));
      const found: Problem[] = [];
      for (const [name, model] of models) {
        if (round !== this.#round || model.isDisposed()) return;
        const uri = model.uri.toString();
        const diagnostics = await Promise.all([
          worker.getSyntacticDiagnostics(uri),
          worker.getSemanticDiagnostics(uri),
          worker.getSuggestionDiagnostics(uri),
        ]);
        if (round !== this.#round || model.isDisposed()) return;
        const markers = diagnostics.flat().map((it) => markerOf(model, it));
        editor.setModelMarkers(model, OWNER, markers);
        found.push(...markers.flatMap((marker) => problemOf(name, marker)));
      }
      this.onproblems(found);
    } catch {
      if (round === this.#round) this.changed(RETRY_MS);
    }
  }
}

function markerOf(model: Model, diagnostic: Diagnostic): editor.IMarkerData {
  const start = diagnostic.start ?? 0;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(start + (diagnostic.length ?? 1));
  return {
    severity: SEVERITIES[diagnostic.category] ?? MarkerSeverity.Info,
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
    message: textOf(diagnostic.messageText),
    code: String(diagnostic.code),
    tags: [
      ...(diagnostic.reportsUnnecessary ? [MarkerTag.Unnecessary] : []),
      ...(diagnostic.reportsDeprecated ? [MarkerTag.Deprecated] : []),
    ],
  };
}

/** Hints (a name that is never read) are shown in the text and are no problems. */
function problemOf(file: string, marker: editor.IMarkerData): Problem[] {
  if (marker.severity < MarkerSeverity.Warning) return [];
  const { startLineNumber: line, startColumn: column, message } = marker;
  const severity = marker.severity === MarkerSeverity.Error ? "error" : "warning";
  const code = typeof marker.code === "string" ? marker.code : "";
  return [{ file, line, column, severity, message, source: `TypeScript ${code}`.trim() }];
}

type MessageText = Diagnostic["messageText"];

/** A message may be explained by others, indented below it. */
function textOf(message: MessageText, depth = 0): string {
  if (typeof message === "string") return message;
  const next = (message.next ?? []).map((it) => textOf(it, depth + 1));
  return ["  ".repeat(depth) + message.messageText, ...next].join("\n");
}
