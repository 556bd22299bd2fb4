import type { ConsoleLevel } from "../emulator/features/recording/record-page";
import type { RecordReader } from "../emulator/features/recording/record-reader";
import type { RecordedCall } from "../emulator/features/recording/recorded-call";
import type { CompileProblem, ProgramError, RunEnd } from "../protocol";
import { metricsOf, type MetricsReport } from "./metrics";
import { resourcesOf, type ResourceReport } from "./resources";
import type { PlayedRun } from "./run";

/** A run as `--json` prints it. */
export interface Report {
  /** Absent when the program did not start, or how it ended depends on real time. */
  readonly digest?: string;
  readonly console: readonly { readonly level: ConsoleLevel; readonly text: string; readonly time: Date }[];
  readonly calls: readonly RecordedCall[];
  readonly metrics: MetricsReport;
  /** Present when the program has any. */
  readonly checks?: readonly { readonly name: string; readonly passed: boolean; readonly detail?: unknown }[];
  readonly resources: readonly ResourceReport[];
  /** Present unless the run completed. */
  readonly error?: { readonly reason: RunEnd["reason"] | "compile"; readonly message: string } & Partial<
    Omit<ProgramError, "message">
  >;
}

export function report({ end, reader, catalogue }: PlayedRun): Report {
  const { digest, error, reason } = end;
  const checks = all(reader, "check", (id) => reader.checkAt(id)).map(({ name, passed, detail }) => ({
    name,
    passed,
    ...(detail !== undefined && { detail }),
  }));
  const message = [end.message, error?.message ?? ""].filter((text) => text !== "").join(" ");
  return {
    ...(digest !== undefined && { digest }),
    console: all(reader, "console", (id) => {
      const { level, text, timeMs } = reader.consoleAt(id);
      return { level, text, time: new Date(timeMs) };
    }),
    calls: all(reader, "call", (id) => reader.callAt(id)),
    metrics: metricsOf(reader),
    ...(checks.length > 0 && { checks }),
    resources: catalogue ? resourcesOf(reader, catalogue) : [],
    ...(reason !== "completed" && { error: { reason, ...error, message } }),
  };
}

/** The report of a program that could not be compiled. */
export function problemReport({ message, file, line = 1, column = 1 }: CompileProblem): Report {
  const error = { reason: "compile", message, frames: [{ file, line, column }] } as const;
  return { console: [], calls: [], metrics: { operations: [], samples: [] }, resources: [], error };
}

/** Every record of a kind. */
export function all<T>(
  reader: RecordReader,
  kind: Parameters<RecordReader["ordinals"]>[0],
  read: (id: number) => T,
): T[] {
  const ordinals = reader.ordinals(kind);
  return Array.from({ length: ordinals.length }, (_, index) => read(ordinals.at(index)));
}
