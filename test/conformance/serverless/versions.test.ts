import { describe, expect, it } from "vitest";
import { sha256Base64 } from "../../../worker/emulator/core/hash";
import { SECOND, forEachCloud, refused } from "../harness";
import { NAME, open } from "./fixture";

forEachCloud((cloud) => {
  const invalid = cloud.pick({ aws: "InvalidParameterValueException", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
  const missing = cloud.pick({ aws: "ResourceNotFoundException", azure: "ResourceNotFound", gcp: "NOT_FOUND" });
  const conflict = cloud.pick({ aws: "ResourceConflictException", azure: "Conflict", gcp: "FAILED_PRECONDITION" });

  describe("versions", () => {
    it("are numbered, and keep configuration and code", async () => {
      const { fn, clock } = await open(cloud, {
        code: (_event, { env, functionVersion }) => `one ${env["STAGE"]} ${functionVersion}`,
        config: { environment: { STAGE: "a" }, description: "first" },
      });
      const { arn, codeSha256 } = await fn.getFunction(NAME);
      expect(await fn.publishVersion(NAME)).toEqual({
        functionName: NAME,
        version: "1",
        description: "first",
        codeSha256,
        createdAt: clock.now(),
        arn: cloud.pick({ aws: `${arn}:1`, azure: `${arn}/slots/1`, gcp: `${arn}/revisions/1` }),
      });
      await fn.updateFunction(NAME, { environment: { STAGE: "b" }, code: () => "two" });
      expect((await fn.publishVersion(NAME, { description: "second" })).version).toBe("2");
      const first = await fn.invoke(`${NAME}:1`);
      expect(first).toMatchObject({ value: "one a 1", executedVersion: "1" });
      expect((await fn.invoke(NAME, {}, { qualifier: "2" })).value).toBe("two");
      expect(await fn.getFunction(`${NAME}:1`)).toMatchObject({
        environment: { STAGE: "a" },
        version: "1",
        codeSha256,
      });
      const { items } = await fn.listVersions(NAME);
      expect(items.map(({ version, description }) => [version, description])).toEqual([
        ["$LATEST", "first"],
        ["1", "first"],
        ["2", "second"],
      ]);
    });

    it("nothing changed: the last one again; any change: a new one", async () => {
      const { fn } = await open(cloud);
      expect((await fn.publishVersion(NAME)).version).toBe("1");
      expect((await fn.publishVersion(NAME)).version).toBe("1");
      await fn.updateFunction(NAME, { timeoutMs: 2 * SECOND });
      expect((await fn.publishVersion(NAME)).version).toBe("2");
      await fn.updateFunction(NAME, { timeoutMs: 2 * SECOND });
      expect((await fn.publishVersion(NAME)).version).toBe("2");
      await fn.registerHandler(NAME, () => "else");
      expect((await fn.publishVersion(NAME)).version).toBe("3");
    });

    it("a hash that is not that of the code", async () => {
      const { fn } = await open(cloud);
      const native = cloud.pick({
        aws: "InvalidParameterValueException",
        azure: "Conflict",
        gcp: "FAILED_PRECONDITION",
      });
      await refused(fn.publishVersion(NAME, { codeSha256: sha256Base64("x") }), "FailedPrecondition", native);
      const { codeSha256 } = await fn.getFunction(NAME);
      expect((await fn.publishVersion(NAME, { codeSha256 })).version).toBe("1");
    });

    it("a deleted number never comes again", async () => {
      const { fn } = await open(cloud);
      await fn.publishVersion(NAME);
      await fn.deleteFunction(`${NAME}:1`);
      await refused(fn.invoke(`${NAME}:1`), "NotFound", missing);
      expect((await fn.publishVersion(NAME)).version).toBe("2");
      await fn.deleteVersion(NAME, "2");
      await refused(fn.deleteVersion(NAME, "2"), "NotFound", missing);
      expect((await fn.getFunction(NAME)).name).toBe(NAME);
    });

    it("$LATEST and what is no number cannot be deleted", async () => {
      const { fn } = await open(cloud);
      for (const call of [
        () => fn.deleteFunction(`${NAME}:$LATEST`),
        () => fn.deleteVersion(NAME, "$LATEST"),
        () => fn.deleteVersion(NAME, "live"),
      ])
        await refused(call(), "InvalidArgument", invalid);
    });

    it("one that an alias stands for cannot be deleted, on either side of a routing", async () => {
      const { fn } = await open(cloud);
      await fn.publishVersion(NAME);
      await fn.updateFunction(NAME, { description: "x" });
      await fn.publishVersion(NAME);
      const routing = { additionalVersion: "2", weight: 0.5 };
      await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1", routing });
      await refused(fn.deleteVersion(NAME, "1"), "FailedPrecondition", conflict);
      await refused(fn.deleteFunction(`${NAME}:2`), "FailedPrecondition", conflict);
      await fn.updateAlias({ functionName: NAME, name: "live", routing: null });
      await fn.deleteVersion(NAME, "2");
    });

    it("are listed page by page", async () => {
      const { fn } = await open(cloud);
      for (let i = 0; i < 11; i++) {
        await fn.updateFunction(NAME, { description: String(i) });
        await fn.publishVersion(NAME);
      }
      const all: string[] = [];
      for await (const { version } of fn.versions(NAME, { limit: 2 })) all.push(version);
      expect(all).toEqual(["$LATEST", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
    });
  });

  describe("aliases", () => {
    async function withVersions(count: number) {
      const fixture = await open(cloud);
      for (let i = 1; i <= count; i++) {
        await fixture.fn.updateFunction(NAME, { description: String(i) });
        await fixture.fn.publishVersion(NAME);
      }
      return fixture;
    }

    it("name a version", async () => {
      const { fn, clock } = await withVersions(2);
      const { arn } = await fn.getFunction(NAME);
      const alias = await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1" });
      const aliasArn = cloud.pick({ aws: `${arn}:live`, azure: `${arn}/slots/live`, gcp: `${arn}/aliases/live` });
      expect(alias).toEqual({
        functionName: NAME,
        name: "live",
        functionVersion: "1",
        description: "",
        arn: aliasArn,
        createdAt: clock.now(),
      });
      expect((await fn.invoke(`${NAME}:live`)).executedVersion).toBe("1");
      expect((await fn.invoke(aliasArn)).executedVersion).toBe("1");
      await fn.updateAlias({ functionName: NAME, name: "live", functionVersion: "2" });
      expect((await fn.invoke(`${NAME}:live`)).executedVersion).toBe("2");
      expect(await fn.getAlias(NAME, "live")).toMatchObject({ functionVersion: "2", description: "" });
      await fn.updateAlias({ functionName: NAME, name: "live", functionVersion: "$LATEST", description: "now" });
      expect((await fn.invoke(NAME, {}, { qualifier: "live" })).executedVersion).toBe("$LATEST");
    });

    it("share by weight, the same in every run", async () => {
      const run = async (): Promise<string[]> => {
        const { fn } = await withVersions(2);
        const routing = { additionalVersion: "2", weight: 0.1 };
        await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1", routing });
        const seen: string[] = [];
        for (let i = 0; i < 1000; i++) seen.push((await fn.invoke(`${NAME}:live`)).executedVersion);
        return seen;
      };
      const first = await run();
      expect(await run()).toEqual(first);
      const share = first.filter((version) => version === "2").length;
      expect(share).toBeGreaterThan(60);
      expect(share).toBeLessThan(140);
    });

    it("weights 0 and 1 are none and all", async () => {
      const { fn } = await withVersions(2);
      for (const [weight, version] of [
        [0, "1"],
        [1, "2"],
      ] as const) {
        const routing = { additionalVersion: "2", weight };
        await fn.createAlias({ functionName: NAME, name: `all${weight}`, functionVersion: "1", routing });
        for (let i = 0; i < 20; i++) expect((await fn.invoke(`${NAME}:all${weight}`)).executedVersion).toBe(version);
      }
    });

    it("refusals", async () => {
      const { fn } = await withVersions(2);
      const form = cloud.pick({ aws: "ValidationException", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
      const alias = { functionName: NAME, name: "live", functionVersion: "1" };
      for (const name of ["1", "", "a.b", "x".repeat(129)])
        await refused(fn.createAlias({ ...alias, name }), "InvalidArgument", form);
      for (const weight of [-0.1, 1.5, Number.NaN])
        await refused(
          fn.createAlias({ ...alias, routing: { additionalVersion: "2", weight } }),
          "InvalidArgument",
          form,
        );
      for (const [functionVersion, additionalVersion] of [
        ["$LATEST", "1"],
        ["1", "$LATEST"],
        ["1", "1"],
      ] as const) {
        const routing = { additionalVersion, weight: 0.5 };
        await refused(fn.createAlias({ ...alias, functionVersion, routing }), "InvalidArgument", invalid);
      }
      await refused(fn.createAlias({ ...alias, functionVersion: "3" }), "NotFound", missing);
      await refused(
        fn.createAlias({ ...alias, routing: { additionalVersion: "3", weight: 0.5 } }),
        "NotFound",
        missing,
      );
      await refused(fn.createAlias({ ...alias, functionName: "nope" }), "NotFound", missing);
      await fn.createAlias({ ...alias, name: "x".repeat(128) });
      await fn.createAlias(alias);
      const taken = cloud.pick({ aws: "ResourceConflictException", azure: "Conflict", gcp: "ALREADY_EXISTS" });
      await refused(fn.createAlias(alias), "AlreadyExists", taken);
      await refused(fn.updateAlias({ functionName: NAME, name: "nope" }), "NotFound", missing);
      await refused(fn.getAlias(NAME, "nope"), "NotFound", missing);
    });

    it("go, and on AWS may be gone already", async () => {
      const { fn } = await withVersions(1);
      await fn.createAlias({ functionName: NAME, name: "live", functionVersion: "1" });
      await fn.deleteAlias(NAME, "live");
      await refused(fn.invoke(`${NAME}:live`), "NotFound", missing);
      const again = fn.deleteAlias(NAME, "live");
      if (cloud.name === "aws") await again;
      else await refused(again, "NotFound", missing);
    });

    it("are listed by name", async () => {
      const { fn } = await withVersions(1);
      for (const name of ["c", "a", "b"]) await fn.createAlias({ functionName: NAME, name, functionVersion: "1" });
      const all: string[] = [];
      for await (const { name } of fn.aliases(NAME, { limit: 2 })) all.push(name);
      expect(all).toEqual(["a", "b", "c"]);
    });
  });

  describe("layers", () => {
    const content = new TextEncoder().encode("zip");

    it("have versions that keep what they were published with", async () => {
      const { fn, clock } = await open(cloud, { empty: true });
      const first = await fn.publishLayerVersion({ name: "tools", content, compatibleRuntimes: ["nodejs22.x"] });
      expect(first).toEqual({
        name: "tools",
        version: 1,
        description: "",
        contentSha256: sha256Base64("zip"),
        contentSize: 3,
        compatibleRuntimes: ["nodejs22.x"],
        createdAt: clock.now(),
        arn: cloud.pick({
          aws: "arn:aws:lambda:us-east-1:123456789012:layer:tools:1",
          azure:
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.Web/extensions/tools/versions/1",
          gcp: "projects/mock-project/locations/us-central1/layers/tools/versions/1",
        }),
      });
      await fn.publishLayerVersion({ name: "tools", content, description: "second" });
      expect(await fn.getLayerVersion("tools", 1)).toEqual(first);
      expect((await fn.listLayerVersions("tools")).items.map(({ version }) => version)).toEqual([2, 1]);
    });

    it("a deleted number never comes again, and functions go on", async () => {
      const { fn } = await open(cloud);
      const { arn } = await fn.publishLayerVersion({ name: "tools", content });
      await fn.updateFunction(NAME, { layers: [arn] });
      await fn.deleteLayerVersion("tools", 1);
      expect((await fn.getFunction(NAME)).layers).toEqual([arn]);
      expect((await fn.invoke(NAME, 1)).value).toBe(1);
      expect((await fn.publishLayerVersion({ name: "tools", content })).version).toBe(2);
    });

    it("the newest of each are listed by name; one without versions is not there", async () => {
      const { fn } = await open(cloud, { empty: true });
      for (const name of ["bb", "aa", "cc", "bb"]) await fn.publishLayerVersion({ name, content });
      await fn.deleteLayerVersion("cc", 1);
      const all: [string, number][] = [];
      for await (const { name, version } of fn.layers({ limit: 1 })) all.push([name, version]);
      expect(all).toEqual([
        ["aa", 1],
        ["bb", 2],
      ]);
      const versions: number[] = [];
      for await (const { version } of fn.layerVersions("bb", { limit: 1 })) versions.push(version);
      expect(versions).toEqual([2, 1]);
    });

    it("refusals", async () => {
      const { fn } = await open(cloud, { empty: true, dialect: { maxLayerBytes: 3 } });
      await refused(fn.publishLayerVersion({ name: "tools", content: new Uint8Array() }), "InvalidArgument", invalid);
      await refused(fn.publishLayerVersion({ name: "tools", content: new Uint8Array(4) }), "InvalidArgument", invalid);
      await refused(fn.publishLayerVersion({ name: "a b", content }), "InvalidArgument", invalid);
      await refused(
        fn.publishLayerVersion({ name: "tools", content: "zip" as unknown as Uint8Array }),
        "InvalidArgument",
      );
      await fn.publishLayerVersion({ name: "tools", content });
      await refused(fn.getLayerVersion("tools", 2), "NotFound", missing);
      await refused(fn.getLayerVersion("tools", 0), "InvalidArgument", invalid);
      const unknown = fn.listLayerVersions("nope");
      const gone = fn.deleteLayerVersion("tools", 9);
      if (cloud.name === "aws") {
        expect((await unknown).items).toEqual([]);
        await gone;
      } else {
        await refused(unknown, "NotFound", missing);
        await refused(gone, "NotFound", missing);
      }
    });
  });
});
