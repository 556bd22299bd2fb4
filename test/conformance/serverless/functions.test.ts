import { describe, expect, it } from "vitest";
import { sha256Base64 } from "../../../worker/emulator/core/hash";
import type { FunctionConfig, Handler } from "../../../worker/emulator/services/serverless/driver";
import { SECOND, forEachCloud, refused } from "../harness";
import { NAME, open } from "./fixture";

const KIB = 1024;

forEachCloud((cloud) => {
  const invalid = cloud.pick({ aws: "InvalidParameterValueException", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
  const missing = cloud.pick({ aws: "ResourceNotFoundException", azure: "ResourceNotFound", gcp: "NOT_FOUND" });
  const exists = cloud.pick({ aws: "ResourceConflictException", azure: "Conflict", gcp: "ALREADY_EXISTS" });
  const arn = cloud.pick({
    aws: "arn:aws:lambda:us-east-1:123456789012:function:work",
    azure:
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.Web/sites/work",
    gcp: "projects/mock-project/locations/us-central1/functions/work",
  });

  it("a function has what was said, and the cloud's defaults", async () => {
    const { fn, clock } = await open(cloud, { empty: true });
    const info = await fn.createFunction({ name: NAME });
    expect(info).toEqual({
      name: NAME,
      arn,
      runtime: cloud.pick({ aws: "nodejs22.x", azure: "node|22", gcp: "nodejs22" }),
      handler: "index.handler",
      memoryMb: cloud.pick({ aws: 128, azure: 2048, gcp: 256 }),
      timeoutMs: cloud.pick({ aws: 3, azure: 300, gcp: 60 }) * SECOND,
      state: "Active",
      environment: {},
      tags: {},
      lastModified: clock.now(),
      codeSha256: sha256Base64(""),
      version: "$LATEST",
      layers: [],
      description: "",
      hasHandler: false,
    });
    expect(await fn.getFunction(NAME)).toEqual(info);
    expect(await fn.getFunction(arn)).toEqual(info);
    expect(await fn.getFunction(`${NAME}:$LATEST`)).toEqual({ ...info, arn: `${arn}:$LATEST` });
  });

  it("what is answered can be changed without effect", async () => {
    const { fn } = await open(cloud, { config: { environment: { A1: "1" }, tags: { a: "1" } } });
    const info = await fn.getFunction(NAME);
    info.environment["A1"] = "2";
    info.tags["a"] = "2";
    info.layers.push("x");
    expect(await fn.getFunction(NAME)).toMatchObject({ environment: { A1: "1" }, tags: { a: "1" }, layers: [] });
  });

  it("codeSha256 is that of the handler's source text", async () => {
    const code: Handler = (event: unknown) => event;
    const { fn } = await open(cloud, { code });
    expect((await fn.getFunction(NAME)).codeSha256).toBe(sha256Base64(code.toString()));
    const other: Handler = () => "other";
    await fn.registerHandler(NAME, other);
    expect((await fn.getFunction(NAME)).codeSha256).toBe(sha256Base64(other.toString()));
  });

  describe("refusals", () => {
    it("a name that is taken, or is none", async () => {
      const { fn } = await open(cloud);
      await refused(fn.createFunction({ name: NAME }), "AlreadyExists", exists);
      const bad = cloud.pick({
        aws: ["", "a.b", "a b", "x".repeat(65)],
        azure: ["", "a", "ab-", "a_b", "x".repeat(61)],
        gcp: ["", "Upper", "1a", "a_b", "x".repeat(64)],
      });
      for (const name of bad) await refused(fn.createFunction({ name }), "InvalidArgument", invalid);
      const good = cloud.pick({ aws: "x".repeat(64), azure: "x".repeat(60), gcp: "x".repeat(63) });
      expect((await fn.createFunction({ name: good })).name).toBe(good);
      expect((await fn.listFunctions()).items).toHaveLength(2);
    });

    const config = (given: unknown): FunctionConfig => ({ name: "other", ...(given as object) });
    const layer = "nothing";
    const table: [string, unknown[], unknown[]][] = [
      [
        "memory",
        cloud.pick<unknown[]>({
          aws: [127, 10_241, 128.5, "128"],
          azure: [511, 513, 4097],
          gcp: [127, 32_769],
        }),
        cloud.pick<unknown[]>({ aws: [128, 10_240], azure: [512, 1536, 2048, 4096], gcp: [128, 32_768] }),
      ],
    ];
    for (const [what, bad, good] of table)
      it(what, async () => {
        const { fn } = await open(cloud, { empty: true });
        for (const memoryMb of bad) await refused(fn.createFunction(config({ memoryMb })), "InvalidArgument", invalid);
        for (const memoryMb of good) {
          await fn.createFunction(config({ memoryMb }));
          await fn.deleteFunction("other");
        }
      });

    it("timeout: whole seconds within its range", async () => {
      const { fn } = await open(cloud, { empty: true });
      const max = cloud.pick({ aws: 900, azure: 600, gcp: 3600 }) * SECOND;
      for (const timeoutMs of [0, 999, 1500, max + 1, max + 1000, Number.NaN])
        await refused(fn.createFunction(config({ timeoutMs })), "InvalidArgument", invalid);
      for (const timeoutMs of [1000, max]) {
        expect((await fn.createFunction(config({ timeoutMs }))).timeoutMs).toBe(timeoutMs);
        await fn.deleteFunction("other");
      }
    });

    it("environment: its size, and names that are not for programs", async () => {
      const { fn } = await open(cloud, { empty: true });
      const max = cloud.pick({ aws: 4, azure: 64, gcp: 32 }) * KIB;
      await refused(
        fn.createFunction(config({ environment: { AB: "x".repeat(max - 1) } })),
        "InvalidArgument",
        invalid,
      );
      await fn.createFunction(config({ environment: { AB: "x".repeat(max - 2) } }));
      const reserved = cloud.pick({ aws: ["AWS_REGION", "AWS_LAMBDA_X"], azure: ["a=b"], gcp: ["K_SERVICE", "a=b"] });
      for (const name of reserved)
        await refused(fn.updateFunction("other", { environment: { [name]: "x" } }), "InvalidArgument", invalid);
      await refused(
        fn.updateFunction("other", { environment: { AB: 5 } as unknown as Record<string, string> }),
        "InvalidArgument",
      );
    });

    it("layers: unknown, too many, one twice", async () => {
      const { fn } = await open(cloud, { empty: true });
      const arns: string[] = [];
      for (let i = 0; i < 6; i++)
        arns.push((await fn.publishLayerVersion({ name: `layer${i}`, content: new Uint8Array(1) })).arn);
      const second = await fn.publishLayerVersion({ name: "layer0", content: new Uint8Array(2) });
      await refused(fn.createFunction(config({ layers: [layer] })), "InvalidArgument", invalid);
      await refused(fn.createFunction(config({ layers: arns })), "InvalidArgument", invalid);
      await refused(fn.createFunction(config({ layers: [arns[0], arns[0]] })), "InvalidArgument", invalid);
      const both = fn.createFunction(config({ layers: [arns[0], second.arn] }));
      if (cloud.name === "aws") await refused(both, "InvalidArgument", invalid);
      else await both.then(() => fn.deleteFunction("other"));
      expect((await fn.createFunction(config({ layers: arns.slice(0, 5) }))).layers).toEqual(arns.slice(0, 5));
    });

    it("what is not there", async () => {
      const { fn } = await open(cloud);
      for (const call of [
        () => fn.getFunction("nope"),
        () => fn.getFunction(`${NAME}:7`),
        () => fn.getFunction(`${NAME}:live`),
        () => fn.getFunction(arn.replace("work", "nope")),
        () => fn.updateFunction("nope", {}),
        () => fn.deleteFunction("nope"),
        () => fn.invoke("nope"),
        () => fn.invoke(NAME, {}, { qualifier: "7" }),
        () => fn.publishVersion("nope"),
        () => fn.listVersions("nope"),
        () => fn.listAliases("nope"),
      ])
        await refused(call(), "NotFound", missing);
    });

    it("arguments of the wrong shape", async () => {
      const { fn } = await open(cloud);
      for (const call of [
        () => fn.createFunction(undefined as unknown as FunctionConfig),
        () => fn.createFunction(config({ code: 5 })),
        () => fn.deploy(config({}) as FunctionConfig & { code: Handler }),
        () => fn.updateFunction(NAME, { tags: 5 as unknown as Record<string, string> }),
        () => fn.listFunctions({ limit: 0 }),
        () => fn.listFunctions({ limit: 1.5 }),
        () => fn.listFunctions({ pageToken: "x" }),
        () => fn.invoke(NAME, {}, { invocationType: "Later" as "Event" }),
        () => fn.invoke(NAME, 5n as unknown as number),
        () => fn.getFunction(""),
      ])
        await refused(call(), "InvalidArgument");
    });

    it("a refused update changes nothing", async () => {
      const { fn } = await open(cloud);
      const before = await fn.getFunction(NAME);
      await refused(fn.updateFunction(NAME, { description: "new", timeoutMs: 5 }), "InvalidArgument");
      expect(await fn.getFunction(NAME)).toEqual(before);
    });
  });

  describe("payloads", () => {
    it("text that is no JSON", async () => {
      const { fn } = await open(cloud);
      const native = cloud.pick({
        aws: "InvalidRequestContentException",
        azure: "BadRequest",
        gcp: "INVALID_ARGUMENT",
      });
      await refused(fn.invoke(NAME, "{"), "InvalidArgument", native);
      await refused(fn.invoke(NAME, ""), "InvalidArgument", native);
      await refused(fn.invoke(NAME, new Uint8Array([0xff])), "InvalidArgument", native);
    });

    it("nested too deep", async () => {
      const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
      const { fn } = await open(cloud, { code: () => JSON.parse(nested(1001)) as unknown });
      await refused(fn.invoke(NAME, nested(1001)), "InvalidArgument");
      await refused(fn.invoke(NAME, nested(200_000)), "InvalidArgument");
      expect((await fn.invoke(NAME, nested(1000))).value).toMatchObject({ errorType: "Runtime.MarshalError" });
    });

    it("too large: to the byte, and less for events", async () => {
      const native = cloud.pick({
        aws: "RequestTooLargeException",
        azure: "PayloadTooLarge",
        gcp: "INVALID_ARGUMENT",
      });
      const { fn } = await open(cloud, { dialect: { maxPayloadBytes: 10, maxEventBytes: 5 } });
      expect((await fn.invoke(NAME, '"ääää"')).value).toBe("ääää");
      await refused(fn.invoke(NAME, '"ääääa"'), "InvalidArgument", native);
      await fn.invoke(NAME, '"aaa"', { invocationType: "Event" });
      await refused(fn.invoke(NAME, '"aaaa"', { invocationType: "Event" }), "InvalidArgument", native);
    });
  });

  it("an update changes what it names; maps are replaced, and {} clears", async () => {
    const { fn, clock } = await open(cloud, { config: { environment: { A1: "1" }, description: "old" } });
    await clock.advance(SECOND);
    const info = await fn.updateFunction(NAME, { name: "ignored", description: "new" });
    expect(info).toMatchObject({ name: NAME, description: "new", environment: { A1: "1" }, lastModified: clock.now() });
    expect((await fn.updateFunction(NAME, { environment: { B1: "2" } })).environment).toEqual({ B1: "2" });
    expect((await fn.updateFunction(NAME, { environment: {} })).environment).toEqual({});
    await fn.updateFunction(NAME, { code: () => "new code" });
    expect((await fn.invoke(NAME)).value).toBe("new code");
  });

  it("deploy creates, then updates", async () => {
    const { fn } = await open(cloud, { empty: true });
    await fn.deploy({ name: NAME, code: () => 1, description: "one" });
    expect((await fn.invoke(NAME)).value).toBe(1);
    const info = await fn.deploy({ name: NAME, code: () => 2 });
    expect(info).toMatchObject({ description: "one", hasHandler: true });
    expect((await fn.invoke(NAME)).value).toBe(2);
  });

  it("functions are listed by name, page by page", async () => {
    const { fn } = await open(cloud, { empty: true });
    for (const name of ["cc", "aa", "dd", "bb"]) await fn.createFunction({ name });
    const page = await fn.listFunctions({ limit: 3 });
    expect(page.items.map(({ name }) => name)).toEqual(["aa", "bb", "cc"]);
    await fn.deleteFunction("cc");
    const rest = await fn.listFunctions({ limit: 3, pageToken: page.nextPageToken ?? "" });
    expect(rest.items.map(({ name }) => name)).toEqual(["dd"]);
    expect(rest.nextPageToken).toBeUndefined();
    const all: string[] = [];
    for await (const { name } of fn.functions({ limit: 1 })) all.push(name);
    expect(all).toEqual(["aa", "bb", "dd"]);
  });

  it("a page has as many as the cloud gives", async () => {
    const { fn } = await open(cloud, { empty: true });
    const max = cloud.pick({ aws: 50, azure: 100, gcp: 100 });
    for (let i = 0; i <= max; i++) await fn.createFunction({ name: `fn${i}` });
    expect((await fn.listFunctions({ limit: 1000 })).items).toHaveLength(max);
  });

  it("a function goes with all that is its own", async () => {
    const { fn } = await open(cloud);
    await fn.publishVersion(NAME);
    await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1" });
    await fn.putFunctionConcurrency(NAME, 5);
    await fn.deleteFunction(NAME);
    await fn.createFunction({ name: NAME });
    expect((await fn.listVersions(NAME)).items.map(({ version }) => version)).toEqual(["$LATEST"]);
    expect((await fn.listAliases(NAME)).items).toEqual([]);
    await refused(fn.getFunctionConcurrency(NAME), "NotFound");
  });

  describe("simulated provisioning", () => {
    const conflict = cloud.pick({ aws: "ResourceConflictException", azure: "Conflict", gcp: "FAILED_PRECONDITION" });

    it("a function is Pending for 2 s, to the millisecond", async () => {
      const { fn, clock } = await open(cloud, { provisioning: "simulated" });
      await clock.advance(1999);
      expect((await fn.getFunction(NAME)).state).toBe("Pending");
      await refused(fn.invoke(NAME), "FailedPrecondition", conflict);
      await refused(fn.updateFunction(NAME, {}), "FailedPrecondition", conflict);
      await refused(fn.publishVersion(NAME), "FailedPrecondition", conflict);
      await clock.advance(1);
      expect((await fn.getFunction(NAME)).state).toBe("Active");
      expect((await fn.invoke(NAME, 1)).value).toBe(1);
    });

    it("while it is Updating it runs as it was", async () => {
      const { fn, clock } = await open(cloud, {
        provisioning: "simulated",
        code: (_event, { env }) => `old ${env["STAGE"]}`,
        config: { environment: { STAGE: "one" } },
      });
      await clock.advance(2000);
      await fn.updateFunction(NAME, {
        environment: { STAGE: "two" },
        code: (_event, { env }) => `new ${env["STAGE"]}`,
      });
      await refused(fn.updateFunction(NAME, {}), "FailedPrecondition", conflict);
      await clock.advance(1999);
      expect((await fn.invoke(NAME)).value).toBe("old one");
      await clock.advance(1);
      expect((await fn.getFunction(NAME)).state).toBe("Active");
      expect((await fn.invoke(NAME)).value).toBe("new two");
    });
  });

  it("retryOnFailure is an option of GCP", async () => {
    const { fn } = await open(cloud, { empty: true });
    const created = fn.createFunction({ name: NAME, retryOnFailure: true });
    if (cloud.name === "gcp") expect((await created).retryOnFailure).toBe(true);
    else await refused(created, "InvalidArgument", invalid);
  });
});
