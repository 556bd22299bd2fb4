import { describe, expect, it } from "vitest";
import { Bucket, CloudError, newAWS, newAzure, newGCP, Recorder } from "../../../worker/emulator";
import { printFact, type ServiceExplanation } from "../../../worker/emulator/core/service/notes";
import { CLOUDS } from "../../../worker/emulator/providers";
import { explanations } from "../../../worker/emulator/providers/explanations";

const services = explanations();
const factOf = (service: ServiceExplanation | undefined, field: string) =>
  service?.dialect.find((it) => it.field === field);

describe("figures as text", () => {
  it("stand in the largest unit that is exact", () => {
    expect([5 * 1024 ** 2, 1000, 0, 8192, Infinity].map((it) => printFact(it, "bytes"))).toEqual([
      "5 MiB",
      "1,000 bytes",
      "0 bytes",
      "8 KiB",
      "no limit",
    ]);
    expect([604_800_000, 900_000, 30_000, 1, 0].map((it) => printFact(it, "ms"))).toEqual([
      "7 days",
      "15 min",
      "30 s",
      "1 ms",
      "0 ms",
    ]);
    expect(printFact(1_234_567)).toBe("1,234,567");
  });

  it("are said of rules, lists and tables too, and of nothing that only words can tell", () => {
    expect(printFact({ must: /x/, rule: "an x" })).toBe("an x");
    expect(printFact(["a", "b"])).toBe("a, b");
    expect(printFact({ Archive: 3_600_000 }, "ms")).toBe("Archive: 1 h");
    expect(printFact({})).toBe("none");
    expect(printFact(/x/)).toBeUndefined();
    expect(printFact(() => 1)).toBeUndefined();
  });
});

describe("the explanations of dialects", () => {
  it("are there for every service of every cloud, as plain data", () => {
    const offered = CLOUDS.flatMap((cloud) => cloud.services.map((it) => `${cloud.name} ${it.definition.service}`));
    expect(services.map((it) => `${it.provider} ${it.service}`)).toEqual(offered);
    expect(JSON.parse(JSON.stringify(services))).toEqual(services);
  });

  it("are complete: every field has a sentence, a value and a page on every cloud", () => {
    for (const service of services) {
      expect(service.dialect.length).toBeGreaterThan(1);
      for (const { field, about, value, documentation } of service.dialect) {
        const where = `${service.native}: ${field}`;
        expect(about, where).toMatch(/^[A-Z].*\.$/);
        expect(value, where).not.toBe("");
        // The service's own name alone stands for a page that nobody has named.
        expect(documentation, where).not.toBe(service.native);
      }
    }
  });

  it("name in every reason, value and list of operations only what there is", () => {
    for (const cloud of CLOUDS) {
      for (const { definition } of cloud.services) {
        const service = services.find((it) => it.provider === cloud.name && it.service === definition.service);
        const fields = new Set(service?.dialect.map((it) => it.field));
        expect(Object.keys(service?.reasons ?? {}).sort()).toEqual(Object.keys(definition.reasons).sort());
        const named = [
          ...Object.values(service?.reasons ?? {}).flat(),
          ...Object.values(service?.values ?? {}).flatMap((it) => it.fields ?? []),
        ];
        for (const field of named) expect(fields, field).toContain(field);
        const operations = Object.keys(definition.operations);
        for (const fact of service?.dialect ?? [])
          for (const operation of fact.operations ?? []) expect(operations, fact.field).toContain(operation);
      }
    }
  });

  it("have the dialects' own figures, and the page of the real documentation", () => {
    const [s3, blob] = ["S3", "Blob Storage"].map((native) => services.find((it) => it.native === native));
    expect(factOf(s3, "minPartBytes")).toMatchObject({
      value: "5 MiB",
      documentation: "Amazon S3 User Guide: Amazon S3 multipart upload limits",
    });
    expect(factOf(blob, "minPartBytes")?.value).toBe("0 bytes");
    expect(factOf(blob, "maxBuckets")?.value).toBe("no limit");
    expect(factOf(s3, "presignMaxMs")?.value).toBe("7 days");
    expect(factOf(s3, "toleratesMissing")?.value).toBe("yes");
    expect(s3?.reasons["partTooSmall"]).toEqual(["minPartBytes"]);
    expect(s3?.values["etag"]?.form).toBe(true);
  });
});

describe("a refusal", () => {
  it("carries its reason to the program and into the recording, the same word on every cloud", async () => {
    const recorder = new Recorder();
    for (const open of [newAWS, newAzure, newGCP]) {
      const bucket = new Bucket(open({ recorder }));
      await expect(bucket.getObject("nowhere", "x")).rejects.toMatchObject({ reason: "noSuchBucket" });
    }
    const errors = recorder.calls().map((it) => it.error);
    expect(errors.map((it) => it?.reason)).toEqual(["noSuchBucket", "noSuchBucket", "noSuchBucket"]);
    expect(new Set(errors.map((it) => it?.nativeCode)).size).toBe(3);
    expect(errors.map((it) => it && CloudError.from(it).reason)).toEqual(errors.map((it) => it?.reason));
  });
});
