import { describe, expect, it } from "vitest";
import { Database } from "../../../worker/emulator/services/database/database";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import type { Handler } from "../../../worker/emulator/services/serverless/driver";
import { DAY, HOUR, SECOND, cloudUnderTest, forEachCloud } from "../harness";
import { NAME, invocations, open, type Fixture } from "./fixture";
import { failing, keeper, openStream, type AwsRecord } from "./stream-fixture";

const MINUTE = 60 * SECOND;
const aws = cloudUnderTest("aws");

const secondsOf = (fixture: Fixture, start: number): number[] =>
  invocations(fixture, "delivery").map(({ timestamp }) => (timestamp.getTime() - start) / SECOND);

forEachCloud((cloud) => {
  const batched = cloud.name !== "gcp";

  it("records reach the function in order, from the oldest one kept", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(cloud, { code });
    await fixture.write("a", "b");
    const { uuid } = await fixture.connect();
    await fixture.provider.settle();
    await fixture.write("c");
    await fixture.provider.settle();
    expect(calls).toEqual(batched ? ["ab", "c"] : ["a", "b", "c"]);
    expect((await fixture.fn.getEventSourceMapping(uuid)).lastResult).toBe("OK");
  });

  it("or only those written after the mapping was made", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(cloud, { code });
    await fixture.write("a", "b");
    await fixture.connect({ startingPosition: "LATEST" });
    await fixture.provider.settle();
    expect(calls).toEqual([]);
    await fixture.write("c");
    await fixture.provider.settle();
    expect(calls).toEqual(["c"]);
  });

  it("disabling keeps the place, enabling goes on from it", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(cloud, { code });
    const { uuid } = await fixture.connect();
    await fixture.write("a");
    await fixture.provider.settle();
    await fixture.fn.updateEventSourceMapping(uuid, { enabled: false });
    await fixture.write("b");
    await fixture.provider.settle();
    await fixture.fn.updateEventSourceMapping(uuid, { enabled: true });
    await fixture.provider.settle();
    expect(calls).toEqual(["a", "b"]);
  });

  it("records that no filter matches are done with", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(cloud, { code });
    await fixture.connect({
      filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { id: { S: [{ prefix: "x" }] } } } }],
    });
    await fixture.write("a", "x", "b");
    await fixture.provider.settle();
    await fixture.tables.deleteItem("users", { id: "x" });
    await fixture.provider.settle();
    expect(calls).toEqual(["x"]);
  });

  it("an invocation's cause is the write", async () => {
    const fixture = await openStream(cloud);
    await fixture.connect();
    await fixture.write("a");
    await fixture.provider.settle();
    const [put] = fixture.recorder.callsFor("database", "putItem");
    const [invoke] = invocations(fixture);
    expect(invoke).toMatchObject({ origin: "delivery", causeId: put?.id, flowId: put?.flowId });
    expect(invoke?.hop).toMatchObject({ source: fixture.streamArn, depth: 1, attempt: 1 });
  });

  it("without free concurrency the stream waits, and no retry is used", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(cloud, { code });
    await fixture.fn.putFunctionConcurrency(NAME, 0);
    const { uuid } = await fixture.connect({ ...(batched && { maximumRetryAttempts: 0 }) });
    await fixture.write("a");
    await fixture.clock.advance(HOUR);
    expect(calls).toEqual([]);
    if (batched) expect((await fixture.fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: throttled");
    await fixture.fn.deleteFunctionConcurrency(NAME);
    await fixture.provider.settle();
    expect(calls).toEqual(["a"]);
  });

  it("a loop through the table ends after 16 hops", async () => {
    let runs = 0;
    const code: Handler = async (_event, context) => {
      runs += 1;
      await context.cloud.database.putItem("users", { id: `run${runs}` });
    };
    const fixture = await openStream(cloud, { code });
    await fixture.connect();
    await fixture.write("a");
    await fixture.clock.advance(HOUR);
    expect(runs).toBe(16);
  });
});

describe("AWS", () => {
  it("a failed batch holds up what is behind it: again at 0, 1, 3, 7 s, then every minute; after 24 h it is gone", async () => {
    const { calls, code } = keeper(failing("3"));
    const fixture = await openStream(aws, { code });
    await fixture.write("1", "2", "3", "4");
    const start = fixture.clock.nowMs();
    await fixture.connect({ batchSize: 4 });
    await fixture.provider.settle();
    await fixture.write("5");
    await fixture.clock.advance(10 * MINUTE);
    expect(new Set(calls)).toEqual(new Set(["1234"]));
    expect(secondsOf(fixture, start).slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    await fixture.clock.advance(DAY - 10 * MINUTE - 1);
    expect(calls.at(-1)).toBe("1234");
    await fixture.write("6");
    await fixture.clock.advance(1);
    // The fifth record is as old as the fourth.
    expect(calls.at(-1)).toBe("6");
  });

  it("retries end when they are used up, and the next batch comes", async () => {
    const { calls, code } = keeper(failing("1"));
    const fixture = await openStream(aws, { code });
    await fixture.connect({ maximumRetryAttempts: 2, batchSize: 1 });
    const start = fixture.clock.nowMs();
    await fixture.write("1", "2");
    await fixture.clock.advance(MINUTE);
    expect(calls).toEqual(["1", "1", "1", "2"]);
    expect(secondsOf(fixture, start)).toEqual([0, 1, 3, 3]);
    expect(invocations(fixture).map(({ hop }) => hop?.attempt)).toEqual([1, 2, 3, 1]);
  });

  it("a failed batch is split until what fails is alone; that is told of, the rest goes on", async () => {
    const { calls, code } = keeper(failing("3"));
    const fixture = await openStream(aws, { code });
    const queues = new MessageQueue(fixture.provider);
    const failures = await queues.createQueue({ name: "failures" });
    await fixture.write("1", "2", "3", "4");
    await fixture.connect({
      batchSize: 4,
      bisectOnError: true,
      maximumRetryAttempts: 0,
      onFailureArn: failures.arn,
    });
    await fixture.clock.advance(SECOND);
    expect(calls).toEqual(["1234", "12", "34", "3", "4"]);
    const [told, ...more] = await queues.receiveMessages(failures.url, { maxMessages: 10 });
    expect(more).toEqual([]);
    const { items } = await fixture.tables.getStreamRecords("users");
    const { sequenceNumber } = items[2] as { sequenceNumber: string };
    const failed = invocations(fixture)[3]?.output as { requestId: string };
    const now = "2026-04-01T12:00:00Z";
    expect(JSON.parse(told?.body ?? "")).toEqual({
      requestContext: {
        requestId: failed.requestId,
        functionArn: (await fixture.fn.getFunction(NAME)).arn,
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 1,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: "2026-04-01T12:00:00.000Z",
      DDBStreamBatchInfo: {
        shardId: "shardId-00000000000000000001-00000001",
        startSequenceNumber: sequenceNumber,
        endSequenceNumber: sequenceNumber,
        approximateArrivalOfFirstRecord: now,
        approximateArrivalOfLastRecord: now,
        batchSize: 1,
        streamArn: fixture.streamArn,
      },
    });
  });

  it("five records split in three and two", async () => {
    const { calls, code } = keeper(failing("5"));
    const fixture = await openStream(aws, { code });
    await fixture.write("1", "2", "3", "4", "5");
    await fixture.connect({ bisectOnError: true, maximumRetryAttempts: 1 });
    const start = fixture.clock.nowMs();
    await fixture.clock.advance(MINUTE);
    expect(calls).toEqual(["12345", "123", "45", "4", "5", "5"]);
    expect(secondsOf(fixture, start)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  describe("partial failures", () => {
    const from = (id: string) => (ids: string, event: unknown) => {
      const { Records } = event as { Records: AwsRecord[] };
      const listed = Records.filter(({ dynamodb }) => dynamodb.Keys.id.S >= id);
      return ids.includes(id)
        ? { batchItemFailures: listed.reverse().map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) }
        : undefined;
    };

    it("the lowest listed record is where it goes on; what is before it is done", async () => {
      let broken = true;
      const { calls, code } = keeper((ids, event) => (broken ? from("3")(ids, event) : undefined));
      const fixture = await openStream(aws, { code });
      await fixture.write("1", "2", "3", "4");
      await fixture.connect({ reportBatchItemFailures: true });
      const start = fixture.clock.nowMs();
      await fixture.provider.settle();
      await fixture.write("5");
      await fixture.clock.advance(3 * SECOND);
      broken = false;
      await fixture.clock.advance(MINUTE);
      expect(calls).toEqual(["1234", "34", "34", "34", "5"]);
      expect(secondsOf(fixture, start)).toEqual([0, 1, 3, 7, 7]);
    });

    it("with splitting only the rest is tried again, at once", async () => {
      const { calls, code } = keeper(from("3"));
      const fixture = await openStream(aws, { code });
      const queues = new MessageQueue(fixture.provider);
      const failures = await queues.createQueue({ name: "failures" });
      await fixture.write("1", "2", "3", "4");
      await fixture.connect({
        reportBatchItemFailures: true,
        bisectOnError: true,
        maximumRetryAttempts: 1,
        onFailureArn: failures.arn,
      });
      const start = fixture.clock.nowMs();
      await fixture.clock.advance(MINUTE);
      expect(calls).toEqual(["1234", "34", "34"]);
      expect(secondsOf(fixture, start)).toEqual([0, 0, 1]);
      const [told] = await queues.receiveMessages(failures.url);
      expect(JSON.parse(told?.body ?? "")).toMatchObject({
        requestContext: { approximateInvokeCount: 2 },
        responseContext: { functionError: null },
        DDBStreamBatchInfo: { batchSize: 2 },
      });
    });

    it("nothing listed: all done; what is malformed: all failed", async () => {
      for (const [answer, left] of [
        [{ batchItemFailures: [] }, 1],
        [null, 1],
        [{ batchItemFailures: [{ itemIdentifier: "" }] }, 2],
        [{ batchItemFailures: [{ itemIdentifier: "5" }] }, 2],
      ] as const) {
        const { calls, code } = keeper(() => answer);
        const fixture = await openStream(aws, { code });
        await fixture.write("1", "2");
        await fixture.connect({ reportBatchItemFailures: true, maximumRetryAttempts: 1 });
        await fixture.clock.advance(MINUTE);
        expect(calls).toEqual(Array<string>(left).fill("12"));
      }
    });
  });

  it("records that are too old are given up: at that very moment", async () => {
    const { calls, code } = keeper(failing("1"));
    const fixture = await openStream(aws, { code });
    const queues = new MessageQueue(fixture.provider);
    const failures = await queues.createQueue({ name: "failures" });
    await fixture.connect({ maximumRecordAgeMs: MINUTE, onFailureArn: failures.arn, batchSize: 1 });
    const start = fixture.clock.nowMs();
    await fixture.write("1");
    await fixture.clock.advance(30 * SECOND);
    await fixture.write("2");
    await fixture.clock.advance(29_999);
    expect(calls).not.toContain("2");
    await fixture.clock.advance(1);
    expect(calls.at(-1)).toBe("2");
    expect(secondsOf(fixture, start)).toEqual([0, 1, 3, 7, 15, 31, 60]);
    const [told] = await queues.receiveMessages(failures.url);
    expect(JSON.parse(told?.body ?? "")).toMatchObject({
      requestContext: { condition: "RecordAgeExceeded", approximateInvokeCount: 6 },
    });
  });

  it("lanes: order is kept by key, other keys go on", async () => {
    const ids = [..."abcdefgh"];
    const { calls, code } = keeper(failing("a"));
    const fixture = await openStream(aws, { code });
    await fixture.connect({ parallelizationFactor: 4, batchSize: 1, maximumRetryAttempts: 1 });
    await fixture.write(...ids);
    await fixture.provider.settle();
    const before = new Set(calls);
    expect(before.size).toBeGreaterThan(1);
    expect(before.size).toBeLessThanOrEqual(8);
    await fixture.clock.advance(MINUTE);
    expect([...new Set(calls)].sort()).toEqual(ids);
    expect(calls.filter((id) => id === "a")).toHaveLength(2);
  });

  it("a window gathers a batch from the first record on", async () => {
    const { calls, code } = keeper();
    const fixture = await openStream(aws, { code });
    await fixture.connect({ batchingWindowMs: 5 * SECOND, batchSize: 3 });
    await fixture.write("1");
    await fixture.clock.advance(4 * SECOND);
    await fixture.write("2");
    await fixture.clock.advance(999);
    expect(calls).toEqual([]);
    await fixture.clock.advance(1);
    expect(calls).toEqual(["12"]);
    await fixture.write("3", "4", "5");
    await fixture.provider.settle();
    expect(calls).toEqual(["12", "345"]);
  });

  it("a restored mapping goes on behind what is done", async () => {
    const { AccountKeeper } = await import("../../../worker/emulator/core/provider/account-keeper");
    const first = keeper();
    const fixture = await openStream(aws, { code: first.code });
    await fixture.connect();
    await fixture.write("1", "2");
    await fixture.provider.settle();
    const state = AccountKeeper.of(fixture.provider).take();
    const second = keeper();
    const other = await open(aws, { empty: true });
    AccountKeeper.of(other.provider).restore(state, other.clock.nowMs());
    await other.fn.registerHandler(NAME, second.code);
    await new Database(other.provider).putItem("users", { id: "3" });
    await other.provider.settle();
    expect(first.calls).toEqual(["12"]);
    expect(second.calls).toEqual(["3"]);
  });
});

describe("Azure", () => {
  it("a failed batch is skipped, unless it is to be retried", async () => {
    for (const [maximumRetryAttempts, tries] of [
      [undefined, 1],
      [2, 3],
    ] as const) {
      const { calls, code } = keeper(failing("1"));
      const fixture = await openStream(cloudUnderTest("azure"), { code });
      await fixture.connect({ ...(maximumRetryAttempts !== undefined && { maximumRetryAttempts }) });
      await fixture.write("1", "2");
      await fixture.clock.advance(MINUTE);
      await fixture.write("3");
      await fixture.provider.settle();
      expect(calls).toEqual([...Array<string>(tries).fill("12"), "3"]);
    }
  });
});

describe("GCP", () => {
  it("a record that fails is tried again after 10 s, 20 s, ..., and holds up no other", async () => {
    const { calls, code } = keeper(failing("1"));
    const fixture = await openStream(cloudUnderTest("gcp"), { code });
    const { uuid } = await fixture.connect();
    const start = fixture.clock.nowMs();
    await fixture.write("1", "2");
    await fixture.clock.advance(70 * SECOND);
    expect(calls).toEqual(["1", "2", "1", "1", "1"]);
    expect(secondsOf(fixture, start)).toEqual([0, 0, 10, 30, 70]);
    expect((await fixture.fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: function error");
    await fixture.clock.advance(DAY);
    expect(calls.filter((id) => id === "1").length).toBeGreaterThan(100);
    const last = invocations(fixture).at(-1)?.timestamp.getTime() ?? 0;
    expect(last - start).toBeLessThan(DAY);
  });
});
