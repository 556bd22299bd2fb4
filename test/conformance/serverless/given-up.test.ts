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
});

/** Where the second record stands; after a day the stream has it no more. */
function sequence(items: readonly { sequenceNumber: string }[], lastMs: number): object {
  const number = items[1]?.sequenceNumber;
  return lastMs > 0 ? {} : { startSequenceNumber: number, endSequenceNumber: number };
}
