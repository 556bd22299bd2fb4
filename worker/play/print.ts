import type { CheckRecord, RecordReader } from "../emulator/features/recording/record-reader";
import type { CompileProblem, RunEnd } from "../protocol";
import { inspect } from "../sandbox/program/console/inspect";
import { all } from "./report";

/** Prints the console lines of a recording as it grows. */
export class ConsolePrinter {
  private printed = 0;

  print(reader: RecordReader): void {
    const lines = reader.ordinals("console");
    for (; this.printed < lines.length; this.printed++) {
      process.stdout.write(`${reader.consoleAt(lines.at(this.printed)).text}\n`);
    }
  }
}

const place = ({
  file,
  line,
  column,
}: {
  file: string;
  line?: number | undefined;
  column?: number | undefined;
}): string => [file, line, column].filter((part) => part !== undefined).join(":");

export const describeProblem = (problem: CompileProblem): string => `${place(problem)}: ${problem.message}`;

/** What there is to say about how a run ended; nothing when it completed. */
export function describeEnd({ reason, message, error }: RunEnd): string {
  if (reason === "completed") return "";
  const lines = message === "" ? [] : [message];
  if (error) {
    lines.push(`${error.code ?? error.name}: ${error.message}`);
    for (const frame of error.frames)
      lines.push(`    at ${frame.function ? `${frame.function} (${place(frame)})` : place(frame)}`);
  }
  return `${lines.join("\n")}\n`;
}

export const failedChecks = (reader: RecordReader): CheckRecord[] =>
  all(reader, "check", (id) => reader.checkAt(id)).filter((it) => !it.passed);

/** Which checks failed, with what was found; nothing when all passed. */
export function describeChecks(reader: RecordReader): string {
  const failed = failedChecks(reader);
  if (failed.length === 0) return "";
  const lines = failed.map(({ name, detail }) => `  ${name}${detail === undefined ? "" : `: ${detailText(detail)}`}`);
  return `${failed.length} of ${reader.ordinals("check").length} checks failed:\n${lines.join("\n")}\n`;
}

const detailText = (detail: unknown): string =>
  (typeof detail === "string" ? detail : inspect(detail)).replaceAll("\n", "\n    ");
