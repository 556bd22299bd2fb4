import fc from "fast-check";
import { expect, it } from "vitest";
import { forEachCloud, type Cloud } from "../harness";
import { VISIBILITY, nameOn, open } from "./fixture";

/** A queue, written down as slowly and plainly as can be: one list, looked through from the front each time. */
class Model {
  readonly messages: { body: string; group: string; sentAt: number; visibleAt: number; count: number }[] = [];
  readonly dead: string[] = [];

  constructor(
    private readonly cloud: Cloud["name"],
    private readonly fifo: boolean,
    private readonly hiddenMs: number,
    private readonly retentionMs: number,
    private readonly most: number,
  ) {}

  /** Everything that time has done by now. */
  settle(now: number): void {
    for (const message of [...this.messages]) {
      const ends = message.count > 0 && message.visibleAt <= now;
      // The end of a delivery comes before the end of keeping only if it is earlier.
      const kept = now < message.sentAt + this.retentionMs;
      if (
        this.cloud !== "aws" &&
        ends &&
        message.count >= this.most &&
        message.visibleAt < message.sentAt + this.retentionMs
      )
        this.bury(message.body);
      else if (!kept) this.remove(message.body);
    }
  }

  receive(now: number, most: number): string[] {
    this.settle(now);
    const given: string[] = [];
    const held = this.fifo ? this.messages.filter(({ visibleAt }) => visibleAt > now) : [];
    const closed = new Set(held.map(({ group }) => group));
    for (const message of [...this.messages]) {
      if (given.length === most) break;
      if (closed.has(message.group)) continue;
      if (message.visibleAt > now) continue;
      if (this.cloud === "aws" && message.count >= this.most) {
        this.bury(message.body);
      } else {
        message.count++;
        message.visibleAt = now + this.hiddenMs;
        given.push(message.body);
      }
    }
    return given;
  }

  remove(body: string): void {
    const at = this.messages.findIndex((message) => message.body === body);
    if (at >= 0) this.messages.splice(at, 1);
  }

  bury(body: string): void {
    this.remove(body);
    this.dead.push(body);
  }

  counts(now: number): [number, number] {
    this.settle(now);
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= now).length;
    return [visible, this.messages.length - visible];
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("send" as const), group: fc.constantFrom("a", "b", "c") }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("receive" as const), most: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("delete" as const), nth: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("nack" as const), nth: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("advance" as const), ms: fc.constantFrom(1, 999, 4000, 10_000, 61_000) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("purge" as const) }) },
);

forEachCloud((cloud) => {
  for (const fifo of [false, true]) {
    it(`a ${fifo ? "FIFO" : "standard"} queue does what a plain list does, whatever happens`, async () => {
      const run = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const { queue, clock, make } = open(cloud, { purgeHoldMs: 0 });
        const most = cloud.pick({ aws: 2, azure: 2, gcp: 5 });
        const retentionMs = cloud.pick({ aws: 120_000, azure: 120_000, gcp: 600_000 });
        const aside = await make({ name: "aside", fifo });
        const { url } = await make({
          ...{ fifo, retentionMs },
          deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: most },
        });
        const model = new Model(cloud.name, fifo, cloud.pick(VISIBILITY), retentionMs, most);
        /** The last handle of each message that was received. */
        const handles = new Map<string, string>();
        const counts = new Map<string, number>();
        let sent = 0;
        for (const each of steps) {
          const now = clock.nowMs();
          if (each.type === "send") {
            const body = `${each.group}${sent++}`;
            await queue.sendMessage(url, { body, groupId: each.group, ...(fifo && { deduplicationId: body }) });
            model.settle(now);
            const group = fifo ? each.group : body;
            model.messages.push({ body, group, sentAt: now, visibleAt: now, count: 0 });
          } else if (each.type === "receive") {
            const messages = await queue.receiveMessages(url, { maxMessages: each.most });
            expect(messages.map(({ body }) => body)).toEqual(model.receive(now, each.most));
            for (const { body, receiptHandle, receiveCount } of messages) {
              handles.set(body, receiptHandle);
              expect(receiveCount).toBe((counts.get(body) ?? 0) + 1);
              counts.set(body, receiveCount);
            }
          } else if (each.type === "delete" || each.type === "nack") {
            model.settle(now);
            const [body, handle] = [...handles][each.nth % Math.max(1, handles.size)] ?? [];
            const message = model.messages.find((it) => it.body === body);
            // Only what is held: what else a handle does is another suite's.
            if (body === undefined || handle === undefined || !message || message.visibleAt <= now) continue;
            handles.delete(body);
            if (each.type === "delete") {
              await queue.deleteMessage(url, handle);
              model.remove(body);
            } else {
              await queue.changeVisibility(url, handle, 0);
              message.visibleAt = now;
              model.settle(now);
            }
          } else if (each.type === "advance") {
            // Moment by moment, as the clock goes: what is due earlier has happened before what is due later.
            const until = now + each.ms;
            const moments = model.messages.flatMap(({ visibleAt, sentAt }) => [visibleAt, sentAt + retentionMs]);
            for (const moment of [...moments, until].sort((a, b) => a - b))
              if (moment > now && moment <= until) model.settle(moment);
            await clock.advance(each.ms);
          } else {
            await queue.purgeQueue(url);
            model.messages.length = 0;
          }
          const { approxMessageCount, approxNotVisibleCount } = await queue.getQueueAttributes(url);
          expect([approxMessageCount, approxNotVisibleCount]).toEqual(model.counts(clock.nowMs()));
          const all = await queue.peekMessages(url, { limit: 1000 });
          expect(all.map(({ body }) => body)).toEqual(model.messages.map(({ body }) => body));
        }
        const dead = (await queue.peekMessages(aside.url, { limit: 1000 })).map(({ body }) => body);
        expect(new Set(dead)).toEqual(new Set(model.dead.filter((body) => dead.includes(body))));
        expect((await queue.getQueueInfo(url)).name).toBe(nameOn(cloud, "jobs", fifo));
      });
      await fc.assert(run, { numRuns: 60, seed: 5 });
    });
  }
});
