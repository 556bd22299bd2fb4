import type { Clock } from "../../../emulator/core/clock/clock";
import type { ConsoleLevel } from "../../../emulator/features/recording/record-page";
import { format } from "./format";
import { inspect } from "./inspect";
import { table } from "./table";

/** Where lines go, and the clock that `console.time` reads. */
export interface ConsoleRealm {
  readonly run: { readonly clock: Clock; print(level: ConsoleLevel, text: string): void };
  readonly isOver: () => boolean;
}

const INDENT = "  ";

type Print = (...args: unknown[]) => void;

/** The program's `console`: text that is the same on every engine, on the run's clock. */
export function makeConsole({ run, isOver }: ConsoleRealm): Readonly<Record<string, Print>> {
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  let depth = 0;

  const write = (level: ConsoleLevel, text: string): void => {
    // Once a limit has ended the run, nothing else would break a loop that prints.
    if (isOver()) throw new Error("The run is over.");
    const indent = INDENT.repeat(depth);
    run.print(level, depth === 0 ? text : indent + text.replaceAll("\n", `\n${indent}`));
  };
  const at =
    (level: ConsoleLevel): Print =>
    (...args) =>
      write(level, format(args));
  const labelOf = (label: unknown): string =>
    label === undefined ? "default" : typeof label === "string" ? label : inspect(label);
  const elapsed = (label: unknown, rest: readonly unknown[]): void => {
    const name = labelOf(label);
    const from = timers.get(name);
    if (from === undefined) write("warn", `There is no timer "${name}".`);
    else write("log", format([`${name}: ${run.clock.nowMs() - from} ms`, ...rest]));
  };

  return {
    log: at("log"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    debug: at("debug"),
    dir: (value) => write("log", inspect(value)),
    dirxml: at("log"),
    table: (data, columns) => write("log", table(data, columns as string[] | undefined) ?? format([data])),
    trace: (...args) => write("log", args.length === 0 ? "Trace" : `Trace: ${format(args)}`),
    assert(condition, ...args) {
      if (!condition) write("error", args.length === 0 ? "Assertion failed" : `Assertion failed: ${format(args)}`);
    },
    group(...args) {
      if (args.length > 0) write("log", format(args));
      depth += 1;
    },
    groupCollapsed(...args) {
      if (args.length > 0) write("log", format(args));
      depth += 1;
    },
    groupEnd() {
      depth = Math.max(0, depth - 1);
    },
    count(label) {
      const name = labelOf(label);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      write("log", `${name}: ${count}`);
    },
    countReset: (label) => void counts.delete(labelOf(label)),
    time: (label) => void timers.set(labelOf(label), run.clock.nowMs()),
    timeLog: (label, ...rest) => elapsed(label, rest),
    timeEnd(label) {
      elapsed(label, []);
      timers.delete(labelOf(label));
    },
    clear: () => undefined,
  };
}
