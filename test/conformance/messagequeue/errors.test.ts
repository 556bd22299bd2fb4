import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../worker/emulator/core/error-codes";
import { SECOND, forEachCloud, refused, type ByCloud } from "../harness";
import { VISIBILITY, handleOf, nameOn, open, type Fixture } from "./fixture";

/** A failure of the page's table: what brings it about, and what each cloud calls it; `null` where the cloud has no such failure. */
interface Failure {
  readonly name: string;
  readonly code: ErrorCode;
  readonly native: ByCloud<string | null>;
  readonly dialect?: Readonly<Record<string, unknown>>;
  provoke(fixture: Fixture): Promise<unknown>;
}

const by = (aws: string | null, azure: string | null, gcp: string | null): ByCloud<string | null> => ({
  aws,
  azure,
  gcp,
});
const MISSING = by("AWS.SimpleQueueService.NonExistentQueue", "MessagingEntityNotFound", "NOT_FOUND");
const BAD = by("InvalidParameterValue", "InvalidOperation", "INVALID_ARGUMENT");
const BAD_SETTING = by("InvalidAttributeValue", "InvalidOperation", "INVALID_ARGUMENT");
const named = (code: string): string => `AWS.SimpleQueueService.${code}`;

/** Something that a program may write although its type says otherwise. */
const loose = <T>(value: unknown): T => value as T;

async function urlOf({ make }: Fixture, fifo = false): Promise<string> {
  return (await make({ fifo })).url;
}

async function held(fixture: Fixture, fifo = false): Promise<{ url: string; handle: string }> {
  const url = await urlOf(fixture, fifo);
  await fixture.queue.sendMessage(url, { body: "m", ...(fifo && { groupId: "g", deduplicationId: "d" }) });
  return { url, handle: handleOf(await fixture.queue.receiveMessages(url)) };
}

const reference = {
  missing: "https://sqs.us-east-1.amazonaws.com/123456789012/none",
};

const FAILURES: Failure[] = [
  // ---- queues ----
  ...(
    [
      ["info", ({ queue }) => queue.getQueueInfo(reference.missing)],
      ["send", ({ queue }) => queue.sendMessage(reference.missing, { body: "m" })],
      ["receive", ({ queue }) => queue.receiveMessages(reference.missing)],
      ["receive with options", ({ queue }) => queue.receiveMessagesWithOptions(reference.missing, {})],
      ["delete message", ({ queue }) => queue.deleteMessage(reference.missing, "h")],
      ["visibility", ({ queue }) => queue.changeVisibility(reference.missing, "h", 0)],
      ["batch of sends", ({ queue }) => queue.sendMessageBatch(reference.missing, [{ id: "a", body: "m" }])],
      [
        "batch of deletes",
        ({ queue }) => queue.deleteMessageBatch(reference.missing, [{ id: "a", receiptHandle: "h" }]),
      ],
      ["attributes", ({ queue }) => queue.getQueueAttributes(reference.missing)],
      ["set attributes", ({ queue }) => queue.setQueueAttributes(reference.missing, {})],
      ["purge", ({ queue }) => queue.purgeQueue(reference.missing)],
      ["delete", ({ queue }) => queue.deleteQueue(reference.missing)],
      ["peek", ({ queue }) => queue.peekMessages(reference.missing)],
      ["redrive", ({ queue }) => queue.redriveMessages(reference.missing)],
      ["sources", ({ queue }) => queue.listDeadLetterSources(reference.missing)],
      ["trigger", ({ queue }) => queue.setTrigger(reference.missing, () => undefined)],
    ] as [string, Failure["provoke"]][]
  ).map(([name, provoke]): Failure => ({ name: `queue missing: ${name}`, code: "NotFound", native: MISSING, provoke })),
  {
    name: "no url at all",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.getQueueInfo(loose(undefined)),
  },
  {
    name: "queue taken",
    code: "AlreadyExists",
    native: by("QueueAlreadyExists", "MessagingEntityAlreadyExists", "ALREADY_EXISTS"),
    provoke: async ({ make }) => {
      await make();
      return make({ visibilityTimeoutMs: 11 * SECOND });
    },
  },
  {
    name: "queue deleted recently",
    code: "FailedPrecondition",
    native: by(named("QueueDeletedRecently"), null, null),
    provoke: async (fixture) => {
      await fixture.queue.deleteQueue(await urlOf(fixture));
      return fixture.make();
    },
  },
  {
    name: "purge in progress",
    code: "FailedPrecondition",
    native: by(named("PurgeQueueInProgress"), null, null),
    provoke: async (fixture) => {
      const url = await urlOf(fixture);
      await fixture.queue.purgeQueue(url);
      return fixture.queue.purgeQueue(url);
    },
  },
  ...["no spaces", "a?", ""].map((name): Failure => ({
    name: `bad queue name ${JSON.stringify(name)}`,
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.createQueue({ name }),
  })),
  {
    name: "no name",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.createQueue(loose({})),
  },
  {
    name: "no configuration",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.createQueue(loose(undefined)),
  },
  {
    name: "FIFO without its suffix",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: ({ queue }) => queue.createQueue({ name: "jobs", fifo: true }),
  },
  {
    name: "the suffix without FIFO",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: ({ queue }) => queue.createQueue({ name: "jobs.fifo" }),
  },
  {
    name: "bad tags",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ make }) => make({ tags: loose({ a: 1 }) }),
  },
  {
    name: "content-based deduplication without FIFO",
    code: "InvalidArgument",
    native: by("InvalidAttributeName", "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: ({ make }) => make({ contentBasedDeduplication: true }),
  },
  {
    name: "deduplication scope without FIFO",
    code: "InvalidArgument",
    native: by("InvalidAttributeName", "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: ({ make }) => make({ dedupScope: "group" }),
  },
  {
    name: "content-based deduplication where there is none",
    code: "Unimplemented",
    native: by(null, null, "UNIMPLEMENTED"),
    provoke: ({ make }) => make({ fifo: true, contentBasedDeduplication: true }),
  },
  {
    name: "a deduplication scope where there is none",
    code: "Unimplemented",
    native: by(null, null, "UNIMPLEMENTED"),
    provoke: ({ make }) => make({ fifo: true, dedupScope: "queue" }),
  },
  {
    name: "a delay where there is none",
    code: "Unimplemented",
    native: by(null, null, "UNIMPLEMENTED"),
    provoke: ({ make }) => make({ delayMs: 1000 }),
  },
  {
    name: "unknown attribute",
    code: "InvalidArgument",
    native: by("InvalidAttributeName", "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.setQueueAttributes(await urlOf(fixture), loose({ colour: "red" })),
  },
  {
    name: "dead-lettering on expiration where there is none",
    code: "InvalidArgument",
    native: by("InvalidAttributeName", null, "INVALID_ARGUMENT"),
    provoke: ({ make }) => make({ deadLetterOnExpiration: true }),
  },

  // ---- dead-letter targets ----
  {
    name: "dead-letter target missing",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ make }) => make({ deadLetterQueue: { targetQueueUrl: reference.missing, maxReceiveCount: 5 } }),
  },
  {
    name: "dead-letter target is the queue itself",
    code: "InvalidArgument",
    native: BAD,
    provoke: async ({ make, queue }) => {
      const { url } = await make();
      return queue.setQueueAttributes(url, { deadLetterQueue: { targetQueueUrl: url, maxReceiveCount: 5 } });
    },
  },
  {
    name: "dead-letter target of the other kind",
    code: "InvalidArgument",
    native: BAD,
    provoke: async ({ make }) => {
      const { url } = await make({ name: "aside", fifo: true });
      return make({ deadLetterQueue: { targetQueueUrl: url, maxReceiveCount: 5 } });
    },
  },
  {
    name: "receive count out of range",
    code: "InvalidArgument",
    native: BAD_SETTING,
    provoke: async ({ make }) => {
      const { url } = await make({ name: "aside" });
      return make({ deadLetterQueue: { targetQueueUrl: url, maxReceiveCount: 0 } });
    },
  },
  {
    name: "no receive count",
    code: "InvalidArgument",
    native: by("InvalidAttributeValue", null, null),
    provoke: async ({ make }) => {
      const { url } = await make({ name: "aside" });
      return make({ deadLetterQueue: loose({ targetQueueUrl: url }) });
    },
  },
  {
    name: "the built-in dead-letter queue is not sent to",
    code: "InvalidArgument",
    native: by(null, "InvalidOperation", null),
    provoke: async (fixture) => fixture.queue.sendMessage(`${await urlOf(fixture)}/$deadletterqueue`, { body: "m" }),
  },
  {
    name: "the built-in dead-letter queue is not deleted",
    code: "InvalidArgument",
    native: by(null, "InvalidOperation", null),
    provoke: async (fixture) => fixture.queue.deleteQueue(`${await urlOf(fixture)}/$deadletterqueue`),
  },
  {
    name: "a message is put aside on demand",
    code: "Unimplemented",
    native: by("AWS.SimpleQueueService.UnsupportedOperation", null, "UNIMPLEMENTED"),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      return fixture.queue.deadLetterMessage(url, handle, { reason: "no good" });
    },
  },
  {
    name: "a message is put aside whose lock is lost",
    code: "FailedPrecondition",
    native: by(null, "MessageLockLost", null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      await fixture.clock.advance(60 * SECOND);
      return fixture.queue.deadLetterMessage(url, handle, { reason: "no good" });
    },
  },
  {
    name: "redrive of what is no dead-letter queue",
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.redriveMessages(await urlOf(fixture)),
  },
  {
    name: "redrive of what is no dead-letter queue to a destination",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => {
      const to = await fixture.make({ name: "other" });
      return fixture.queue.redriveMessages(await urlOf(fixture), { destinationUrl: to.url });
    },
  },
  {
    name: "redrive to a queue that is missing",
    code: "NotFound",
    native: MISSING,
    provoke: async ({ make, queue }) => {
      const aside = await make({ name: "aside" });
      await make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 5 } });
      return queue.redriveMessages(aside.url, { destinationUrl: reference.missing });
    },
  },

  // ---- sending ----
  {
    name: "no message",
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), loose(undefined)),
  },
  {
    name: "empty body",
    code: "InvalidArgument",
    native: by("MissingParameter", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: "" }),
  },
  {
    name: "no body",
    code: "InvalidArgument",
    native: by("MissingParameter", "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), loose({})),
  },
  {
    name: "bytes as body",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: Uint8Array.of(1) }),
  },
  ...["\0", "\x1f", "\ufffe", "\uffff", "\ud800", "a\udc00"].map((body): Failure => ({
    name: `a body that XML 1.0 cannot hold: ${JSON.stringify(body)}`,
    code: "InvalidArgument",
    native: by("InvalidMessageContents", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body }),
  })),
  {
    name: "too large",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", "MessageSizeExceeded", "INVALID_ARGUMENT"),
    provoke: async ({ make, queue }) => {
      const { url } = await make({ maxMessageBytes: 1024 });
      return queue.sendMessage(url, { body: "ä".repeat(513) });
    },
  },
  {
    name: "too large with its attributes",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", "MessageSizeExceeded", "INVALID_ARGUMENT"),
    provoke: async ({ make, queue }) => {
      const { url } = await make({ maxMessageBytes: 1024 });
      // 1 and 6 and 1 bytes of attribute.
      return queue.sendMessage(url, { body: "x".repeat(1017), attributes: { a: "b" } });
    },
  },
  {
    name: "too many attributes",
    code: "InvalidArgument",
    native: BAD,
    dialect: { maxAttributes: 1 },
    provoke: async (fixture) =>
      fixture.queue.sendMessage(await urlOf(fixture), { body: "m", attributes: { a: "1", b: "2" } }),
  },
  {
    name: "an empty attribute",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: "m", attributes: { a: "" } }),
  },
  {
    name: "an attribute of no known type",
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) =>
      fixture.queue.sendMessage(await urlOf(fixture), { body: "m", attributes: loose({ a: true }) }),
  },
  ...[-1, 900_001, 1500, 0.5, NaN].map((delayMs): Failure => ({
    name: `a delay of ${delayMs}`,
    code: "InvalidArgument",
    native: by(
      "InvalidParameterValue",
      delayMs === 900_001 || delayMs === 1500 ? null : "InvalidOperation",
      "INVALID_ARGUMENT",
    ),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: "m", delayMs }),
  })),
  {
    name: "FIFO without a group",
    code: "InvalidArgument",
    native: by("MissingParameter", "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) =>
      fixture.queue.sendMessage(await urlOf(fixture, true), { body: "m", deduplicationId: "d" }),
  },
  {
    name: "FIFO without a deduplication id",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture, true), { body: "m", groupId: "g" }),
  },
  {
    name: "FIFO with a delay of its own",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) =>
      fixture.queue.sendMessage(await urlOf(fixture, true), {
        ...{ body: "m", groupId: "g", deduplicationId: "d" },
        delayMs: 0,
      }),
  },
  {
    name: "a deduplication id on a standard queue",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: "m", deduplicationId: "d" }),
  },
  ...["", "a b", "x".repeat(129)].flatMap((id): Failure[] => [
    {
      name: `a group ${JSON.stringify(id.slice(0, 5))}`,
      code: "InvalidArgument",
      native: by(
        "InvalidParameterValue",
        id === "a b" ? null : "InvalidOperation",
        id === "" ? "INVALID_ARGUMENT" : null,
      ),
      provoke: async (fixture) => fixture.queue.sendMessage(await urlOf(fixture), { body: "m", groupId: id }),
    },
    {
      name: `a deduplication id ${JSON.stringify(id.slice(0, 5))}`,
      code: "InvalidArgument",
      native: by(
        "InvalidParameterValue",
        id === "a b" ? null : "InvalidOperation",
        id === "" ? "INVALID_ARGUMENT" : null,
      ),
      provoke: async (fixture) =>
        fixture.queue.sendMessage(await urlOf(fixture, true), { body: "m", groupId: "g", deduplicationId: id }),
    },
  ]),

  // ---- receiving ----
  ...[0, -1, 1.5, 1001, NaN].map((maxMessages): Failure => ({
    name: `a receive of ${maxMessages}`,
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.receiveMessages(await urlOf(fixture), { maxMessages }),
  })),
  ...[-1, 90_001, 0.5].map((waitMs): Failure => ({
    name: `a wait of ${waitMs}`,
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.receiveMessages(await urlOf(fixture), { waitMs }),
  })),
  ...[-1, 43_201_000, 9.5].map((visibilityTimeoutMs): Failure => ({
    name: `a visibility timeout of ${visibilityTimeoutMs} for a receive`,
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.receiveMessages(await urlOf(fixture), { visibilityTimeoutMs }),
  })),
  {
    name: "a visibility timeout of 0 for a receive",
    code: "InvalidArgument",
    native: by(null, "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.receiveMessages(await urlOf(fixture), { visibilityTimeoutMs: 0 }),
  },
  {
    name: "in flight full",
    code: "ResourceExhausted",
    native: by("OverLimit", "ServerBusy", "RESOURCE_EXHAUSTED"),
    dialect: { maxInFlight: 1 },
    provoke: async (fixture) => fixture.queue.receiveMessages((await held(fixture)).url),
  },

  // ---- handles ----
  ...["garbage", "x".repeat(36), `AQEB${"0".repeat(32)}`, "00000000-0000-0000-0000-000000000000"].map(
    (handle): Failure => ({
      name: `a handle that was never issued: ${handle.slice(0, 8)}`,
      code: "InvalidArgument",
      native: by("ReceiptHandleIsInvalid", "MessageLockLost", "INVALID_ARGUMENT"),
      provoke: async (fixture) => fixture.queue.deleteMessage(await urlOf(fixture), handle),
    }),
  ),
  {
    name: "a handle of another queue",
    code: "InvalidArgument",
    native: by("ReceiptHandleIsInvalid", "MessageLockLost", "INVALID_ARGUMENT"),
    provoke: async (fixture) => {
      const { handle } = await held(fixture);
      return fixture.queue.changeVisibility((await fixture.make({ name: "other" })).url, handle, 0);
    },
  },
  {
    name: "FIFO: a handle that was never issued",
    code: "InvalidArgument",
    native: by("ReceiptHandleIsInvalid", "SessionLockLost", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.deleteMessage(await urlOf(fixture, true), "garbage"),
  },
  {
    name: "FIFO: delete after the visibility timeout",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture, true);
      await fixture.clock.advance(fixture.cloud.pick(VISIBILITY));
      return fixture.queue.deleteMessage(url, handle);
    },
  },
  {
    name: "delete after the lock",
    code: "FailedPrecondition",
    native: by(null, "MessageLockLost", null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      await fixture.clock.advance(fixture.cloud.pick(VISIBILITY));
      return fixture.queue.deleteMessage(url, handle);
    },
  },
  {
    name: "FIFO: delete twice",
    code: "FailedPrecondition",
    native: by(null, "SessionLockLost", null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture, true);
      await fixture.queue.deleteMessage(url, handle);
      return fixture.queue.deleteMessage(url, handle);
    },
  },
  {
    name: "visibility of a message that was deleted",
    code: "FailedPrecondition",
    native: by("MessageNotInflight", "MessageLockLost", null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      await fixture.queue.deleteMessage(url, handle);
      return fixture.queue.changeVisibility(url, handle, 10 * SECOND);
    },
  },
  {
    name: "FIFO: visibility after the timeout",
    code: "FailedPrecondition",
    native: by("MessageNotInflight", "SessionLockLost", null),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture, true);
      await fixture.clock.advance(fixture.cloud.pick(VISIBILITY));
      return fixture.queue.changeVisibility(url, handle, 10 * SECOND);
    },
  },
  {
    name: "visibility beyond twelve hours from the receive",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, "INVALID_ARGUMENT"),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      await fixture.clock.advance(SECOND);
      return fixture.queue.changeVisibility(url, handle, 43_200_000);
    },
  },
  ...[-1, 43_201_000, 1.5].map((timeoutMs): Failure => ({
    name: `visibility of ${timeoutMs}`,
    code: "InvalidArgument",
    native: by("InvalidParameterValue", timeoutMs === 43_201_000 ? null : "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => {
      const { url, handle } = await held(fixture);
      return fixture.queue.changeVisibility(url, handle, timeoutMs);
    },
  })),

  // ---- batches ----
  {
    name: "batch: empty",
    code: "InvalidArgument",
    native: by(named("EmptyBatchRequest"), "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.sendMessageBatch(await urlOf(fixture), []),
  },
  {
    name: "batch: no array",
    code: "InvalidArgument",
    native: BAD,
    provoke: async (fixture) => fixture.queue.deleteMessageBatch(await urlOf(fixture), loose("a")),
  },
  {
    name: "batch: too many",
    code: "InvalidArgument",
    native: by(named("TooManyEntriesInBatchRequest"), "InvalidOperation", "INVALID_ARGUMENT"),
    dialect: { maxBatch: 2 },
    provoke: async (fixture) =>
      fixture.queue.sendMessageBatch(
        await urlOf(fixture),
        ["a", "b", "c"].map((id) => ({ id, body: "m" })),
      ),
  },
  {
    name: "batch: equal ids",
    code: "InvalidArgument",
    native: by(named("BatchEntryIdsNotDistinct"), "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) =>
      fixture.queue.sendMessageBatch(
        await urlOf(fixture),
        ["a", "a"].map((id) => ({ id, body: "m" })),
      ),
  },
  ...["", "a b", "x".repeat(81)].map((id): Failure => ({
    name: `batch: the id ${JSON.stringify(id.slice(0, 5))}`,
    code: "InvalidArgument",
    native: by(named("InvalidBatchEntryId"), "InvalidOperation", "INVALID_ARGUMENT"),
    provoke: async (fixture) => fixture.queue.deleteMessageBatch(await urlOf(fixture), [{ id, receiptHandle: "h" }]),
  })),
  {
    name: "batch: too many bytes",
    code: "InvalidArgument",
    native: by(named("BatchRequestTooLong"), "MessageSizeExceeded", "INVALID_ARGUMENT"),
    dialect: { maxBatchBytes: 10 },
    provoke: async (fixture) =>
      fixture.queue.sendMessageBatch(
        await urlOf(fixture),
        ["a", "b"].map((id) => ({ id, body: "123456" })),
      ),
  },
  {
    name: "batch: FIFO without a group",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) =>
      fixture.queue.sendMessageBatch(await urlOf(fixture, true), [{ id: "a", body: "m", deduplicationId: "d" }]),
  },
  {
    name: "batch: FIFO without a deduplication id",
    code: "InvalidArgument",
    native: by("InvalidParameterValue", null, null),
    provoke: async (fixture) =>
      fixture.queue.sendMessageBatch(await urlOf(fixture, true), [{ id: "a", body: "m", groupId: "g" }]),
  },

  // ---- lists ----
  {
    name: "a page of none",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.listQueues({ limit: 0 }),
  },
  {
    name: "a token of another list",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ queue }) => queue.listQueues({ pageToken: "x" }),
  },
];

forEachCloud((cloud) => {
  describe("failures", () => {
    for (const { name, code, native, dialect, provoke } of FAILURES) {
      const nativeCode = cloud.pick(native);
      it(`${name}: ${nativeCode ?? "not here"}`, async () => {
        const fixture = open(cloud, dialect);
        if (nativeCode === null) {
          await provoke(fixture).catch((error: unknown) => expect(error).not.toMatchObject({ code }));
          return;
        }
        // A url of its own cloud, where the name is what is missing.
        const before = fixture.watch.calls.length;
        const error = await refused(provoke(fixture), code, nativeCode);
        expect(error.provider).toBe(cloud.name);
        // A refused call has changed nothing.
        expect(fixture.watch.calls.slice(before).at(-1)?.changes ?? []).toEqual([]);
      });
    }
  });

  it("a deleted queue is missing, under any of its names; one made anew is empty", async () => {
    const { queue, clock, make } = open(cloud);
    const { url, arn } = await make();
    await queue.sendMessage(url, { body: "m" });
    const handle = handleOf(await queue.receiveMessages(url));
    await queue.deleteQueue(arn);
    for (const name of [url, arn]) await refused(queue.receiveMessages(name), "NotFound", cloud.pick(MISSING) ?? "");
    await clock.advance(60 * SECOND);
    expect((await make()).approxMessageCount).toBe(0);
    expect(await queue.peekMessages(url)).toEqual([]);
    await refused(queue.deleteMessage(url, handle), "InvalidArgument");
  });

  it("the name of a deleted queue is free again after a minute, to the millisecond; so is a purge", async () => {
    const { queue, clock, make } = open(cloud);
    const { url } = await make();
    await queue.purgeQueue(url);
    await clock.advance(59_999);
    if (cloud.name === "aws") await refused(queue.purgeQueue(url), "FailedPrecondition", named("PurgeQueueInProgress"));
    await clock.advance(1);
    await queue.purgeQueue(url);
    await queue.deleteQueue(url);
    await clock.advance(59_999);
    if (cloud.name === "aws") await refused(make(), "FailedPrecondition", named("QueueDeletedRecently"));
    await clock.advance(1);
    await make();
    expect((await queue.listQueues()).items.map(({ name }) => name)).toEqual([nameOn(cloud, "jobs")]);
  });
});
