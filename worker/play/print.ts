import type { RecordReader } from "../emulator/features/recording/record-reader";
import type { CompileProblem, RunEnd } from "../protocol";

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
