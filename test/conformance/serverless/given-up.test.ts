import { expect, it } from "vitest";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { DAY, forEachCloud } from "../harness";
import { NAME, invocations } from "./fixture";
import { failing, keeper, openStream } from "./stream-fixture";

forEachCloud((cloud) => {
  // Azure gives a failed batch up at once, GCP after a day; AWS as the mapping says.
  const retries = cloud.pick<{ maximumRetryAttempts?: number }>({
    aws: { maximumRetryAttempts: 0 },
    azure: {},
    gcp: {},
  });
  const lastMs = cloud.pick({ aws: 0, azure: 0, gcp: DAY });

  it("the failure place is told of records that are given up, and of no others", async () => {
    const { calls, code } = keeper(failing("b"));
    const fixture = await openStream(cloud, { code });
    const queues = new MessageQueue(fixture.provider);
    const failures = await queues.createQueue({ name: "failures" });
    const { uuid } = await fixture.connect({ batchSize: 1, onFailureArn: failures.arn, ...retries });
    await fixture.write("a", "b", "c");
    if (lastMs > 0) {
      await fixture.clock.advance(lastMs - 1);
      expect(await queues.peekMessages(failures.url)).toEqual([]);
      await fixture.clock.advance(1);
    }
    await fixture.provider.settle();
    expect(new Set(calls)).toEqual(new Set(["a", "b", "c"]));
    const told = await queues.peekMessages(failures.url);
    expect(told).toHaveLength(1);
    const { items } = await fixture.tables.getStreamRecords("users", { streamArn: fixture.streamArn, limit: 3 });
    const tries = calls.filter((id) => id === "b").length;
    const last = invocations(fixture, "delivery")
      .filter(({ output }) => (output as { error?: string }).error)
      .at(-1);
    expect(JSON.parse(told[0]?.body ?? "")).toMatchObject({
      requestContext: {
        requestId: (last?.output as { requestId: string }).requestId,
        functionArn: (await fixture.fn.getFunction(NAME)).arn,
        condition: cloud.name === "gcp" ? "RecordAgeExceeded" : "RetryAttemptsExhausted",
        approximateInvokeCount: tries,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      DDBStreamBatchInfo: { batchSize: 1, streamArn: fixture.streamArn, ...sequence(items, lastMs) },
    });
    const hop = fixture.recorder.callsFor("messagequeue", "sendMessage").at(-1)?.hop;
    expect(hop).toMatchObject({ target: failures.arn, via: uuid, attempt: 1 });
  });

  it("a record that the function lists as failed is tried again, where the mapping lets it", async () => {
    const answer = (ids: string, event: unknown): unknown =>
      ids.includes("b") ? { batchItemFailures: [{ itemIdentifier: lastSequenceNumber(event) }] } : undefined;
    const { calls, code } = keeper(answer);
    const fixture = await openStream(cloud, { code });
    const queues = new MessageQueue(fixture.provider);
    const failures = await queues.createQueue({ name: "failures" });
    const { uuid } = await fixture.connect({ batchSize: 1, onFailureArn: failures.arn, ...retries });
    await fixture.write("b");
    await fixture.clock.advance(lastMs);
    // Nobody asked what failed: it is done.
    expect(calls).toEqual(["b"]);
    await fixture.fn.updateEventSourceMapping(uuid, { reportBatchItemFailures: true });
    calls.length = 0;
    await fixture.write("bb");
    await fixture.clock.advance(cloud.pick({ aws: 0, azure: 0, gcp: 9_999 }));
    await fixture.provider.settle();
    expect(calls).toEqual(["bb"]);
    if (cloud.name === "gcp") {
      await fixture.clock.advance(1);
      expect(calls).toEqual(["bb", "bb"]);
    }
    await fixture.clock.advance(lastMs);
    const [told, ...more] = await queues.peekMessages(failures.url);
    expect(more).toEqual([]);
    expect(JSON.parse(told?.body ?? "")).toMatchObject({
      requestContext: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
      responseContext: { executedVersion: "$LATEST", functionError: null },
    });
  });

  it("what the function lists by its event's own name is where a batch goes on", async () => {
    if (cloud.name === "gcp") return;
    const answer = (ids: string, event: unknown): unknown =>
      ids.length > 1 ? { batchItemFailures: [{ itemIdentifier: lastSequenceNumber(event) }] } : undefined;
    const { calls, code } = keeper(answer);
    const fixture = await openStream(cloud, { code });
    await fixture.write("a", "b", "c");
    await fixture.connect({ reportBatchItemFailures: true, maximumRetryAttempts: 1 });
    await fixture.clock.advance(1000);
    expect(calls).toEqual(["abc", "c"]);
  });

  it("without such a place nothing is told, and the rest goes on", async () => {
    const { calls, code } = keeper(failing("a"));
    const fixture = await openStream(cloud, { code });
    await fixture.connect({ batchSize: 1, ...retries });
    await fixture.write("a", "b");
    await fixture.clock.advance(lastMs);
    await fixture.provider.settle();
    expect(calls.at(cloud.name === "gcp" ? 1 : -1)).toBe("b");
    expect((await fixture.provider.listDeliveries({ state: "deadLettered" })).length).toBe(0);
  });

  it("nothing is tried again for a mapping that was deleted", async () => {
    const { calls, code } = keeper(failing("a"));
    const fixture = await openStream(cloud, { code });
    const queues = new MessageQueue(fixture.provider);
    const failures = await queues.createQueue({ name: "failures" });
    const keeps = cloud.name === "azure" ? { maximumRetryAttempts: 5 } : {};
    const { uuid } = await fixture.connect({ batchSize: 1, onFailureArn: failures.arn, ...keeps });
    await fixture.write("a");
    await fixture.provider.settle();
    expect(calls).toEqual(["a"]);
    await fixture.fn.deleteEventSourceMapping(uuid);
    await fixture.clock.advance(2 * DAY);
    expect(calls).toEqual(["a"]);
    expect(await queues.peekMessages(failures.url)).toEqual([]);
  });
});

/** Where the second record stands; after a day the stream has it no more. */
function sequence(items: readonly { sequenceNumber: string }[], lastMs: number): object {
  const number = items[1]?.sequenceNumber;
  return lastMs > 0 ? {} : { startSequenceNumber: number, endSequenceNumber: number };
}

/** How a function names the last record of its event. */
function lastSequenceNumber(event: unknown): string {
  const { Records, id } = event as { Records?: { dynamodb: { SequenceNumber: string } }[]; id?: string };
  if (Records) return Records.at(-1)?.dynamodb.SequenceNumber ?? "";
  const changes = event as { metadata: { lsn: number } }[];
  return id ?? String(changes.at(-1)?.metadata.lsn);
}
