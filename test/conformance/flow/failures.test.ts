import { expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import { firstN } from "../../../worker/emulator/features/injector/policies";
import { forEachCloud, START } from "../harness";
import { keysIn, open, PHOTOS, type Fixture } from "./fixture";

/** A bucket whose queue refuses the first `failures` messages. */
async function refusing(cloud: Parameters<typeof open>[0], failures: number): Promise<Fixture & { jobs: string }> {
  const fixture = await open(cloud);
  const jobs = await fixture.queue("jobs");
  await fixture.tell({ target: jobs });
  fixture.injector.set("messagequeue", "sendMessage", "Unavailable", firstN(failures));
  return { ...fixture, jobs };
}

const since = (at: Date): number => at.getTime() - Date.parse(START);

forEachCloud((cloud) => {
  const [first, second] = cloud.pick<[number, number]>({
    aws: [1000, 2000],
    azure: [10_000, 30_000],
    gcp: [10_000, 20_000],
  });

  it("the queue is away: the put resolves, and the event is tried again to the millisecond, an attempt a record", async () => {
    const { bucket, clock, bodies, jobs, hops, provider } = await refusing(cloud, 2);
    await bucket.putObject(PHOTOS, "k", "x");
    expect(await provider.listDeliveries({ state: "retrying" })).toMatchObject([
      { attempts: 1, nextAt: new Date(Date.parse(START) + first), error: { code: "Unavailable" } },
    ]);
    await clock.advance(first - 1);
    const before = hops().length;
    await clock.advance(1);
    expect(hops().length).toBe(before + 1);
    await clock.advance(second - 1);
    expect(keysIn(await bodies(jobs))).toEqual([]);
    await clock.advance(1);
    expect(keysIn(await bodies(jobs))).toEqual(["k"]);
    const attempts = hops().filter(({ causeId }) => causeId === hops().at(-1)?.causeId);
    expect(attempts.map(({ timestamp, hop, errorCode }) => [since(timestamp), hop?.attempt, errorCode])).toEqual([
      [0, 1, "Unavailable"],
      [first, 2, "Unavailable"],
      [first + second, 3, "OK"],
    ]);
    expect((await provider.listDeliveries()).at(-1)).toMatchObject({ state: "delivered", attempts: 3 });
  });

  it("the queue is gone: dropped after one attempt", async () => {
    const { bucket, jobs, provider, hops } = await refusing(cloud, 0);
    await provider.messageQueue.deleteQueue(jobs);
    await bucket.putObject(PHOTOS, "k", "x");
    expect((await provider.listDeliveries()).at(-1)).toMatchObject({
      state: "dropped",
      attempts: 1,
      error: { code: "NotFound" },
    });
    expect(hops().at(-1)).toMatchObject({
      ...{ service: "messagequeue", operation: "sendMessage", errorCode: "NotFound" },
      hop: { target: jobs, attempt: 1 },
    });
  });

  it("the queue stays away: given up a day after the event", async () => {
    const { bucket, clock, provider } = await refusing(cloud, 1e6);
    await bucket.putObject(PHOTOS, "k", "x");
    await clock.advance(86_400_000 - 1);
    expect(await provider.listDeliveries({ state: "retrying" })).toHaveLength(1);
    await clock.advance(1);
    expect(await provider.listDeliveries({ state: "retrying" })).toHaveLength(0);
    expect((await provider.listDeliveries()).at(-1)).toMatchObject({
      state: "dropped",
      error: { code: "Unavailable" },
    });
  });

  it("a put that is refused or aborted tells nobody", async () => {
    const { bucket, bodies, jobs, injector } = await refusing(cloud, 0);
    injector.set("storage", "putObject", "Internal", firstN(1));
    await expect(bucket.putObject(PHOTOS, "k", "x")).rejects.toThrow(CloudError);
    const stop = new AbortController();
    stop.abort();
    await expect(bucket.putObject(PHOTOS, "k", "x", { signal: stop.signal })).rejects.toThrow();
    expect(keysIn(await bodies(jobs))).toEqual([]);
  });

  it("a put whose answer was lost tells everybody", async () => {
    const { bucket, bodies, jobs, injector } = await refusing(cloud, 0);
    injector.set("storage", "putObject", "Internal", firstN(1), { phase: "after" });
    await expect(bucket.putObject(PHOTOS, "k", "x")).rejects.toThrow(CloudError);
    expect(keysIn(await bodies(jobs))).toEqual(["k"]);
  });

  it("a retry outlives its run: in a snapshot it waits on, as if nothing had happened", async () => {
    const { bucket, clock, jobs, provider } = await refusing(cloud, 1);
    await bucket.putObject(PHOTOS, "k", "x");
    await clock.advance(first - 1);
    const state = AccountKeeper.of(provider).take();
    const later = cloud.open({ start: clock.now().toISOString() });
    AccountKeeper.of(later.provider).restore(state, clock.nowMs());
    const there = async (): Promise<string[]> =>
      keysIn((await later.provider.messageQueue.peekMessages(jobs, { limit: 10 })).map(({ body }) => body));
    expect(await later.provider.listDeliveries()).toMatchObject([{ state: "retrying", attempts: 1, flowId: 0 }]);
    expect(await there()).toEqual([]);
    await later.clock.advance(1);
    expect(await there()).toEqual(["k"]);
  });

  it("a hop that waits for its turn outlives its run too", async () => {
    const { bucket, fn, tell, provider, clock } = await open(cloud);
    let runs = 0;
    const work = await fn("work", () => undefined);
    await tell({ target: work });
    await bucket.putObject(PHOTOS, "k", "x");
    const state = AccountKeeper.of(provider).take();
    const later = cloud.open({ start: clock.now().toISOString() });
    await later.provider.serverless.registerHandler("work", () => void runs++);
    AccountKeeper.of(later.provider).restore(state, clock.nowMs());
    await later.clock.advance(0);
    expect(runs).toBe(1);
  });

  it("the same program tells the same, whatever goes wrong", async () => {
    const recording = async (): Promise<string> => {
      const { bucket, clock, provider, fn, tell, recorder, injector } = await open(cloud, {
        delivery: { duplicateProbability: 0.2, jitter: 0.3 },
      });
      const work = await fn("work", () => {
        throw new Error("always");
      });
      await tell({ target: work });
      injector.set("serverless", "invoke", "Unavailable", firstN(5));
      for (let i = 0; i < 10; i++) await bucket.putObject(PHOTOS, `k${i}`, "x");
      await provider.settle();
      await clock.advance(3_600_000);
      return JSON.stringify([recorder.calls(), await provider.listDeliveries()]);
    };
    const one = await recording();
    expect(one.length).toBeGreaterThan(10_000);
    expect(await recording()).toBe(one);
  });
});
