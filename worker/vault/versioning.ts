import type { Draft } from "../protocol";

const PAUSE_MS = 5 * 60_000;

/**
 * Whether a draft's state of `presentAt` is to be kept when one of `nextAt` replaces it: after a pause, or when the latest version is as old as that.
 * A clock that was set back counts as a pause.
 */
export function isDue(presentAt: number, nextAt: number, latestAt: number | undefined): boolean {
  const passed = (from: number, to: number): boolean => Math.abs(to - from) >= PAUSE_MS;
  return latestAt === undefined || passed(presentAt, nextAt) || passed(latestAt, presentAt);
}

/** Whether two states of a draft are the same to whoever reads and runs them. */
export const sameText = (a: Draft, b: Draft): boolean => textOf(a) === textOf(b);

const textOf = ({ title, files, settings, base }: Draft): string =>
  JSON.stringify([title, sorted(files), sorted(settings), base ?? null]);

const sorted = (record: object): readonly [string, unknown][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
