import type { Clock } from "../../../emulator/core/clock/clock";

interface Entry {
  readonly name: string;
  readonly entryType: "mark" | "measure";
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;
}

interface MeasureOptions {
  readonly start?: string | number;
  readonly end?: string | number;
  readonly duration?: number;
  readonly detail?: unknown;
}

/** `performance` on the run's clock: the origin is the run's start, and only waiting takes time. */
export function makePerformance(clock: Clock): object {
  const timeOrigin = clock.nowMs();
  let entries: Entry[] = [];
  let latest = 0;
  /** Never goes back, even when the program sets its clock back. */
  const now = (): number => (latest = Math.max(latest, clock.nowMs() - timeOrigin));

  const add = (entry: Entry): Entry => {
    entries.push(entry);
    return entry;
  };
  const timeOf = (mark: string | number): number => {
    if (typeof mark === "number") return mark;
    const found = entries.findLast(({ name, entryType }) => name === mark && entryType === "mark");
    if (!found) throw new DOMException(`There is no mark named ${JSON.stringify(mark)}.`, "SyntaxError");
    return found.startTime;
  };
  const rangeOf = ({ start, end, duration }: MeasureOptions): { from: number; to: number } => {
    const to =
      end !== undefined
        ? timeOf(end)
        : start !== undefined && duration !== undefined
          ? timeOf(start) + duration
          : now();
    const from = start !== undefined ? timeOf(start) : duration !== undefined ? to - duration : 0;
    return { from, to };
  };
  const inOrder = (): Entry[] => entries.toSorted((a, b) => a.startTime - b.startTime);
  const clear = (type: Entry["entryType"], name: string | undefined): void => {
    entries = entries.filter((it) => it.entryType !== type || (name !== undefined && it.name !== String(name)));
  };

  return {
    timeOrigin,
    now,
    mark: (name: string, { startTime, detail = null }: { startTime?: number; detail?: unknown } = {}): Entry =>
      add({ name: String(name), entryType: "mark", startTime: startTime ?? now(), duration: 0, detail }),
    measure(name: string, startOrOptions?: string | MeasureOptions, end?: string): Entry {
      const options: MeasureOptions =
        typeof startOrOptions === "object" ? startOrOptions : withoutMissing({ start: startOrOptions, end });
      const { from, to } = rangeOf(options);
      const { detail = null } = options;
      return add({ name: String(name), entryType: "measure", startTime: from, duration: to - from, detail });
    },
    getEntries: inOrder,
    getEntriesByName: (name: string, type?: string): Entry[] =>
      inOrder().filter((it) => it.name === name && (type === undefined || it.entryType === type)),
    getEntriesByType: (type: string): Entry[] => inOrder().filter((it) => it.entryType === type),
    clearMarks: (name?: string) => clear("mark", name),
    clearMeasures: (name?: string) => clear("measure", name),
    toJSON: () => ({ timeOrigin }),
  };
}

const withoutMissing = ({ start, end }: { start: string | undefined; end: string | undefined }): MeasureOptions => ({
  ...(start !== undefined && { start }),
  ...(end !== undefined && { end }),
});
