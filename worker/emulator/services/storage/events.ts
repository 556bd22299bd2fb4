import type { Call } from "../../core/service/call";
import type { NativeEvent } from "./dialect";
import type { State, StoredBucket, Version } from "./state";
import { sequencerOf, type Stamp } from "./stamp";
import type { NotificationRule, StorageEventName } from "./types";

/** What did it. */
export type EventCause = "Put" | "Copy" | "CompleteMultipartUpload" | "Delete" | "DeleteMarkerCreated" | "Transition";

/** The type under which {@link StorageEvent}s are emitted. */
export const STORAGE_EVENT = "storage.object";

/** A change of an object, told in no cloud's words; `notices.ts` makes a native envelope of it for each target. */
export interface StorageEvent {
  readonly name: StorageEventName;
  readonly cause: EventCause;
  readonly bucket: string;
  readonly bucketArn: string;
  readonly region: string;
  /** Who asked for it, or was asked. */
  readonly requestId: string;
  /** A UUID. */
  readonly eventId: string;
  /** The version that came, changed or went. */
  readonly version: Version;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly contentType: string;
  readonly storageClass: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly versionId?: string;
  /** 16 hex digits that rise with each change of a key. */
  readonly sequencer: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The version that a write put out of the way. */
  readonly overwrote?: string;
  /** What was removed is still there, as a version. */
  readonly kept?: true;
  /** Rules that fit, in the order of the configuration. */
  readonly rules: readonly Required<Pick<NotificationRule, "id" | "target">>[];
  readonly eventBus?: string | true;
}

export interface Change {
  readonly name: StorageEventName;
  readonly cause: EventCause;
  readonly version: Version;
  readonly versionId: string | undefined;
  readonly stamp: Stamp;
  readonly overwrote?: string | undefined;
  readonly kept?: boolean;
}

/** Whether a rule is about such a change; prefix and suffix compare the raw key. */
function covers(
  rule: NotificationRule,
  { name, cause, version }: Change,
  native: Readonly<Record<string, NativeEvent>>,
): boolean {
  const { prefix = "", suffix = "" } = rule;
  if (!version.key.startsWith(prefix) || !version.key.endsWith(suffix)) return false;
  return rule.events.some((event) => {
    const meant = native[event];
    return meant ? meant.name === name && (meant.cause ?? cause) === cause : event === name;
  });
}

/** Tells of a committed change, if anybody wants to know. */
export function announce(call: Call, state: State, bucket: StoredBucket, change: Change): void {
  const { notifications } = bucket;
  if (!notifications) return;
  const rules = notifications.rules
    .filter((rule) => covers(rule, change, state.dialect.nativeEvents))
    .map(({ id = "", target }) => ({ id, target }));
  if (rules.length === 0 && notifications.eventBus === undefined) return;
  const { name, cause, version, versionId, overwrote } = change;
  const { key, size, etag, contentType, storageClass, metadata } = version;
  // Field by field, which costs a third of spreads.
  const data: { -readonly [K in keyof StorageEvent]: StorageEvent[K] } = {
    name,
    cause,
    bucket: bucket.name,
    bucketArn: bucket.arn,
    region: bucket.region,
    version,
    requestId: state.context.ids.requestId(),
    eventId: state.context.ids.uuid(),
    key,
    size,
    etag,
    contentType,
    storageClass,
    metadata,
    sequencer: sequencerOf(change.stamp),
    at: state.nowMs(),
    rules,
  };
  if (versionId !== undefined) data.versionId = versionId;
  if (overwrote !== undefined) data.overwrote = overwrote;
  if (change.kept === true) data.kept = true;
  if (notifications.eventBus !== undefined) data.eventBus = notifications.eventBus;
  call.emit({ type: STORAGE_EVENT, data });
}
