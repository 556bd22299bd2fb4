import { expect, it } from "vitest";
import { SECOND, cloudUnderTest, forEachCloud } from "../harness";
import { bodiesOf, openQueue } from "./queue-fixture";
import { openStream } from "./stream-fixture";

const MB = 1_000_000;
const aws = cloudUnderTest("aws");

it("AWS: a window ends when the next message would make the event larger than 6 MB", async () => {
  const batches: [atMs: number, messages: number][] = [];
  const fixture = await openQueue(aws, {
    queue: { visibilityTimeoutMs: 60 * SECOND },
    code: (event) => void batches.push([fixture.clock.nowMs() - start, bodiesOf(event).length]),
  });
  const start = fixture.clock.nowMs();
  await fixture.connect({ batchSize: 100, batchingWindowMs: 10 * SECOND });
  for (let i = 0; i < 14; i++) {
    await fixture.send("x".repeat(MB));
    await fixture.clock.advance(SECOND);
  }
  // Six fit: the seventh, sent at 6 s, ends the first window and begins the second; the thirteenth at 12 s the third.
  await fixture.clock.advance(20 * SECOND);
  expect(batches).toEqual([
    [6 * SECOND, 6],
    [12 * SECOND, 6],
    [22 * SECOND, 2],
  ]);
  expect(await fixture.states()).toEqual({});
});

it("AWS: a message that becomes visible again while its window is open is in the batch once, as it was received last", async () => {
  const batches: string[][] = [];
  const counts: string[] = [];
  const { connect, send, clock, states } = await openQueue(aws, {
    queue: { visibilityTimeoutMs: 30 * SECOND },
    code: (event) => {
      batches.push(bodiesOf(event));
      const { Records } = event as { Records: { attributes: { ApproximateReceiveCount: string } }[] };
      counts.push(...Records.map(({ attributes }) => attributes.ApproximateReceiveCount));
    },
  });
  await connect({ batchSize: 100, batchingWindowMs: 45 * SECOND });
  await send("a");
  await clock.advance(20 * SECOND);
  await send("b");
  await clock.advance(60 * SECOND);
  expect(batches).toEqual([["a", "b"]]);
  expect(counts).toEqual(["2", "1"]);
  expect(await states()).toEqual({});
});

it("AWS: attributes count too; what grows as JSON does not stop its batch", async () => {
  const counts: number[] = [];
  const { connect, queues, url, provider, states } = await openQueue(aws, {
    code: (event) => void counts.push(bodiesOf(event).length),
  });
  for (let i = 0; i < 10; i++)
    await queues.sendMessage(url, {
      body: String.fromCharCode(34).repeat(MB / 2),
      attributes: { more: "y".repeat(MB / 2) },
    });
  await connect({ batchSize: 10 });
  await provider.settle();
  expect(counts).toEqual([6, 4]);
  expect(await states()).toEqual({});
});

it("AWS: a batch of a stream holds 6 MB of records at most", async () => {
  const counts: number[] = [];
  const { tables, connect, provider } = await openStream(aws, {
    code: (event) => void counts.push((event as { Records: unknown[] }).Records.length),
  });
  for (let i = 0; i < 40; i++)
    await tables.putItem("users", { id: String(i).padStart(2, "0"), text: "z".repeat(380_000) });
  await connect();
  await provider.settle();
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(Math.max(...counts)).toBe(16);
});

forEachCloud((cloud) => {
  it("filters see the body, what the queue says of a message, and its attributes with their types", async () => {
    const bodies: string[] = [];
    const { connect, queues, url, provider } = await openQueue(cloud, {
      code: (event) => void bodies.push(...bodiesOf(event)),
    });
    await connect({
      filters: [
        {
          attributes: { ApproximateReceiveCount: ["1"], SentTimestamp: [{ exists: true }] },
          messageAttributes: {
            kind: { stringValue: ["paid"], dataType: ["String"] },
            total: { stringValue: ["12"], dataType: ["Number"] },
            raw: { binaryValue: ["AQI="] },
          },
        },
      ],
    });
    const raw = new Uint8Array([1, 2]);
    await queues.sendMessage(url, { body: "wanted", attributes: { kind: "paid", total: 12, raw } });
    await queues.sendMessage(url, { body: "text", attributes: { kind: "paid", total: "12", raw } });
    await queues.sendMessage(url, { body: "other bytes", attributes: { kind: "paid", total: 12, raw: raw.slice(1) } });
    await queues.sendMessage(url, { body: "bare" });
    await provider.settle();
    expect(bodies).toEqual(["wanted"]);
    expect(await queues.peekMessages(url)).toEqual([]);
  });
});
