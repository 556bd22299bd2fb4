import type { EngineOf } from "../../core/service/operations";
import type { MessageQueueDriver } from "./driver";
import { args } from "./input";
import { Where } from "./log/entry";
import type { Parts } from "./parts";
import { checkOwn } from "./queues";
import type { Queue } from "./queue";
import { refuse } from "./reasons";
import { ownDeadLetterQueue, readDeadLetterQueue, readSettings, SETTING_NAMES } from "./settings";
import type { StoredQueue } from "./state";

/** Settings and counts of queues. */
export function attributes(
  parts: Parts,
): Pick<EngineOf<MessageQueueDriver>, "getQueueAttributes" | "setQueueAttributes"> {
  const { state, messages } = parts;
  const { dialect } = state;
  const settable = [...SETTING_NAMES, ...(dialect.deadLettersOnDemand ? ["deadLetterOnExpiration"] : [])];

  function redrivePolicy({ deadLetterQueue }: StoredQueue): { redrivePolicy?: string } {
    if (deadLetterQueue === undefined) return {};
    const { context } = state;
    const { queue, maxReceiveCount } = deadLetterQueue;
    const arn = state.named(queue)?.stored.arn ?? dialect.queueArn(queue, context.account);
    return { redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount }) };
  }

  /** Lets a new delay hold for messages that nobody has received yet. */
  function delayAnew(queue: Queue): void {
    const { log, stored } = queue;
    const now = state.nowMs();
    const waiting = [...log.hidden.values(), ...log.lane.values()].filter(
      ({ received, message }) => !received && message.deadLetter === undefined,
    );
    for (const entry of new Set(waiting)) {
      const visibleAt = entry.message.sentAt + stored.delayMs;
      if (visibleAt === entry.message.visibleAt) continue;
      state.update(entry, { ...entry.message, visibleAt });
      if (visibleAt > now) log.hide(entry);
      else if (entry.where === Where.Hidden) log.show(entry);
    }
    messages.announce(queue);
  }

  return {
    getQueueAttributes(_call, queueUrl, options) {
      const { stored, log } = parts.queue(queueUrl);
      args.options(options);
      const oldest = log.ages.earliest();
      return {
        delayMs: stored.delayMs,
        maxMessageBytes: stored.maxMessageBytes,
        retentionMs: stored.retentionMs,
        visibilityTimeoutMs: stored.visibilityTimeoutMs,
        receiveWaitMs: stored.receiveWaitMs,
        approxMessageCount: log.visible,
        approxNotVisibleCount: log.inFlight,
        approxDelayedCount: log.delayed,
        oldestMessageAgeMs: oldest === Infinity ? 0 : state.nowMs() - oldest,
        createdAt: new Date(stored.createdAt),
        lastModifiedAt: new Date(stored.lastModifiedAt),
        fifo: stored.fifo,
        contentBasedDeduplication: stored.contentBasedDeduplication,
        ...redrivePolicy(stored),
      };
    },

    setQueueAttributes(_call, queueUrl, changes) {
      const { signal: _signal, ...given } = args.object("attributes", changes);
      const unknown = Object.keys(given).find((name) => !settable.includes(name));
      if (unknown !== undefined) refuse("badAttributeName", { attribute: unknown, known: settable.join(", ") });
      const queue = parts.queue(queueUrl);
      checkOwn(queue);
      const { stored } = queue;
      const settings = readSettings(given, stored.fifo, dialect, "badAttributeValue");
      const wanted = given["deadLetterQueue"];
      let aside = stored.deadLetterQueue;
      if (wanted === null) aside = ownDeadLetterQueue(stored.name, dialect);
      else if (wanted !== undefined) aside = readDeadLetterQueue(state, wanted, stored);
      const { deadLetterQueue: _, ...rest } = stored;
      state.save(queue, {
        ...rest,
        ...settings,
        ...(aside && { deadLetterQueue: aside }),
        lastModifiedAt: state.nowMs(),
      });
      if (stored.fifo && settings.delayMs !== undefined) delayAnew(queue);
      messages.rearm(queue);
      parts.clockwork.settle(queue);
    },
  };
}
