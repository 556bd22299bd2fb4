import type { CheckRecord, RecordReader } from "../../../worker/emulator/features/recording/record-reader";

/** How many lines are drawn before anyone asks for more. */
export const LINES = 300;

/** Records of the checks to show: in order, or failed ones first. */
export function checkLines(recording: RecordReader, failedFirst: boolean, most: number): number[] {
  const ids = recording.ordinals("check");
  const all = Array.from({ length: ids.length }, (_, i) => ids.at(i));
  if (!failedFirst) return all.slice(0, most);
  const [failed, passed]: [number[], number[]] = [[], []];
  for (const id of all) (recording.passedAt(id) ? passed : failed).push(id);
  return [...failed, ...passed].slice(0, most);
}

/** The call that was made last before a check; undefined when there was none. */
export function callBefore(recording: RecordReader, check: number): number | undefined {
  const calls = recording.ordinals("call");
  const rank = calls.rank(check);
  return rank === 0 ? undefined : calls.at(rank - 1);
}

/** What an expectation asked for and found, as `expect` writes it, or a program's own detail of that form. */
export interface Expectation {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly calls: readonly string[];
}

export function expectationOf({ detail }: Pick<CheckRecord, "detail">): Expectation | undefined {
  if (typeof detail !== "object" || detail === null || !("expected" in detail) || !("actual" in detail))
    return undefined;
  const { expected, actual } = detail;
  const calls = "calls" in detail && Array.isArray(detail.calls) ? (detail.calls as readonly unknown[]) : [];
  return { expected, actual, calls: calls.filter((it) => typeof it === "string") };
}
