import type { JsonValue } from "../../core/json";

/** An event as rules and targets see it: plain data, its detail read. */
export interface EventRecord {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonValue;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly resources: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly replayName?: string;
}

/** `2026-04-01T12:00:00Z`: AWS's events know no smaller unit. */
export const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`;

/** The payload's name of the replay an event comes from. */
export const REPLAY_NAME = "replay-name";

/**
 * What patterns, input paths and transformers see of an event, the same on every cloud: the envelope of EventBridge.
 */
export function patternDocument(event: EventRecord): { [name: string]: JsonValue } {
  const { id, source, detailType, detail, time, resources, account, region, replayName } = event;
  return {
    version: "0",
    id,
    "detail-type": detailType,
    source,
    account,
    time: wholeSeconds(time),
    region,
    resources: [...resources],
    ...(replayName !== undefined && { [REPLAY_NAME]: replayName }),
    detail,
  };
}
