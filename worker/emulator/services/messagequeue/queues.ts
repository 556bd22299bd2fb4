import { pageToken, takePage, type Page } from "../../core/paging";
import type { Fields } from "../../core/service/arguments";
import { fits } from "../../core/service/name-rules";
import type { EngineOf } from "../../core/service/operations";
import type { PageRequest } from "../../core/service/page-request";
import { prefixWithin, tupleKey } from "../../core/store/keys";
import type { MessageQueueDriver } from "./driver";
import { args, pageRequest, queueTags } from "./input";
import type { Parts } from "./parts";
import type { Queue } from "./queue";
import { refuse } from "./reasons";
import { ownDeadLetterQueue, readDeadLetterQueue, readSettings } from "./settings";
import type { StoredQueue } from "./state";
import type { QueueInfo } from "./types";

const TWO_32 = 2 ** 32;

export const infoOf = ({ stored, log }: Queue): QueueInfo => ({
  url: stored.url,
  arn: stored.arn,
  name: stored.name,
  fifo: stored.fifo,
  approxMessageCount: log.visible,
  tags: { ...stored.tags },
});

/** A page of queues in the order of their names. */
export function pageOfQueues(parts: Parts, request: PageRequest, names: Iterable<string>): Page<QueueInfo> {
  const { items, nextPageToken } = takePage(names, request.limit, (name) => pageToken({ ...request, after: name }));
  const infos: QueueInfo[] = [];
  for (const name of items) {
    const queue = parts.state.named(name);
    if (queue === undefined) continue;
    parts.clockwork.settle(queue);
    infos.push(infoOf(queue));
  }
  return { items: infos, ...(nextPageToken !== undefined && { nextPageToken }) };
}

/** Refuses what cannot be done to a queue that is part of another. */
export function checkOwn(queue: Queue): void {
  if (queue.stored.builtInOf !== undefined) refuse("builtInQueue", { queue: queue.name, resource: queue.name });
}

type QueueOperation = "createQueue" | "deleteQueue" | "getQueueInfo" | "listQueues" | "purgeQueue";

/** The operations on queues themselves. */
export function queues(parts: Parts): Pick<EngineOf<MessageQueueDriver>, QueueOperation> {
  const { state, messages } = parts;
  const { dialect, context } = state;
  const newHandleKey = (): number => Math.floor(context.random.next() * TWO_32);

  function nameOf(given: Fields, fifo: boolean): string {
    const { fifoSuffix, queueName } = dialect;
    const name = args.text("name", given["name"]);
    if (!fits(name, queueName)) refuse("badQueueName", { queue: name, rule: queueName.rule });
    if (fifoSuffix !== undefined && name.endsWith(fifoSuffix) !== fifo)
      refuse("badQueueName", {
        queue: name,
        rule: fifo ? `a FIFO queue's, which ends in ${fifoSuffix}` : `without ${fifoSuffix}, unless fifo is set`,
      });
    return name;
  }

  /** Refuses a name that was just given up, as long as the cloud holds it. */
  function checkHold(name: string): void {
    const deletedAt = state.holds.get(tupleKey(name));
    const freeInMs = deletedAt === undefined ? 0 : deletedAt + dialect.nameHoldMs - state.nowMs();
    if (freeInMs > 0) refuse("queueDeletedRecently", { queue: name, freeInMs, resource: name });
  }

  /** Whether a queue that is there has everything that is asked for. */
  const has = ({ stored }: Queue, asked: Partial<StoredQueue>): boolean =>
    Object.entries(asked).every(([name, value]) => {
      const present: unknown = stored[name as keyof StoredQueue];
      if (name !== "deadLetterQueue") return present === value;
      return JSON.stringify(present) === JSON.stringify(value);
    });

  function removeQueue(queue: Queue): void {
    state.clear(queue);
    messages.disarm(queue);
    if (queue.redriveTimer !== undefined) context.clock.clearTimer(queue.redriveTimer);
    state.drop(queue);
  }

  return {
    createQueue(_call, config, options) {
      const given = args.object("config", config);
      args.options(options);
      const fifo = args.optionalFlag("fifo", given["fifo"]);
      const name = nameOf(given, fifo ?? false);
      const settings = readSettings(given, fifo ?? false, dialect, "badAttributeValue");
      const tags = queueTags(given["tags"], dialect);
      const scope =
        given["dedupScope"] === undefined
          ? undefined
          : args.oneOf("dedupScope", given["dedupScope"], ["queue", "group"]);
      if (scope !== undefined && !fifo) refuse("attributeOfFifo", { argument: "dedupScope" });
      if (scope !== undefined && dialect.deduplicationMs === 0)
        refuse("deduplicationUnsupported", { argument: "dedupScope" });
      const aside =
        given["deadLetterQueue"] === undefined
          ? undefined
          : readDeadLetterQueue(state, given["deadLetterQueue"], { name, fifo: fifo ?? false });

      const existing = state.named(name);
      if (existing) {
        const asked = {
          ...settings,
          ...(fifo !== undefined && { fifo }),
          ...(scope !== undefined && { dedupScope: scope }),
          ...(aside && { deadLetterQueue: aside }),
        };
        if (!dialect.toleratesRecreation || !has(existing, asked))
          refuse("queueTaken", { queue: name, resource: name });
        parts.clockwork.settle(existing);
        return infoOf(existing);
      }
      checkHold(name);
      const now = state.nowMs();
      const deadLetterQueue = aside ?? ownDeadLetterQueue(name, dialect);
      const stored: StoredQueue = {
        name,
        url: dialect.queueUrl(name, context.account),
        arn: dialect.queueArn(name, context.account),
        fifo: fifo ?? false,
        delayMs: dialect.delayMs?.default ?? 0,
        visibilityTimeoutMs: dialect.visibilityMs.default,
        maxMessageBytes: dialect.messageBytes.default,
        retentionMs: dialect.retentionMs.default,
        receiveWaitMs: dialect.waitMs.default,
        contentBasedDeduplication: false,
        dedupScope: scope ?? "queue",
        ...settings,
        tags,
        ...(deadLetterQueue && { deadLetterQueue }),
        createdAt: now,
        lastModifiedAt: now,
      };
      state.holds.delete(tupleKey(name));
      const { deadLetterSuffix } = dialect;
      if (deadLetterSuffix !== undefined) {
        const { deadLetterQueue: _, deadLetterOnExpiration: _on, ...rest } = stored;
        const own = {
          ...rest,
          name: name + deadLetterSuffix,
          url: stored.url + deadLetterSuffix,
          arn: stored.arn + deadLetterSuffix,
          delayMs: 0,
          tags: {},
          builtInOf: name,
        };
        state.create(own, newHandleKey());
      }
      return infoOf(state.create(stored, newHandleKey()));
    },

    deleteQueue(_call, queueUrl, options) {
      const queue = parts.queue(queueUrl);
      args.options(options);
      checkOwn(queue);
      const own = state.named(queue.name + (dialect.deadLetterSuffix ?? ""));
      if (own?.stored.builtInOf === queue.name) removeQueue(own);
      removeQueue(queue);
      if (dialect.nameHoldMs > 0) state.holds.set(tupleKey(queue.name), state.nowMs());
    },

    getQueueInfo(_call, queueUrl, options) {
      const queue = parts.queue(queueUrl);
      args.options(options);
      return infoOf(queue);
    },

    listQueues(_call, options) {
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const request = pageRequest("listQueues", [prefix], fields, dialect);
      const after = request.after === undefined ? {} : { after: tupleKey(request.after) };
      function* names(): Generator<string> {
        for (const [, { name, builtInOf }] of state.queues.range({ prefix: prefixWithin([], prefix), ...after }))
          if (builtInOf === undefined) yield name;
      }
      return pageOfQueues(parts, request, names());
    },

    purgeQueue(_call, queueUrl, options) {
      const queue = parts.queue(queueUrl);
      args.options(options);
      const now = state.nowMs();
      const freeInMs = (queue.stored.purgedAt ?? -Infinity) + dialect.purgeHoldMs - now;
      if (freeInMs > 0) refuse("purgeInProgress", { queue: queue.name, freeInMs, resource: queue.name });
      state.clear(queue);
      if (dialect.purgeHoldMs > 0) state.save(queue, { ...queue.stored, purgedAt: now });
      messages.rearm(queue);
    },
  };
}
