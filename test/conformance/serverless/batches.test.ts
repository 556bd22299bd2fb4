import { describe, expect, it } from "vitest";
import type { Handler } from "../../../worker/emulator/services/serverless/driver";
import { SECOND, cloudUnderTest } from "../harness";
import { invocations, type Fixture } from "./fixture";
import { openQueue } from "./queue-fixture";

/*
 * Batches and partial failures: most of it is AWS's own.
 */

interface SqsEvent {
  readonly Records: { messageId: string; body: string; attributes: { ApproximateReceiveCount: string } }[];
}

const aws = cloudUnderTest("aws");
const TEN = [..."0123456789"];
const queue = { visibilityTimeoutMs: 30 * SECOND };

/** Bodies of each event, and the time of each in seconds. */
function keeper(then: (event: SqsEvent) => unknown = () => undefined) {
  const events: { bodies: string; counts: string; at: number }[] = [];
  const code: Handler<SqsEvent> = (event, context) => {
    const bodies = event.Records.map(({ body }) => body).join("");
    const counts = [...new Set(event.Records.map(({ attributes }) => attributes.ApproximateReceiveCount))].join("");
    events.push({ bodies, counts, at: context.now().getTime() });
    return then(event);
  };
  return { events, code };
}

async function sendTen({ queues, url }: { queues: { sendMessageBatch: (...args: never[]) => unknown }; url: string }) {
  const entries = TEN.map((body) => ({ id: body, body }));
  await queues.sendMessageBatch(...([url, entries] as never[]));
}

const batches = (fixture: Fixture): number => invocations(fixture, "delivery").length;

describe("AWS", () => {
  it("one call for ten messages; those listed come back after the visibility timeout", async () => {
    let first = true;
    const { events, code } = keeper((event) => {
      if (!first) return undefined;
      first = false;
      const listed = event.Records.filter(({ body }) => "37".includes(body));
      return { batchItemFailures: listed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    const fixture = await openQueue(aws, { code, queue });
    await fixture.connect({ batchSize: 10, reportBatchItemFailures: true });
    const start = fixture.clock.nowMs();
    await sendTen(fixture);
    await fixture.provider.settle();
    expect(await fixture.states()).toEqual({ 3: "inFlight", 7: "inFlight" });
    await fixture.clock.advance(29_999);
    expect(events).toHaveLength(1);
    await fixture.clock.advance(1);
    expect(events).toEqual([
      { bodies: "0123456789", counts: "1", at: start },
      { bodies: "37", counts: "2", at: start + 30_000 },
    ]);
    expect(await fixture.states()).toEqual({});
  });

  const answers: [string, unknown, number][] = [
    ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }, 10],
    ["an identifier of nothing", { batchItemFailures: [{ itemIdentifier: null }] }, 10],
    ["no identifier", { batchItemFailures: [{}] }, 10],
    ["an identifier that is no text", { batchItemFailures: [{ itemIdentifier: 5 }] }, 10],
    ["an unknown identifier", { batchItemFailures: [{ itemIdentifier: "unknown" }] }, 10],
    ["entries that are none", { batchItemFailures: [null] }, 10],
    ["a list that is none", { batchItemFailures: "x" }, 10],
    ["a text", "done", 10],
    ["a list", [], 10],
    ["nothing", undefined, 0],
    ["null", null, 0],
    ["an empty object", {}, 0],
    ["no list", { batchItemFailures: null }, 0],
    ["an empty list", { batchItemFailures: [] }, 0],
  ];
  for (const [what, answer, left] of answers)
    it(`an answer of ${what}: ${left === 0 ? "all" : "none"} are done`, async () => {
      const { code } = keeper(() => answer);
      const fixture = await openQueue(aws, { code, queue });
      await fixture.connect({ reportBatchItemFailures: true });
      await sendTen(fixture);
      await fixture.provider.settle();
      expect(Object.values(await fixture.states())).toEqual(Array<string>(left).fill("inFlight"));
    });

  it("a throw: all come back, also those of a batch that reports", async () => {
    const { code } = keeper(() => {
      throw new Error("no");
    });
    const fixture = await openQueue(aws, { code, queue });
    await fixture.connect({ reportBatchItemFailures: true });
    await sendTen(fixture);
    await fixture.provider.settle();
    expect(Object.keys(await fixture.states())).toHaveLength(10);
  });

  it("a batch has what there is, up to its size", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(aws, { code, queue });
    await fixture.connect({ batchSize: 4 });
    await sendTen(fixture);
    await fixture.provider.settle();
    expect(events.map(({ bodies }) => bodies)).toEqual(["0123", "4567", "89"]);
  });

  it("five batches at once, unless told otherwise", async () => {
    const code: Handler = (_event, context) => context.sleep(SECOND);
    const fixture = await openQueue(aws, { code, queue });
    await fixture.connect({ batchSize: 1 });
    await sendTen(fixture);
    await fixture.provider.settle();
    expect(await fixture.fn.listRunning()).toHaveLength(5);
  });

  describe("windows", () => {
    it("a batch is gathered from the first message on until the window ends; what is visible at that instant is not in it", async () => {
      const { events, code } = keeper();
      const fixture = await openQueue(aws, { code, queue });
      await fixture.connect({ batchSize: 100, batchingWindowMs: 5 * SECOND });
      const start = fixture.clock.nowMs();
      const { url, queues, clock } = fixture;
      await queues.sendMessage(url, { body: "a" });
      await queues.sendMessage(url, { body: "d", delayMs: 5 * SECOND });
      await queues.sendMessage(url, { body: "c", delayMs: 4 * SECOND });
      await clock.advance(2 * SECOND);
      await queues.sendMessage(url, { body: "b" });
      await clock.advance(2999);
      expect(events).toEqual([]);
      expect(await fixture.states()).toMatchObject({ a: "inFlight", b: "inFlight", c: "inFlight" });
      await clock.advance(1);
      expect(events).toEqual([{ bodies: "abc", counts: "1", at: start + 5 * SECOND }]);
      await clock.advance(5 * SECOND);
      expect(events[1]).toEqual({ bodies: "d", counts: "1", at: start + 10 * SECOND });
    });

    it("a full batch does not wait", async () => {
      const { events, code } = keeper();
      const fixture = await openQueue(aws, { code, queue });
      await fixture.connect({ batchSize: 3, batchingWindowMs: 5 * SECOND });
      await fixture.send("a", "b", "c", "d");
      await fixture.provider.settle();
      expect(events.map(({ bodies }) => bodies)).toEqual(["abc"]);
      await fixture.clock.advance(5 * SECOND);
      expect(events.map(({ bodies }) => bodies)).toEqual(["abc", "d"]);
    });

    it("what was gathered when the mapping is disabled comes back", async () => {
      const { events, code } = keeper();
      const fixture = await openQueue(aws, { code, queue });
      const { uuid } = await fixture.connect({ batchSize: 100, batchingWindowMs: 5 * SECOND });
      await fixture.send("a");
      await fixture.provider.settle();
      await fixture.fn.updateEventSourceMapping(uuid, { enabled: false });
      await fixture.clock.advance(30 * SECOND);
      expect(events).toEqual([]);
      expect(await fixture.states()).toEqual({ a: "visible" });
    });
  });

  it("a batch is not larger than 6 MB of bodies", async () => {
    const { code } = keeper();
    const fixture = await openQueue(aws, { code, queue });
    const body = "x".repeat(1_000_000);
    for (let i = 0; i < 7; i++) await fixture.queues.sendMessage(fixture.url, { body });
    await fixture.connect({ batchSize: 10 });
    await fixture.provider.settle();
    expect(batches(fixture)).toBe(2);
    expect(await fixture.states()).toEqual({});
  });

  it("ordered: later messages of a group that the function does not list are deleted", async () => {
    let first = true;
    const { events, code } = keeper((event) => {
      if (!first) return undefined;
      first = false;
      return { batchItemFailures: [{ itemIdentifier: event.Records[0]?.messageId }] };
    });
    const fixture = await openQueue(aws, { code, queue: { ...queue, fifo: true, contentBasedDeduplication: true } });
    await fixture.connect({ reportBatchItemFailures: true });
    for (const body of ["a", "b"]) await fixture.queues.sendMessage(fixture.url, { body, groupId: "g" });
    await fixture.provider.settle();
    await fixture.queues.sendMessage(fixture.url, { body: "c", groupId: "g" });
    await fixture.provider.settle();
    expect(await fixture.states()).toEqual({ a: "inFlight", c: "visible" });
    await fixture.clock.advance(30 * SECOND);
    expect(events.map(({ bodies }) => bodies)).toEqual(["ab", "ac"]);
  });

  it("a batch that finds no place before its visibility timeout ends is let go uncalled; a millisecond before, it is called", async () => {
    for (const [busyMs, receives] of [
      [29_999, 1],
      [30_000, 2],
    ] as const) {
      const { events, code } = keeper();
      const fixture = await openQueue(aws, { code, queue });
      const { fn, clock } = fixture;
      const sleep: Handler = (_event, context) => context.sleep(busyMs);
      await fn.deploy({ name: "busy", code: sleep, timeoutMs: 60 * SECOND });
      await fn.setConcurrencyLimit(1);
      const start = clock.nowMs();
      const busy = fn.invoke("busy");
      await fixture.connect({ batchSize: 1 });
      await fixture.send("a");
      await busy;
      await clock.advance(60 * SECOND);
      expect(events).toEqual([{ bodies: "a", counts: String(receives), at: start + busyMs }]);
    }
  });

  it("a failed deletion lets the messages come back", async () => {
    const { events, code } = keeper();
    const { ErrorInjector, firstN } = await import("../../../worker/emulator");
    const injector = new ErrorInjector();
    const fixture = await openQueue(aws, { code, queue, injector });
    injector.set("messagequeue", "deleteMessageBatch", "Unavailable", firstN(1));
    await fixture.connect();
    await fixture.send("a");
    await fixture.clock.advance(30 * SECOND);
    expect(events.map(({ counts }) => counts)).toEqual(["1", "2"]);
    expect(await fixture.states()).toEqual({});
  });

  it("a receive that fails is repeated a second later", async () => {
    const { events, code } = keeper();
    const { ErrorInjector, firstN } = await import("../../../worker/emulator");
    const injector = new ErrorInjector();
    const fixture = await openQueue(aws, { code, queue, injector });
    injector.set("messagequeue", "receiveMessages", "Unavailable", firstN(2));
    await fixture.connect();
    const start = fixture.clock.nowMs();
    await fixture.send("a");
    await fixture.clock.advance(10 * SECOND);
    expect(events).toEqual([{ bodies: "a", counts: "1", at: start + 2 * SECOND }]);
  });

  it("an invocation that fails by injection is a failed batch", async () => {
    const { events, code } = keeper();
    const { ErrorInjector, firstN } = await import("../../../worker/emulator");
    const injector = new ErrorInjector();
    const fixture = await openQueue(aws, { code, queue, injector });
    injector.set("serverless", "invoke", "Internal", firstN(1));
    await fixture.connect();
    await fixture.send("a");
    await fixture.clock.advance(30 * SECOND);
    expect(events.map(({ counts }) => counts)).toEqual(["2"]);
  });
});
