import { describe, expect, it } from "vitest";
import type { Handler } from "../../../worker/emulator/services/serverless/driver";
import { SECOND, cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, invocations, open, textOf } from "./fixture";

forEachCloud((cloud) => {
  const status = cloud.pick({ aws: 200, azure: 500, gcp: 500 });

  it("answers what the handler answers; the handler has a copy of the event", async () => {
    const code: Handler<{ name: string; seen?: boolean }> = (event) => {
      event.seen = true;
      return { hi: event.name };
    };
    const { fn } = await open(cloud, { code });
    const event = { name: "Ann" };
    const output = await fn.invoke(NAME, event);
    expect(output).toMatchObject({ statusCode: 200, value: { hi: "Ann" }, executedVersion: "$LATEST", durationMs: 0 });
    expect(output.functionError).toBeUndefined();
    expect(textOf(output.payload)).toBe('{"hi":"Ann"}');
    expect(event).toEqual({ name: "Ann" });
  });

  it("takes bytes and texts of JSON, and any JSON; nothing is an empty object", async () => {
    const { fn } = await open(cloud);
    expect((await fn.invoke(NAME, new TextEncoder().encode("[1]"))).value).toEqual([1]);
    expect((await fn.invoke(NAME, '"x"')).value).toBe("x");
    expect((await fn.invoke(NAME, 5)).value).toBe(5);
    expect((await fn.invoke(NAME, null)).value).toBe(null);
    expect((await fn.invoke(NAME)).value).toEqual({});
  });

  it("an answer of nothing is null", async () => {
    const { fn } = await open(cloud, { code: () => undefined });
    const output = await fn.invoke(NAME);
    expect(output.value).toBe(null);
    expect(textOf(output.payload)).toBe("null");
  });

  describe("function errors", () => {
    const payloadOf = async (code: Handler): Promise<unknown> => {
      const { fn } = await open(cloud, { code });
      const output = await fn.invoke(NAME);
      expect(output).toMatchObject({ statusCode: status, functionError: "Unhandled" });
      expect(JSON.parse(textOf(output.payload))).toEqual(output.value);
      expect((output.value as { errorMessage: string }).errorMessage).toBe(output.error);
      return output.value;
    };

    it("an error thrown, at once or later", async () => {
      const later: Handler = async () => {
        await Promise.resolve();
        throw new TypeError("x");
      };
      const now: Handler = () => {
        throw new TypeError("x");
      };
      for (const code of [later, now])
        expect(await payloadOf(code)).toEqual({ errorType: "TypeError", errorMessage: "x", trace: ["TypeError: x"] });
    });

    it("anything else thrown", async () => {
      const code: Handler = () => {
        // A program may throw anything.
        throw "boom" as unknown as Error;
      };
      expect(await payloadOf(code)).toMatchObject({ errorType: "string", errorMessage: "boom" });
    });

    it("an answer that is no JSON", async () => {
      const circle: { self?: unknown } = {};
      circle.self = circle;
      expect(await payloadOf(() => circle)).toMatchObject({ errorType: "Runtime.MarshalError" });
      expect(await payloadOf(() => 1n)).toMatchObject({ errorType: "Runtime.MarshalError" });
    });

    it("no handler", async () => {
      const { fn } = await open(cloud);
      await fn.registerHandler(NAME, null);
      expect(await fn.invoke(NAME)).toMatchObject({
        statusCode: status,
        functionError: "Unhandled",
        value: { errorType: "Runtime.HandlerNotFound" },
      });
    });

    it("an answer that is too large", async () => {
      const { fn } = await open(cloud, { code: () => "12345678", dialect: { maxResultBytes: 10 } });
      expect((await fn.invoke(NAME)).functionError).toBeUndefined();
      await fn.registerHandler(NAME, () => "123456789");
      expect((await fn.invoke(NAME)).value).toEqual({
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage: "Response payload size exceeded maximum allowed payload size (10 bytes).",
      });
    });
  });

  describe("time", () => {
    it("an invocation ends at its timeout, when the clock is there; the signal tells", async () => {
      let aborted: number | undefined;
      const code: Handler = async (_event, context) => {
        context.signal.addEventListener("abort", () => (aborted = context.now().getTime()));
        expect(context.remainingMs()).toBe(3 * SECOND);
        await context.sleep(5 * SECOND);
        return "never";
      };
      const { fn, clock } = await open(cloud, { code, config: { timeoutMs: 3 * SECOND } });
      const began = clock.nowMs();
      const output = await fn.invoke(NAME);
      expect(clock.nowMs() - began).toBe(3 * SECOND);
      expect(aborted).toBe(began + 3 * SECOND);
      expect(output.value).toEqual({
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${output.requestId} Error: Task timed out after 3.00 seconds`,
      });
      expect(output).toMatchObject({ durationMs: 3 * SECOND, billedDurationMs: 3 * SECOND });
    });

    it("one millisecond less is in time, and so is the very moment", async () => {
      for (const [ms, ok] of [
        [2999, true],
        [3000, false],
        [3001, false],
      ] as const) {
        const code: Handler = async (_event, context) => {
          await context.sleep(ms);
          return ms;
        };
        const { fn } = await open(cloud, { code, config: { timeoutMs: 3 * SECOND } });
        expect((await fn.invoke(NAME)).value === ms, String(ms)).toBe(ok);
      }
    });

    it("a handler that never answers is ended by its timeout", async () => {
      const { fn, clock } = await open(cloud, { code: () => new Promise(() => {}), config: { timeoutMs: SECOND } });
      const began = clock.nowMs();
      expect((await fn.invoke(NAME)).functionError).toBe("Unhandled");
      expect(clock.nowMs() - began).toBe(SECOND);
    });

    it("what is billed is rounded up", async () => {
      const code: Handler = (_event, context) => context.sleep(101);
      const { fn } = await open(cloud, { code });
      const output = await fn.invoke(NAME);
      expect(output.durationMs).toBe(101);
      expect(output.billedDurationMs).toBe(cloud.pick({ aws: 101, azure: 101, gcp: 200 }));
      await fn.registerHandler(NAME, () => 1);
      expect((await fn.invoke(NAME)).billedDurationMs).toBe(1);
    });

    it("an aborted call rejects with the signal's reason; what runs goes on, and gives its place back", async () => {
      let ended = false;
      const code: Handler = async (_event, context) => {
        await context.sleep(2 * SECOND);
        ended = true;
      };
      const { fn, clock } = await open(cloud, { code });
      const signal = clock.timeoutSignal(SECOND);
      const error: unknown = await fn.invoke(NAME, {}, { signal }).catch((reason: unknown) => reason);
      expect(error).toBe(signal.reason);
      expect(ended).toBe(false);
      expect(await fn.listRunning()).toHaveLength(1);
      await clock.advance(2 * SECOND);
      expect(ended).toBe(true);
      expect(await fn.listRunning()).toEqual([]);
    });
  });

  it("the context tells of the function and its invocation", async () => {
    const seen: unknown[] = [];
    const code: Handler = (_event, context) => {
      const { functionName, functionVersion, invokedArn, requestId, memoryMb, attempt, env } = context;
      seen.push({ functionName, functionVersion, invokedArn, requestId, memoryMb, attempt, env });
    };
    const { fn } = await open(cloud, { code, config: { environment: { STAGE: "test" }, memoryMb: 512 } });
    const { arn } = await fn.getFunction(NAME);
    const { requestId } = await fn.invoke(NAME);
    expect(seen).toEqual([
      {
        functionName: NAME,
        functionVersion: "$LATEST",
        invokedArn: arn,
        requestId,
        memoryMb: 512,
        attempt: 1,
        env: { STAGE: "test" },
      },
    ]);
  });

  it("logs are in the answer and with the function", async () => {
    const code: Handler = (_event, context) => {
      context.log("hello", { a: 1 }, new Error("odd"));
      throw new Error("bad");
    };
    const { fn } = await open(cloud, { code });
    const { requestId, logTail } = await fn.invoke(NAME);
    const memory = cloud.pick({ aws: 128, azure: 2048, gcp: 256 });
    expect(logTail.split("\n")).toEqual([
      `START RequestId: ${requestId} Version: $LATEST`,
      'hello {"a":1} Error: odd',
      `ERROR RequestId: ${requestId} Error: bad`,
      `END RequestId: ${requestId}`,
      `REPORT RequestId: ${requestId} Duration: 0 ms Billed Duration: 1 ms Memory Size: ${memory} MB`,
      "",
    ]);
  });

  it("of a long log the end is kept", async () => {
    const code: Handler = (_event, context) => {
      for (let i = 0; i < 5000; i++) context.log(`line ${i}`);
    };
    const { fn } = await open(cloud, { code });
    const { logTail } = await fn.invoke(NAME);
    expect(logTail.length).toBe(4096);
    expect(logTail).toContain("line 4999\nEND");
  });

  it("calls through context.cloud are caused by what caused the invocation, in the same flow", async () => {
    const code: Handler = async (_event, context) => {
      await context.cloud.storage.createBucket("made-inside");
    };
    const fixture = await open(cloud, { code });
    await fixture.fn.invoke(NAME);
    expect((await fixture.provider.storage.listBuckets()).items).toHaveLength(1);
  });

  it("many run at once, each with its own time", async () => {
    const code: Handler<number> = async (ms, context) => {
      await context.sleep(ms);
      return context.now().getTime();
    };
    const { fn, clock } = await open(cloud, { code });
    const began = clock.nowMs();
    const outputs = await Promise.all([30, 10, 20].map((ms) => fn.invoke(NAME, ms)));
    expect(outputs.map(({ value }) => (value as number) - began)).toEqual([30, 10, 20]);
    expect(clock.nowMs() - began).toBe(30);
  });

  it("a dry run only checks", async () => {
    let runs = 0;
    const { fn } = await open(cloud, { code: () => runs++ });
    const output = await fn.invoke(NAME, {}, { invocationType: "DryRun" });
    expect(output).toMatchObject({ statusCode: 204, value: undefined, executedVersion: "$LATEST" });
    expect(output.payload).toHaveLength(0);
    expect(runs).toBe(0);
    await refused(fn.invoke("nope", {}, { invocationType: "DryRun" }), "NotFound");
  });

  it("registering a handler is no call: not recorded, not refused, before and after the function", async () => {
    const fixture = await open(cloud, { empty: true });
    const { fn } = fixture;
    await fn.registerHandler(NAME, () => "first");
    await fn.createFunction({ name: NAME });
    expect((await fn.invoke(NAME)).value).toBe("first");
    await fn.deleteFunction(NAME);
    const info = await fn.createFunction({ name: NAME });
    expect(info.hasHandler).toBe(true);
    expect((await fn.invoke(NAME)).value).toBe("first");
    await fn.registerHandler(NAME, () => "second");
    expect((await fn.invoke(NAME)).value).toBe("second");
    expect(fixture.recorder.callCountFor("serverless", "registerHandler")).toBe(0);
    expect(invocations(fixture)).toHaveLength(3);
    await refused(
      fn.registerHandler("", () => 1),
      "InvalidArgument",
    );
    await refused(fn.registerHandler(NAME, 5 as unknown as Handler), "InvalidArgument");
  });

  it("deleting a function lets what runs end normally", async () => {
    const code: Handler = async (_event, context) => {
      await context.sleep(10);
      return "done";
    };
    const { fn } = await open(cloud, { code });
    const running = fn.invoke(NAME);
    await fn.deleteFunction(NAME);
    expect((await running).value).toBe("done");
    await refused(fn.getFunction(NAME), "NotFound");
  });

  it("lists what runs", async () => {
    const { fn, clock } = await open(cloud, { code: (_event, context) => context.sleep(SECOND) });
    const since = clock.now();
    const running = fn.invoke(NAME);
    const [found] = await fn.listRunning();
    const { requestId } = await running;
    expect(found).toEqual({ functionName: NAME, version: "$LATEST", requestId, since });
    expect(await fn.listRunning()).toEqual([]);
  });

  it("the same run has the same request ids", async () => {
    const ids = async (): Promise<string[]> => {
      const { fn } = await open(cloud);
      return [(await fn.invoke(NAME)).requestId, (await fn.invoke(NAME)).requestId];
    };
    const [first, second] = [await ids(), await ids()];
    expect(first).toEqual(second);
    expect(first[0]).not.toBe(first[1]);
  });
});

it("a restored account has functions without handlers until some are registered", async () => {
  const { AccountKeeper } = await import("../../../worker/emulator/core/provider/account-keeper");
  const cloud = cloudUnderTest("aws");
  const { provider, fn, clock } = await open(cloud);
  await fn.publishVersion(NAME);
  const state = AccountKeeper.of(provider).take();
  const other = await open(cloud, { empty: true });
  AccountKeeper.of(other.provider).restore(state, clock.nowMs());
  expect(await other.fn.getFunction(NAME)).toMatchObject({ hasHandler: false });
  expect((await other.fn.invoke(NAME)).value).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
  expect((await other.fn.invoke(`${NAME}:1`)).value).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
});
