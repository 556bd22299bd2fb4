import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../../worker/emulator/features/recording/exports";
import type * as program from "../../../worker/emulator/program";
import { play } from "./play";

const DAY = 86_400_000;

describe("a run's recording", () => {
  it("sees calls through every door of every account, in one stream", async () => {
    const { calls, end } = await play(async ({ cloud, aws, gcp, newAWS, Bucket }) => {
      await new Bucket(cloud).createBucket("portable");
      await aws.s3.createBucket("driver");
      await gcp.storage.createBucket("other-cloud");
      await new Bucket(newAWS()).createBucket("portable");
    });
    expect(calls.map(({ provider, operation, door }) => [provider, operation, door])).toEqual([
      ["aws", "createBucket", "portable"],
      ["aws", "createBucket", "driver"],
      ["gcp", "createBucket", "driver"],
      ["aws", "createBucket", "portable"],
    ]);
    expect(end).toMatchObject({ reason: "completed", message: "", calls: 4, virtualMs: 0 });
  });

  it("is what the program's own `recorder` and `metrics` show", async () => {
    await play(async ({ cloud, Bucket, recorder, metrics, isNotFound }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("photos");
      await bucket.getObject("photos", "missing").catch((error: unknown) => expect(isNotFound(error)).toBe(true));
      expect(recorder.callCount()).toBe(2);
      expect(recorder.lastCall()).toMatchObject({ operation: "getObject", errorCode: "NotFound" });
      recorder.match().operation("createBucket").withInput({ name: "photos" }).count(1).noErrors();
      expect(metrics.query().byName("calls_total").sum()).toBe(2);
      expect(metrics.query().byName("errors_total").sum()).toBe(1);
    });
  });

  it("holds console lines, checks and the program's own metrics", async () => {
    const { reader, console } = await play(async ({ check, metrics }, run) => {
      run.print("log", "hello");
      expect(check("true is true", true)).toBe(true);
      expect(check("one is two", 1 > 2, { found: 1 })).toBe(false);
      metrics.counter("orders_total", 3, { shop: "east" });
    });
    expect(console).toEqual(["hello"]);
    const checks = reader.ordinals("check");
    expect([reader.checkAt(checks.at(0)), reader.checkAt(checks.at(1))]).toMatchObject([
      { name: "true is true", passed: true },
      { name: "one is two", passed: false, detail: { found: 1 } },
    ]);
    expect(reader.metricAt(reader.ordinals("metric").at(0))).toMatchObject({
      name: "orders_total",
      value: 3,
      labels: { shop: "east" },
    });
  });

  it("tells what each call changed", async () => {
    const { reader, calls } = await play(async ({ cloud, Bucket }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("photos");
      await bucket.putObject("photos", "cat.txt", "meow");
      await bucket.getObject("photos", "cat.txt");
    });
    const [created, put, got] = calls.map((call) => reader.changesOf(call.id).map((change) => reader.changeAt(change)));
    expect(created?.map(({ store }) => store)).toContain("aws/storage/buckets");
    expect(put?.map(({ store }) => store)).toContain("aws/storage/objects");
    expect(got).toEqual([]);
  });
});

describe("what other tools take of a run", () => {
  const exported = async (): Promise<Record<string, string>> => {
    const { reader, catalogue } = await play(
      async ({ cloud, Bucket, metrics }) => {
        const bucket = new Bucket(cloud, { latency: 50 });
        await bucket.createBucket("photos");
        await bucket.headObject("photos", "missing").catch(() => undefined);
        metrics.gauge("shelf_height", 3);
      },
      { settings: { cloud: "gcp" } },
    );
    const startedAt = new Date("2026-01-01T00:00:00.000Z");
    const run = { reader, catalogue, provider: "gcp", seed: "tabcloud", startedAt } as const;
    return Object.fromEntries(EXPORT_FORMATS.map(({ id, parts }) => [id, [...parts(run)].join("")]));
  };

  it("names its cloud, region and calls in each form", async () => {
    const { jsonl = "", otlp = "", prometheus = "" } = await exported();
    const [header, ...lines] = jsonl
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({ format: "tabcloud.recording", provider: "gcp", region: "us-central1" });
    expect(lines.map(({ operation, errorCode }) => [operation, errorCode])).toEqual([
      ["createBucket", "OK"],
      ["headObject", "NotFound"],
    ]);
    expect(otlp).toContain('"cloud.account.id","value":{"stringValue":"mock-project"}');
    expect(otlp).toContain('"rpc.service","value":{"stringValue":"Cloud Storage"}');
    const labels = 'provider="gcp",service="storage",operation="createBucket",status="ok"';
    expect(prometheus).toContain(`cloud_sdk_call_duration_seconds_bucket{${labels},le="0.025"} 0\n`);
    expect(prometheus).toContain(`cloud_sdk_call_duration_seconds_bucket{${labels},le="0.05"} 1\n`);
    expect(prometheus).toContain("shelf_height 3\n");
  });

  it("is the same text for the same run", async () => {
    expect(await exported()).toEqual(await exported());
  });
});

describe("virtual time", () => {
  it("passes an hour in no time, and the latest timer ends the run", async () => {
    const { end, console } = await play(async ({ clock }, run) => {
      await clock.sleep(3_600_000);
      run.print("log", clock.now().toISOString());
      clock.setTimer(5000, () => run.print("log", "later"));
    });
    expect(console).toEqual(["2026-01-01T01:00:00.000Z", "later"]);
    expect(end).toMatchObject({ reason: "completed", virtualMs: 3_605_000 });
  });

  it("does not chase what only happens by itself: a nightly sweep keeps no run alive", async () => {
    const { end, calls } = await play(async ({ cloud, Bucket, clock }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("logs");
      await bucket.putObject("logs", "old", "x");
      await bucket.putLifecycleConfig("logs", { rules: [{ id: "r", enabled: true, expirationDays: 1 }] });
      await clock.advance(5 * DAY);
    });
    expect(end).toMatchObject({ reason: "completed", virtualMs: 5 * DAY });
    expect(calls.filter(({ origin }) => origin === "clock").map(({ operation }) => operation)).toContain(
      "lifecycleExpire",
    );
  });

  it("takes the latency of the settings for every portable call", async () => {
    const { calls, end } = await play(
      async ({ cloud, Bucket }) => {
        await new Bucket(cloud).createBucket("photos");
        await cloud.storage.createBucket("driver");
      },
      { settings: { latencyMs: 40 } },
    );
    expect(calls.map(({ durationMs }) => durationMs)).toEqual([40, 0]);
    expect(end.virtualMs).toBe(40);
  });
});

describe("how a run ends", () => {
  it("failed, where main rejects: no timer runs any more", async () => {
    const { end, error, console } = await play(async ({ clock }, run) => {
      clock.setTimer(10, () => run.print("log", "too late"));
      await Promise.resolve();
      throw new Error("boom");
    });
    expect(end.reason).toBe("failed");
    expect(error).toEqual(new Error("boom"));
    expect(console).toEqual([]);
  });

  it("failed, when a rejection went unhandled; the run goes on to its end", async () => {
    const { end, error, console } = await play(async ({ clock }, run) => {
      run.fail(new Error("nobody caught me"));
      await clock.sleep(10);
      run.print("log", "still here");
    });
    expect(end.reason).toBe("failed");
    expect(error).toEqual(new Error("nobody caught me"));
    expect(console).toEqual(["still here"]);
  });

  it("stuck, when it waits for something that never happens", async () => {
    const { end } = await play(() => new Promise(() => undefined));
    expect(end.reason).toBe("stuck");
    expect(end.message).toContain("waits for something that never happens");
  });

  const endless = async ({ cloud, Bucket }: typeof program): Promise<void> => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("photos");
    for (;;) await bucket.getBucketTagging("photos").catch(() => undefined);
  };

  it.each([
    ["calls", { calls: 2000 }, endless, "2,000 calls"],
    ["timers", { timers: 100 }, ({ clock }: typeof program) => tick(clock, 1000), "100 timers"],
    ["virtualMs", { virtualMs: 30 * DAY }, ({ clock }: typeof program) => tick(clock, DAY), "30 days"],
    ["recordedBytes", { recordedBytes: 1024 * 1024 }, endless, "1 MB"],
  ] as const)("limit, by %s, with a message that says how to raise it", async (name, limits, main, words) => {
    const { end, calls } = await play((tabcloud) => main(tabcloud), { limits });
    expect(end.reason).toBe("limit");
    expect(end.message).toContain(words);
    expect(end.message).toContain(`Raise "${name}"`);
    if (name === "calls") expect(calls).toHaveLength(2000);
  });

  async function tick(clock: (typeof program)["clock"], ms: number): Promise<never> {
    for (;;) await clock.sleep(ms);
  }

  it("limit, by console lines", async () => {
    const { end, console } = await play(
      async (_tabcloud, run) => {
        for (let i = 0; i < 1000; i++) run.print("log", `line ${i}`);
      },
      { limits: { consoleLines: 10 } },
    );
    expect(end).toMatchObject({ reason: "limit" });
    expect(console).toHaveLength(10);
  });
});

describe("the same program, seed and start", () => {
  const busy = async (
    { cloud, Bucket, ErrorInjector, probabilistic, clock, random, codeOf }: typeof program,
    run: { print(level: "log", text: string): void },
  ): Promise<void> => {
    const injector = new ErrorInjector();
    injector.set("storage", "putObject", "Unavailable", probabilistic(0.3));
    const bucket = new Bucket(cloud, { injector, latency: 7 });
    await bucket.createBucket("photos");
    await bucket.setBucketVersioning("photos", true);
    const worker = async (name: string): Promise<void> => {
      for (let i = 0; i < 400; i++) {
        const outcome = await bucket.putObject("photos", `${name}/${i}`, name.repeat(i % 7)).then(() => "OK", codeOf);
        if (i % 50 === 0) run.print("log", `${name} ${i} ${outcome} ${clock.now().toISOString()}`);
        if (random.next() < 0.1) await clock.sleep(random.int(30));
      }
    };
    await Promise.all(["a", "b", "c"].map(worker));
  };

  it("give one digest, however slowly the host takes pages in", async () => {
    const digests = new Set<string>();
    for (let i = 0; i < 5; i++) digests.add((await play(busy)).digest);
    for (let i = 0; i < 5; i++) {
      let turn = 0;
      const pause = (): Promise<void> | undefined =>
        ++turn % (i + 1) === 0 ? new Promise((resolve) => setImmediate(() => setImmediate(resolve))) : undefined;
      digests.add((await play(busy, { pause })).digest);
    }
    expect(digests.size).toBe(1);
  });

  it("differ in their digest by seed, start and cloud", async () => {
    const settings = [
      {},
      { seed: "other" },
      { start: "2027-01-01T00:00:00.000Z" },
      { cloud: "azure" },
      { cloud: "gcp" },
    ] as const;
    const digests = await Promise.all([]).then(async () => {
      const all: string[] = [];
      for (const one of settings) all.push((await play(busy, { settings: one })).digest);
      return all;
    });
    expect(new Set(digests).size).toBe(settings.length);
  });
});
