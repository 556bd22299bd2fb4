import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { SECOND, forEachCloud, refused } from "../harness";
import { VISIBILITY, bodies, handleOf, open } from "./fixture";

const md5 = (text: string | Uint8Array): string => createHash("md5").update(text).digest("hex");

forEachCloud((cloud) => {
  it("a message arrives as it was sent", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    const attributes = { text: "ä", number: 1.5, bytes: Uint8Array.of(0, 255), __proto__x: "p" };
    const sent = await queue.sendMessage(url, { body: "grüße", attributes, groupId: "g" });
    expect(sent).toEqual({ messageId: sent.messageId, md5OfBody: md5("grüße") });
    expect(sent.messageId).toMatch(
      cloud.name === "gcp" ? /^\d{18,19}$/ : /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const sentAt = clock.now();
    await clock.advance(SECOND);
    const [message] = await queue.receiveMessages(url);
    expect(message).toEqual({
      messageId: sent.messageId,
      receiptHandle: message?.receiptHandle,
      body: "grüße",
      attributes,
      groupId: "g",
      receiveCount: 1,
      sentAt,
      firstReceivedAt: clock.now(),
      md5OfBody: md5("grüße"),
    });
    expect(Object.keys(sent)).toEqual(["messageId", "md5OfBody"]);
    expect(JSON.parse(JSON.stringify(message))).toMatchObject({ md5OfBody: md5("grüße") });
    expect({ ...sent }.md5OfBody).toBe(md5("grüße"));
    expect(structuredClone(sent).md5OfBody).toBe(md5("grüße"));
  });

  it("bytes are kept as they are, where a cloud takes them", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    const bytes = Uint8Array.of(104, 105, 255);
    const sending = queue.sendMessage(url, { body: bytes });
    if (cloud.name === "aws") {
      await refused(sending, "InvalidArgument");
      return;
    }
    bytes[0] = 0;
    await sending;
    const [message] = await queue.receiveMessages(url);
    expect(message).toMatchObject({ body: "hi\ufffd", data: Uint8Array.of(104, 105, 255) });
    expect(message?.md5OfBody).toBe(md5(Uint8Array.of(104, 105, 255)));
  });

  it("standard queues give messages in the order they were sent; what comes back keeps its place", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    for (const body of ["1", "2", "3", "4"]) await queue.sendMessage(url, { body });
    const two = await queue.receiveMessages(url, { maxMessages: 2 });
    expect(bodies(two)).toEqual(["1", "2"]);
    await queue.changeVisibility(url, two[1]?.receiptHandle ?? "", 0);
    expect(bodies(await queue.receiveMessages(url))).toEqual(["2"]);
    await clock.advance(cloud.pick(VISIBILITY));
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["1", "2", "3", "4"]);
  });

  it("a queue that shuffles loses nothing, and shuffles alike each time", async () => {
    const orders: string[][] = [];
    for (let i = 0; i < 2; i++) {
      const { queue, make } = open(cloud, { reorder: true });
      const { url } = await make();
      const all = Array.from({ length: 30 }, (_, n) => String(n));
      for (const body of all) await queue.sendMessage(url, { body });
      const seen: string[] = [];
      for (let k = 0; k < 10; k++) seen.push(...bodies(await queue.receiveMessages(url, { maxMessages: 3 })));
      expect(seen).not.toEqual(all);
      expect([...seen].sort()).toEqual([...all].sort());
      orders.push(seen);
    }
    expect(orders[0]).toEqual(orders[1]);
  });

  it("changeVisibility counts from now; Azure renews by its own time; 0 gives back at once", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "m" });
    const handle = handleOf(await queue.receiveMessages(url));
    await clock.advance(5000);
    await queue.changeVisibility(url, handle, 20_000);
    const hidden = cloud.name === "azure" ? 60_000 : 20_000;
    await clock.advance(hidden - 1);
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(1);
    const again = await queue.receiveMessages(url);
    expect(again).toMatchObject([{ receiveCount: 2 }]);
    await queue.changeVisibility(url, handleOf(again), 0);
    expect(await queue.receiveMessages(url)).toMatchObject([{ receiveCount: 3 }]);
  });

  it("AWS: a handle whose time is over works on until somebody receives the message again; 0 does not hide at all", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "m" });
    const handle = handleOf(await queue.receiveMessages(url));
    await clock.advance(cloud.pick(VISIBILITY));
    if (cloud.name === "azure") {
      await refused(queue.changeVisibility(url, handle, 10_000), "FailedPrecondition", "MessageLockLost");
      return;
    }
    await queue.changeVisibility(url, handle, 10_000);
    expect((await queue.receiveMessages(url)).length).toBe(cloud.name === "aws" ? 0 : 1);
    if (cloud.name === "gcp") return;
    await clock.advance(10_000);
    await queue.deleteMessage(url, handle);
    expect(await queue.peekMessages(url)).toEqual([]);
    await queue.deleteMessage(url, handle);

    await queue.sendMessage(url, { body: "n" });
    expect(await queue.receiveMessages(url, { visibilityTimeoutMs: 0, maxMessages: 10 })).toHaveLength(1);
    expect(await queue.receiveMessages(url)).toMatchObject([{ receiveCount: 2 }]);
  });

  it("GCP: an acknowledgement that comes late counts", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "m" });
    const handle = handleOf(await queue.receiveMessages(url));
    await clock.advance(cloud.pick(VISIBILITY));
    const late = queue.deleteMessage(url, handle);
    if (cloud.name === "azure") await refused(late, "FailedPrecondition");
    else await late;
    expect(await queue.receiveMessages(url)).toHaveLength(cloud.name === "azure" ? 1 : 0);
  });

  it("looking changes and counts nothing, and tells the state of each message", async () => {
    const { queue, make, clock, watch } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "flying" });
    await queue.receiveMessages(url);
    await queue.sendMessage(url, { body: "there" });
    if (cloud.name !== "gcp") await queue.sendMessage(url, { body: "late", delayMs: 5000 });
    const all = await queue.peekMessages(url);
    expect(all.map(({ body, state }) => [body, state])).toEqual([
      ["flying", "inFlight"],
      ["there", "visible"],
      ...(cloud.name === "gcp" ? [] : [["late", "delayed"]]),
    ]);
    expect(all[0]).toMatchObject({ receiptHandle: "", receiveCount: 1, firstReceivedAt: clock.now() });
    expect(all[1]).not.toHaveProperty("firstReceivedAt");
    for (const { body, state } of all) expect(bodies(await queue.peekMessages(url, { state }))).toEqual([body]);
    expect(bodies(await queue.peekMessages(url, { limit: 1 }))).toEqual(["flying"]);
    expect(watch.of("peekMessages").flatMap(({ changes }) => changes)).toEqual([]);
    await refused(queue.peekMessages(url, { state: "dead" as "visible" }), "InvalidArgument");
    expect(await queue.receiveMessages(url)).toMatchObject([{ receiveCount: 1 }]);
  });

  it("8: a bad entry fails alone, a bad batch as a whole", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make({ maxMessageBytes: 1024 });
    const bad = cloud.name === "aws" ? "bad \x01" : "x".repeat(1025);
    const { successful, failed } = await queue.sendMessageBatch(url, [
      { id: "a", body: "1" },
      { id: "b", body: bad },
      { id: "c", body: "3" },
    ]);
    expect(successful.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(failed).toMatchObject([
      {
        id: "b",
        code: "InvalidArgument",
        nativeCode: cloud.pick({
          aws: "InvalidMessageContents",
          azure: "MessageSizeExceeded",
          gcp: "INVALID_ARGUMENT",
        }),
        senderFault: true,
      },
    ]);
    const max = cloud.pick({ aws: 1_048_577, azure: 262_145, gcp: 10_000_001 });
    await refused(
      queue.sendMessageBatch(url, [{ id: "a", body: "x".repeat(max) }]),
      "InvalidArgument",
      cloud.pick({
        aws: "AWS.SimpleQueueService.BatchRequestTooLong",
        azure: "MessageSizeExceeded",
        gcp: "INVALID_ARGUMENT",
      }),
    );
    const count = cloud.pick({ aws: 11, azure: 101, gcp: 1001 });
    const many = Array.from({ length: count }, (_, i) => ({ id: `i${i}`, body: "m" }));
    await refused(queue.sendMessageBatch(url, many), "InvalidArgument");
    expect((await queue.getQueueInfo(url)).approxMessageCount).toBe(2);
    await queue.sendMessageBatch(url, many.slice(1));
    expect((await queue.getQueueInfo(url)).approxMessageCount).toBe(count + 1);
  });

  it("batches delete entry by entry", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    for (const body of ["1", "2"]) await queue.sendMessage(url, { body });
    const [one, two] = await queue.receiveMessages(url, { maxMessages: 2 });
    const { successful, failed } = await queue.deleteMessageBatch(url, [
      { id: "a", receiptHandle: one?.receiptHandle ?? "" },
      { id: "b", receiptHandle: "garbage" },
      { id: "c", receiptHandle: two?.receiptHandle ?? "" },
    ]);
    expect(successful).toEqual(["a", "c"]);
    expect(failed).toMatchObject([{ id: "b", code: "InvalidArgument" }]);
    expect(await queue.peekMessages(url)).toEqual([]);
  });

  it("a trigger sees each accepted send before it resolves, takes nothing, and may throw", async () => {
    const { queue, make, watch } = open(cloud);
    const { url } = await make();
    const seen: string[] = [];
    await queue.setTrigger(url, (of, { body }) => {
      expect(of).toBe(url);
      seen.push(body);
      if (body === "2") throw new Error("no");
      return body === "3" ? Promise.reject(new Error("late")) : undefined;
    });
    await queue.sendMessageBatch(url, [
      { id: "a", body: "1" },
      { id: "b", body: "2" },
    ]);
    await queue.sendMessage(url, { body: "3" });
    expect(seen).toEqual(["1", "2", "3"]);
    await Promise.resolve();
    expect(watch.of("trigger").map(({ code, origin }) => [code, origin])).toEqual([
      ["Internal", "delivery"],
      ["Internal", "delivery"],
    ]);
    expect(watch.of("setTrigger")).toEqual([]);
    await queue.removeTrigger(url);
    await queue.sendMessage(url, { body: "4" });
    expect(seen).toHaveLength(3);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["1", "2", "3", "4"]);
  });

  it("a trigger may send, and each send has its own changes", async () => {
    const { queue, make, watch } = open(cloud);
    const { url } = await make();
    const other = await make({ name: "other" });
    await queue.setTrigger(url, async (_, { body }) => {
      await queue.sendMessage(other.url, { body: `seen ${body}` });
    });
    await queue.sendMessage(url, { body: "m" });
    expect(bodies(await queue.receiveMessages(other.url))).toEqual(["seen m"]);
    expect(watch.of("sendMessage").map(({ changes }) => changes.length)).toEqual([1, 1]);
  });
});
