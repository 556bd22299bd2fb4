import { describe, expect, it } from "vitest";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import { firstN } from "../../../worker/emulator/features/injector/policies";
import type { EventInvokeConfig, Handler } from "../../../worker/emulator/services/serverless/driver";
import { HOUR, SECOND, cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, invocations, open, type Fixture } from "./fixture";

const EVENT = { invocationType: "Event" } as const;
const MINUTE = 60 * SECOND;

const fails: Handler = () => {
  throw new TypeError("no");
};

/** A queue, and how to read all that it has. */
async function queueOf(
  { provider }: Fixture,
  name: string,
): Promise<{ arn: string; bodies: () => Promise<unknown[]> }> {
  const queues = new MessageQueue(provider);
  const { arn, url } = await queues.createQueue({ name });
  const bodies = async (): Promise<unknown[]> =>
    (await queues.peekMessages(url)).map(({ body }) => JSON.parse(body) as unknown);
  return { arn, bodies };
}

/** When it ran, in seconds from the start. */
const timesOf = (fixture: Fixture, start: number): number[] =>
  invocations(fixture, "delivery").map(({ timestamp }) => (timestamp.getTime() - start) / SECOND);

forEachCloud((cloud) => {
  it("an event is accepted at once and runs on a later turn", async () => {
    const seen: unknown[] = [];
    const fixture = await open(cloud, { code: (event) => void seen.push(event) });
    const { fn, provider } = fixture;
    const output = await fn.invoke(NAME, { a: 1 }, EVENT);
    expect(output).toMatchObject({ statusCode: 202, value: undefined, executedVersion: "$LATEST" });
    expect(output.payload).toHaveLength(0);
    expect(seen).toEqual([]);
    await provider.settle();
    expect(seen).toEqual([{ a: 1 }]);
    const [asked, ran] = invocations(fixture);
    expect(asked).toMatchObject({ door: "portable", origin: "client" });
    expect(ran).toMatchObject({ door: "delivery", origin: "delivery", errorCode: "OK" });
    expect((ran?.output as { requestId: string }).requestId).toBe(output.requestId);
    expect(ran?.hop).toMatchObject({ attempt: 1, depth: 1 });
  });

  it("events start in order of arrival", async () => {
    const seen: unknown[] = [];
    const { fn, provider } = await open(cloud, { code: (event) => void seen.push(event) });
    for (let i = 0; i < 20; i++) await fn.invoke(NAME, i, EVENT);
    await provider.settle();
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it("an event that fails is retried after 60 s and 120 s where the cloud does so, or the function says so; then it is a dead letter", async () => {
    const fixture = await open(cloud, { code: fails });
    const { fn, clock } = fixture;
    const { arn, bodies } = await queueOf(fixture, "dead-letters");
    await fn.updateFunction(NAME, { deadLetterArn: arn });
    const retries = cloud.pick({ aws: 2, azure: 0, gcp: 0 });
    const start = clock.nowMs();
    await fn.invoke(NAME, { n: 1 }, EVENT);
    await clock.advance(HOUR);
    expect(timesOf(fixture, start)).toEqual([0, 60, 180].slice(0, retries + 1));
    expect(invocations(fixture, "delivery").map(({ hop }) => hop?.attempt)).toEqual([1, 2, 3].slice(0, retries + 1));
    expect(await bodies()).toEqual([{ n: 1 }]);
  });

  it("maximumRetryAttempts says how often", async () => {
    const fixture = await open(cloud, { code: fails });
    const { fn, clock } = fixture;
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 1 });
    const start = clock.nowMs();
    await fn.invoke(NAME, {}, EVENT);
    const delay = cloud.pick({ aws: 60, azure: 60, gcp: 10 });
    await clock.advance(delay * SECOND - 1);
    expect(timesOf(fixture, start)).toEqual([0]);
    await clock.advance(1);
    expect(timesOf(fixture, start)).toEqual([0, delay]);
    await clock.advance(HOUR);
    expect(timesOf(fixture, start)).toEqual([0, delay]);
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 0 });
    await fn.invoke(NAME, {}, EVENT);
    await clock.advance(HOUR);
    expect(timesOf(fixture, start)).toHaveLength(3);
  });

  it("all attempts have the request id under which the event was accepted", async () => {
    const seen: string[] = [];
    const code: Handler = (_event, { requestId, attempt }) => {
      seen.push(`${requestId} ${attempt}`);
      throw new Error("no");
    };
    const { fn, clock } = await open(cloud, { code });
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 2 });
    const { requestId } = await fn.invoke(NAME, {}, EVENT);
    await clock.advance(HOUR);
    expect(seen).toEqual([1, 2, 3].map((attempt) => `${requestId} ${attempt}`));
  });

  it("a try that would come when the event is too old is not made", async () => {
    for (const [maximumEventAgeMs, tries] of [
      [180 * SECOND, 2],
      [180 * SECOND + 1, 3],
    ] as const) {
      const fixture = await open(cloud, { code: fails, dialect: { eventRetryMs: [60 * SECOND, 120 * SECOND] } });
      await fixture.fn.putEventInvokeConfig(NAME, { maximumEventAgeMs, maximumRetryAttempts: 2 });
      const { arn, bodies } = await queueOf(fixture, "failures");
      await fixture.fn.putEventInvokeConfig(NAME, { maximumEventAgeMs, maximumRetryAttempts: 2, onFailureArn: arn });
      await fixture.fn.invoke(NAME, {}, EVENT);
      await fixture.clock.advance(HOUR);
      expect(invocations(fixture, "delivery")).toHaveLength(tries);
      expect(await bodies()).toMatchObject([
        { requestContext: { condition: tries === 2 ? "EventAgeExceeded" : "RetriesExhausted" } },
      ]);
    }
  });

  it("destinations are told of the end", async () => {
    const code: Handler<{ ok: boolean }> = (event) => {
      if (!event.ok) throw new RangeError("bad");
      return { fine: true };
    };
    const fixture = await open(cloud, { code });
    const { fn, clock, provider } = fixture;
    const good = await queueOf(fixture, "good-ones");
    const bad = await queueOf(fixture, "bad-ones");
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 0, onSuccessArn: good.arn, onFailureArn: bad.arn });
    const { arn } = await fn.getFunction(NAME);
    const first = await fn.invoke(NAME, { ok: true }, EVENT);
    const second = await fn.invoke(NAME, { ok: false }, EVENT);
    await provider.settle();
    const timestamp = clock.now().toISOString();
    expect(await good.bodies()).toEqual([
      {
        version: "1.0",
        timestamp,
        requestContext: {
          requestId: first.requestId,
          functionArn: `${arn}:$LATEST`,
          condition: "Success",
          approximateInvokeCount: 1,
        },
        requestPayload: { ok: true },
        responseContext: { statusCode: 200, executedVersion: "$LATEST" },
        responsePayload: { fine: true },
      },
    ]);
    expect(await bad.bodies()).toEqual([
      {
        version: "1.0",
        timestamp,
        requestContext: {
          requestId: second.requestId,
          functionArn: `${arn}:$LATEST`,
          condition: "RetriesExhausted",
          approximateInvokeCount: 1,
        },
        requestPayload: { ok: false },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: { errorType: "RangeError", errorMessage: "bad", trace: ["RangeError: bad"] },
      },
    ]);
    const sent = fixture.recorder.callsFor("messagequeue", "sendMessage").map(({ hop }) => [hop?.target, hop?.via]);
    expect(sent).toEqual([
      [good.arn, "onSuccess"],
      [bad.arn, "onFailure"],
    ]);
  });

  it("a function as destination gets the record as its event; a dead letter carries why", async () => {
    const seen: { requestContext: { condition: string } }[] = [];
    const fixture = await open(cloud, { code: fails });
    const { fn, provider } = fixture;
    const { arn } = await fn.deploy({ name: "after", code: (event) => void seen.push(event as never) });
    const queues = new MessageQueue(provider);
    const dead = await queues.createQueue({ name: "dead-ones" });
    await fn.updateFunction(NAME, { deadLetterArn: dead.arn });
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 0, onFailureArn: arn });
    const { requestId } = await fn.invoke(NAME, [1], EVENT);
    await provider.settle();
    expect(seen).toMatchObject([{ requestContext: { condition: "RetriesExhausted", requestId }, requestPayload: [1] }]);
    const [letter] = await queues.receiveMessages(dead.url);
    expect(letter).toMatchObject({
      body: "[1]",
      attributes: { RequestID: requestId, ErrorCode: 200, ErrorMessage: "no" },
    });
    expect(fixture.recorder.callsFor("messagequeue", "sendMessage").map(({ hop }) => hop?.via)).toEqual(["deadLetter"]);
  });

  it("events to an alias take its version, and the configuration of the alias", async () => {
    const fixture = await open(cloud, { code: () => "one" });
    const { fn, provider } = fixture;
    await fn.publishVersion(NAME);
    await fn.updateFunction(NAME, { code: () => "two" });
    const { arn } = await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1" });
    const { arn: queue, bodies } = await queueOf(fixture, "results");
    await fn.putEventInvokeConfig(`${NAME}:live`, { onSuccessArn: queue });
    await fn.invoke(NAME, {}, { ...EVENT, qualifier: "live" });
    await fn.invoke(NAME, {}, EVENT);
    await provider.settle();
    expect(await bodies()).toMatchObject([
      { requestContext: { functionArn: arn }, responseContext: { executedVersion: "1" }, responsePayload: "one" },
    ]);
  });

  describe("concurrency", () => {
    const native = cloud.pick({
      aws: "TooManyRequestsException",
      azure: "TooManyRequests",
      gcp: "RESOURCE_EXHAUSTED",
    });
    const slow: Handler = (_event, context) => context.sleep(10 * SECOND);

    it("reserved 0 stops a function; events go to their destination untried", async () => {
      const fixture = await open(cloud);
      const { fn, provider } = fixture;
      const { arn, bodies } = await queueOf(fixture, "untried");
      await fn.putEventInvokeConfig(NAME, { onFailureArn: arn });
      await fn.putFunctionConcurrency(NAME, 0);
      const error = await refused(fn.invoke(NAME), "Throttled", native);
      expect(error.message).toBe("Rate Exceeded.");
      expect(error.details).toMatchObject({ reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
      expect((await fn.invoke(NAME, 7, EVENT)).statusCode).toBe(202);
      await provider.settle();
      expect(invocations(fixture, "delivery")).toEqual([]);
      const [told] = await bodies();
      expect(told).toMatchObject({
        requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
        requestPayload: 7,
      });
      expect(told).not.toHaveProperty("responseContext");
      expect(told).not.toHaveProperty("responsePayload");
    });

    it("an event waits for a place and runs once one is free", async () => {
      const fixture = await open(cloud, { code: slow, config: { timeoutMs: 30 * SECOND } });
      const { fn, clock } = fixture;
      await fn.putFunctionConcurrency(NAME, 1);
      const start = clock.nowMs();
      const busy = fn.invoke(NAME);
      await fn.invoke(NAME, {}, EVENT);
      await fn.invoke(NAME, {}, EVENT);
      await busy;
      await clock.advance(MINUTE);
      expect(timesOf(fixture, start)).toEqual([10, 20]);
    });

    it("at most as many at once as are reserved; others share the rest", async () => {
      const { fn } = await open(cloud, { code: slow, dialect: { maxConcurrency: 3, minUnreserved: 0 } });
      await fn.deploy({ name: "other", code: slow, timeoutMs: 30 * SECOND });
      await fn.putFunctionConcurrency(NAME, 2);
      const running = [fn.invoke(NAME), fn.invoke(NAME), fn.invoke("other")];
      await refused(fn.invoke(NAME), "Throttled", native);
      const error = await refused(fn.invoke("other"), "Throttled", native);
      expect(error.details).not.toMatchObject({ reason: "ReservedFunctionConcurrentInvocationLimitExceeded" });
      await Promise.all(running);
      await fn.deleteFunctionConcurrency(NAME);
      await Promise.all([fn.invoke("other"), fn.invoke("other"), fn.invoke(NAME)]);
    });

    it("the account's figure can be set", async () => {
      const { fn } = await open(cloud, { code: slow });
      await fn.setConcurrencyLimit(1);
      const busy = fn.invoke(NAME);
      await refused(fn.invoke(NAME), "Throttled", native);
      await busy;
      await fn.invoke(NAME);
      for (const limit of [0, -1, 1.5]) await refused(fn.setConcurrencyLimit(limit), "InvalidArgument");
    });

    it("put, get and delete", async () => {
      const { fn } = await open(cloud);
      await refused(fn.getFunctionConcurrency(NAME), "NotFound");
      await fn.putFunctionConcurrency(NAME, 5);
      expect(await fn.getFunctionConcurrency(NAME)).toEqual({ functionName: NAME, reservedConcurrentExecutions: 5 });
      await fn.deleteFunctionConcurrency(NAME);
      await fn.deleteFunctionConcurrency(NAME);
      await refused(fn.getFunctionConcurrency(NAME), "NotFound");
      const most = cloud.pick({ aws: 900, azure: 200, gcp: 100 });
      await refused(fn.putFunctionConcurrency(NAME, most + 1), "InvalidArgument");
      await fn.putFunctionConcurrency(NAME, most);
      await fn.putFunctionConcurrency(NAME, most);
      for (const bad of [-1, 1.5]) await refused(fn.putFunctionConcurrency(NAME, bad), "InvalidArgument");
      await refused(fn.putFunctionConcurrency("nope", 1), "NotFound");
      await fn.publishVersion(NAME);
      const ofVersion = fn.putFunctionConcurrency(`${NAME}:1`, 1);
      if (cloud.name === "aws") await refused(ofVersion, "InvalidArgument");
      else await ofVersion;
    });
  });

  it("what asynchronous configuration refuses", async () => {
    const fixture = await open(cloud);
    const { fn } = fixture;
    const { arn } = await fn.getFunction(NAME);
    const maxAge = cloud.pick({ aws: 6, azure: 6, gcp: 24 }) * HOUR;
    for (const config of [
      {},
      { maximumRetryAttempts: 3 },
      { maximumRetryAttempts: -1 },
      { maximumEventAgeMs: 59_999 },
      { maximumEventAgeMs: maxAge + 1 },
      { onSuccessArn: "nothing" },
      { onFailureArn: arn },
      { onFailureArn: `${NAME}` },
    ] as EventInvokeConfig[])
      await refused(fn.putEventInvokeConfig(NAME, config), "InvalidArgument");
    await refused(fn.getEventInvokeConfig(NAME), "NotFound");
    await refused(fn.deleteEventInvokeConfig(NAME), "NotFound");
    await refused(fn.putEventInvokeConfig("nope", { maximumRetryAttempts: 1 }), "NotFound");
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 0, maximumEventAgeMs: 60_000 });
    expect(await fn.getEventInvokeConfig(NAME)).toEqual({ maximumRetryAttempts: 0, maximumEventAgeMs: 60_000 });
    await fn.putEventInvokeConfig(NAME, { maximumRetryAttempts: 2 });
    expect(await fn.getEventInvokeConfig(NAME)).toEqual({ maximumRetryAttempts: 2 });
    await fn.deleteEventInvokeConfig(NAME);
    await refused(fn.getEventInvokeConfig(NAME), "NotFound");
  });

  it("a function that calls itself runs 16 hops deep; the next event is a dead letter", async () => {
    let runs = 0;
    const code: Handler = async (_event, context) => {
      runs += 1;
      await context.cloud.serverless.invoke(NAME, runs, EVENT);
    };
    const fixture = await open(cloud, { code });
    const { fn, provider, clock } = fixture;
    const { arn, bodies } = await queueOf(fixture, "too-deep");
    await fn.updateFunction(NAME, { deadLetterArn: arn });
    await fn.invoke(NAME, 0, EVENT);
    await clock.advance(HOUR);
    expect(runs).toBe(16);
    expect(invocations(fixture, "delivery").map(({ hop }) => hop?.depth)).toEqual(
      Array.from({ length: 16 }, (_, i) => i + 1),
    );
    expect(await bodies()).toEqual([16]);
    expect((await provider.listDeliveries()).at(-1)).toMatchObject({ state: "delivered" });
  });

  it("throttled and unavailable attempts are repeated after 1 s, 2 s, 4 s ..., and do not count as retries", async () => {
    const injector = new ErrorInjector();
    const fixture = await open(cloud, { injector });
    const { fn, clock } = fixture;
    const start = clock.nowMs();
    await fn.invoke(NAME, {}, EVENT);
    injector.set("serverless", "invoke", "Unavailable", firstN(3));
    await clock.advance(MINUTE);
    expect(timesOf(fixture, start)).toEqual([0, 1, 3, 7]);
  });
});

it("GCP retries events of a function that asks for it: after 10 s, doubling to 600 s, for 24 h", async () => {
  const fixture = await open(cloudUnderTest("gcp"), { code: fails, config: { retryOnFailure: true } });
  const start = fixture.clock.nowMs();
  await fixture.fn.invoke(NAME, {}, EVENT);
  await fixture.clock.advance(25 * HOUR);
  const times = timesOf(fixture, start);
  expect(times.slice(0, 9)).toEqual([0, 10, 30, 70, 150, 310, 630, 1230, 1830]);
  expect(times.at(-1)).toBeLessThan(24 * 3600);
  expect(times.at(-1)).toBeGreaterThanOrEqual(24 * 3600 - 600);
});
