import { callText } from "./json-lines";
import { firstDifference } from "./deep-match";
import type { RecordedCall } from "./recorded-call";

/** How two recordings differ. */
export interface RecordingDiff {
  /** True when both have equal calls in the same order, ids apart. */
  readonly same: boolean;
  /** Calls only the other recording has. */
  readonly added: readonly RecordedCall[];
  /** Calls only this recording has. */
  readonly removed: readonly RecordedCall[];
  /** The first place where the two part. */
  readonly first?: FirstDifference;
}

/** The first call of two recordings that differs. */
export interface FirstDifference {
  /** Its place among the calls, from 0. */
  readonly index: number;
  /** This recording's call there; absent when it had ended. */
  readonly before?: RecordedCall;
  /** The other recording's call there; absent when it had ended. */
  readonly after?: RecordedCall;
  /** Which field differs first: `output.etag`. Empty when one of the two had ended. */
  readonly path: string;
}

/** Compares two lists of calls. Ids do not count: recorders number their calls for themselves. */
export function diffCalls(before: Iterable<RecordedCall>, after: Iterable<RecordedCall>): RecordingDiff {
  const [old, now] = [[...before], [...after]];
  const oldTexts = old.map(withoutIds);
  const nowTexts = now.map(withoutIds);
  const shared = Math.min(old.length, now.length);
  let index = 0;
  while (index < shared && oldTexts[index] === nowTexts[index]) index++;
  if (index === old.length && index === now.length) return { same: true, added: [], removed: [] };
  return {
    same: false,
    added: missing(now, nowTexts, oldTexts),
    removed: missing(old, oldTexts, nowTexts),
    first: firstAt(index, old[index], now[index]),
  };
}

function firstAt(index: number, before: RecordedCall | undefined, after: RecordedCall | undefined): FirstDifference {
  const path = before && after ? (firstDifference(comparable(before), comparable(after)) ?? "") : "";
  return { index, ...(before && { before }), ...(after && { after }), path };
}

/** Calls whose text occurs more often in their own list than in the other. */
function missing(calls: readonly RecordedCall[], texts: readonly string[], others: readonly string[]): RecordedCall[] {
  const left = new Map<string, number>();
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
  return calls.filter((_, i) => {
    const text = texts[i] as string;
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    return count === 0;
  });
}

const comparable = ({ id: _id, causeId: _causeId, flowId: _flowId, ...rest }: RecordedCall): Partial<RecordedCall> =>
  rest;
const withoutIds = (call: RecordedCall): string => callText(comparable(call));
