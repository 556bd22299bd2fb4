import type { StreamEntry } from "../../../core/flow/event-sources";
import type { StoredMapping, StoredPosition } from "../state";
import type { InvokeOutput } from "../types";
import type { Verdict } from "./verdict";

const SECOND_MS = 1000;
const MAX_DELAY_S = 60;

export const START: StoredPosition = { ends: [], tries: 0 };

/** Sequence numbers are decimal, of any length. */
export const comesAfter = (a: string, b: string): boolean => (a.length === b.length ? a > b : a.length > b.length);

/** Records that were read for one batch. */
export interface Taken {
  /** Those that the function gets. */
  readonly entries: readonly StreamEntry[];
  /** The last record that was looked at: behind it the next batch begins. */
  readonly through: string;
}

/** What comes of a batch: where the lane stands, and what was given up. */
export interface Advance {
  readonly position: StoredPosition;
  readonly givenUp: boolean;
}

/** The lane behind a record that is done with. */
export function behind(position: StoredPosition, through: string): StoredPosition {
  const ends = position.ends.filter((end) => comesAfter(end, through));
  return { after: through, ends, tries: 0 };
}

const delayMs = (tries: number): number => Math.min(2 ** (tries - 1), MAX_DELAY_S) * SECOND_MS;

/** Ends that this batch has, in place of any that lie within it. */
const withEnds = (position: StoredPosition, through: string, ...own: string[]): readonly string[] => [
  ...own,
  ...position.ends.filter((end) => comesAfter(end, through)),
];

/** Where a lane stands after a batch was tried. */
export function advance(
  position: StoredPosition,
  { entries, through }: Taken,
  verdict: Verdict,
  output: Pick<InvokeOutput, "requestId" | "executedVersion" | "functionError"> | undefined,
  mapping: StoredMapping,
  now: number,
): Advance {
  if (verdict === "none") return { position: behind(position, through), givenUp: false };
  const listed =
    verdict === "all" ? 0 : entries.findIndex((entry) => verdict.has(entry.sequenceNumber) || verdict.has(entry.name));
  const rest = entries.slice(listed);
  const done = listed > 0;
  const { bisectOnError = false, maximumRetryAttempts = 0 } = mapping;
  const [first, last] = [rest[0] as StreamEntry, rest[rest.length - 1] as StreamEntry];
  const failed = {
    ...{ start: first.sequenceNumber, end: last.sequenceNumber, size: rest.length },
    ...{ firstAt: first.at, lastAt: last.at },
    requestId: output?.requestId ?? "",
    executedVersion: output?.executedVersion ?? "",
    ...(verdict === "all" && output?.functionError && { functionError: output.functionError }),
  };
  const after = done ? (entries[listed - 1] as StreamEntry).sequenceNumber : position.after;
  const from = { ...(after !== undefined && { after }), failed };
  if (bisectOnError && done) {
    const split = { ...from, ends: withEnds(position, through, through), tries: 0 };
    return { position: split, givenUp: false };
  }
  if (bisectOnError && verdict === "all" && entries.length > 1) {
    const middle = (entries[Math.ceil(entries.length / 2) - 1] as StreamEntry).sequenceNumber;
    const halves = { ...from, ends: withEnds(position, through, middle, through), tries: position.tries };
    return { position: halves, givenUp: false };
  }
  const tries = done ? 1 : position.tries + 1;
  const again = { ...from, ends: withEnds(position, through, through), tries };
  if (maximumRetryAttempts >= 0 && tries > maximumRetryAttempts) return { position: again, givenUp: true };
  return { position: { ...again, retryAt: now + delayMs(tries) }, givenUp: false };
}
