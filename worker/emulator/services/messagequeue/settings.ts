import type { Fields } from "../../core/service/arguments";
import type { MessageQueueDialect } from "./dialect";
import { args, count, duration } from "./input";
import type { Queue } from "./queue";
import { refuse, type QueueReason } from "./reasons";
import type { State, StoredQueue } from "./state";

/** What can be set on a queue, in numbers and flags. */
export type Settings = Pick<
  StoredQueue,
  | "delayMs"
  | "visibilityTimeoutMs"
  | "maxMessageBytes"
  | "retentionMs"
  | "receiveWaitMs"
  | "contentBasedDeduplication"
  | "deadLetterOnExpiration"
>;

/** Those that a call names, checked; what it does not name is absent. `fifo` is the kind of queue they are for. */
export function readSettings(
  given: Fields,
  fifo: boolean,
  dialect: MessageQueueDialect,
  reason: QueueReason,
): Partial<Settings> {
  const read: { -readonly [K in keyof Settings]?: Settings[K] } = {};
  const { delayMs, visibilityTimeoutMs, maxMessageBytes, retentionMs, receiveWaitMs } = given;
  if (delayMs !== undefined) read.delayMs = delay("delayMs", delayMs, dialect, reason);
  if (visibilityTimeoutMs !== undefined)
    read.visibilityTimeoutMs = visibility("visibilityTimeoutMs", visibilityTimeoutMs, dialect, reason);
  if (maxMessageBytes !== undefined)
    read.maxMessageBytes = count("maxMessageBytes", maxMessageBytes, dialect.messageBytes, reason);
  if (retentionMs !== undefined)
    read.retentionMs = duration("retentionMs", retentionMs, dialect.retentionMs, dialect, reason);
  if (receiveWaitMs !== undefined)
    read.receiveWaitMs = duration("receiveWaitMs", receiveWaitMs, dialect.waitMs, dialect, reason);
  const byContent = args.optionalFlag("contentBasedDeduplication", given["contentBasedDeduplication"]);
  if (byContent !== undefined) {
    if (byContent && !fifo) refuse("attributeOfFifo", { argument: "contentBasedDeduplication" });
    if (byContent && dialect.deduplicationMs === 0)
      refuse("deduplicationUnsupported", { argument: "contentBasedDeduplication" });
    read.contentBasedDeduplication = byContent;
  }
  const onExpiration = args.optionalFlag("deadLetterOnExpiration", given["deadLetterOnExpiration"]);
  if (onExpiration !== undefined) {
    if (!dialect.deadLettersOnDemand) refuse("badAttributeName", { attribute: "deadLetterOnExpiration", known: KNOWN });
    read.deadLetterOnExpiration = onExpiration;
  }
  return read;
}

export const SETTING_NAMES = [
  "delayMs",
  "visibilityTimeoutMs",
  "maxMessageBytes",
  "retentionMs",
  "receiveWaitMs",
  "contentBasedDeduplication",
  "deadLetterQueue",
];
const KNOWN = SETTING_NAMES.join(", ");

export function delay(argument: string, value: unknown, dialect: MessageQueueDialect, reason: QueueReason): number {
  const bounds = dialect.delayMs ?? { min: 0, max: Infinity };
  const ms = duration(argument, value, bounds, dialect, reason);
  if (ms > 0 && dialect.delayMs === undefined) refuse("delayUnsupported");
  return ms;
}

/** A visibility timeout; 0 where a receive need not hide what it gives. */
export function visibility(
  argument: string,
  value: unknown,
  dialect: MessageQueueDialect,
  reason: QueueReason,
): number {
  if (value === 0 && dialect.takesNoVisibility) return 0;
  return duration(argument, value, dialect.visibilityMs, dialect, reason);
}

/** A dead-letter queue as it is stored; `owner` is the queue that shall have it, by name. */
export function readDeadLetterQueue(
  state: State,
  value: unknown,
  owner: { readonly name: string; readonly fifo: boolean },
): NonNullable<StoredQueue["deadLetterQueue"]> {
  const { dialect } = state;
  const { targetQueueUrl, maxReceiveCount = dialect.maxReceiveCount.default } = args.object("deadLetterQueue", value);
  const reference = args.text("deadLetterQueue.targetQueueUrl", targetQueueUrl);
  const most = count("deadLetterQueue.maxReceiveCount", maxReceiveCount, dialect.maxReceiveCount, "badAttributeValue");
  const target: Queue | undefined = state.find(reference);
  if (target === undefined || target.stored.builtInOf !== undefined)
    return refuse("badDeadLetterTarget", { rule: "a queue that exists", queue: reference });
  if (target.name === owner.name) refuse("badDeadLetterTarget", { rule: "another queue" });
  if (target.stored.fifo !== owner.fifo)
    refuse("badDeadLetterTarget", { rule: owner.fifo ? "a FIFO queue, as this one" : "no FIFO queue, as this one" });
  return { queue: target.name, maxReceiveCount: most };
}

/** What a queue has where none was set: its own dead-letter queue, where there is such a thing. */
export function ownDeadLetterQueue(name: string, dialect: MessageQueueDialect): StoredQueue["deadLetterQueue"] {
  const { deadLetterSuffix, maxReceiveCount } = dialect;
  if (deadLetterSuffix === undefined) return undefined;
  return { queue: name + deadLetterSuffix, maxReceiveCount: maxReceiveCount.default ?? maxReceiveCount.max };
}
