import { describe, expect, it } from "vitest";
import { Comparison } from "../../../src/panels/compare/comparison";
import { NOTHING, type Difference } from "../../../src/panels/compare/differences";
import type { CloudName } from "../../../worker/emulator/core/error-codes";
import { explanations } from "../../../worker/emulator/providers/explanations";
import type * as program from "../../../worker/emulator/program";
import type { RunEnd } from "../../../worker/protocol";
import { play, type Conditions } from "../run/play";

const CLOUDS: readonly CloudName[] = ["aws", "azure", "gcp"];

type Main = (tabcloud: typeof program) => Promise<unknown>;

/** The same program on three clouds, compared. */
async function compare(main: Main, settings: Conditions["settings"] = {}): Promise<Comparison> {
  const runs = [];
  for (const cloud of CLOUDS) runs.push(await play(main, { settings: { ...settings, cloud } }));
  const comparison = new Comparison(
    runs.map(({ reader, end, error }, lane) => {
      const code = (error as { code?: string } | undefined)?.code;
      const told: RunEnd = {
        ...end,
        wallMs: lane,
        ...(error !== undefined && {
          error: { name: "Error", message: "", frames: [], ...(code !== undefined && { code }) },
        }),
      };
      return { cloud: CLOUDS[lane] as CloudName, recording: reader, end: told };
    }),
    runs[0]?.catalogue ?? { engineVersion: "", accounts: [], services: [] },
    explanations(),
  );
  comparison.scan(() => true);
  return comparison;
}

const found = (comparison: Comparison) => {
  expect(comparison.findings).toBeDefined();
  return comparison.findings as NonNullable<typeof comparison.findings>;
};

/** The differences of the nth row that counts. */
function differencesOf(comparison: Comparison, nth = 0): readonly Difference[] {
  return comparison.differencesAt(found(comparison).differing[nth] as number).differences;
}

const named = (differences: readonly Difference[], path: string): Difference => {
  const difference = differences.find((it) => it.path === path);
  expect(difference, `${path} among ${differences.map((it) => it.path).join(", ")}`).toBeDefined();
  return difference as Difference;
};

function why(comparison: Comparison, path: string, nth = 0) {
  const row = found(comparison).differing[nth] as number;
  const { calls, differences } = comparison.differencesAt(row);
  return comparison.explainer.explain(named(differences, path), calls);
}

describe("a program that three clouds answer alike", () => {
  it("is portable, though every identifier, native name and moment is another", async () => {
    const comparison = await compare(
      async ({ cloud, Bucket, check }) => {
        const photos = new Bucket(cloud);
        await photos.createBucket("photos");
        await photos.putObject("photos", "of any type", "x");
        await photos.setBucketVersioning("photos", true);
        const { etag } = await photos.putObject("photos", "a.txt", "one", { contentType: "text/plain" });
        await photos.putObject("photos", "a.txt", "two", { contentType: "text/plain", ifMatch: etag });
        await photos.getObject("photos", "a.txt");
        const missing = await photos.getObject("photos", "none").catch((error: unknown) => error);
        check("missing", missing instanceof Error);
        const upload = await photos.createMultipartUpload("photos", "b", { contentType: "text/plain" });
        await photos.abortMultipartUpload("photos", "b", upload.uploadId);
      },
      { latencyMs: 20 },
    );
    const { portable, differing, count, sameEnd } = found(comparison);
    expect({ portable, differing: [...differing], count, sameEnd }).toEqual({
      portable: true,
      differing: [],
      count: 9,
      sameEnd: true,
    });
    const { differences } = comparison.differencesAt(3);
    expect(named(differences, "output.etag").kind).toBe("form");
    const untyped = comparison.differencesAt(1);
    expect(named(untyped.differences, "output.contentType").kind).toBe("form");
    expect(comparison.explainer.explain(named(untyped.differences, "output.contentType"), untyped.calls)).toMatchObject(
      [
        {
          field: "defaultContentType",
          lanes: [{ value: "binary/octet-stream" }, { value: "application/octet-stream" }, {}],
        },
      ],
    );
    const row = comparison.differencesAt(6);
    expect(named(row.differences, "nativeCode")).toMatchObject({
      kind: "form",
      values: ["NoSuchKey", "BlobNotFound", "notFound"],
    });
    expect(row.differences.every((it) => it.kind !== "behaviour")).toBe(true);
    // The native codes are explained too, by the page that lists them.
    const [codes] = comparison.explainer.explain(named(row.differences, "nativeCode"), row.calls);
    expect(codes?.lanes.map((it) => it.documentation)).toEqual([
      "Amazon S3 API Reference: Error responses",
      "Azure Storage REST API: Azure Blob Storage error codes",
      "Cloud Storage documentation: HTTP status and error codes for JSON",
    ]);
  });

  it("does not become another by moments that chance shifts", async () => {
    const comparison = await compare(async ({ cloud, Bucket, uniform, random }) => {
      const bucket = new Bucket(cloud, { latency: uniform(5, 50) });
      await bucket.createBucket("b1x");
      for (let i = 0; i < 5; i++)
        await bucket.putObject("b1x", `k${random.int(1000)}`, "x", { contentType: "text/plain" });
      await bucket.listObjects("b1x");
    });
    expect(found(comparison).portable).toBe(true);
  });
});

describe("a call that clouds answer differently", () => {
  it("is explained by the very limit that decides it, with its value and page on each cloud", async () => {
    const comparison = await compare(async ({ cloud, Bucket }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("videos");
      const { uploadId } = await bucket.createMultipartUpload("videos", "v", { contentType: "video/mp4" });
      const parts = [];
      for (const partNumber of [1, 2]) {
        parts.push(await bucket.uploadPart("videos", "v", uploadId, { partNumber, data: "small" }));
      }
      await bucket.completeMultipartUpload("videos", "v", uploadId, parts).catch(() => undefined);
    });
    expect([...found(comparison).differing]).toEqual([4]);
    expect(named(differencesOf(comparison), "code")).toMatchObject({
      kind: "behaviour",
      values: ["InvalidArgument", "OK", "InvalidArgument"],
    });
    expect(why(comparison, "code")).toEqual([
      {
        field: "minPartBytes",
        about: "How large every part of an upload but the last must be.",
        lanes: [
          { native: "S3", value: "5 MiB", documentation: "Amazon S3 User Guide: Amazon S3 multipart upload limits" },
          { native: "Blob Storage", value: "0 bytes", documentation: "Azure Storage REST API: Put Block List" },
          {
            native: "Cloud Storage",
            value: "5 MiB",
            documentation: "Cloud Storage documentation: XML API multipart uploads",
          },
        ],
      },
    ]);
  });

  it.each<[string, string, Main]>([
    [
      "toleratesMissing",
      "code",
      async ({ cloud, Bucket }) => {
        const bucket = new Bucket(cloud);
        await bucket.createBucket("abc");
        await bucket.deleteObject("abc", "none").catch(() => undefined);
      },
    ],
    [
      "deleteNonEmpty",
      "code",
      async ({ cloud, Bucket }) => {
        const bucket = new Bucket(cloud);
        await bucket.createBucket("abc");
        await bucket.putObject("abc", "k", "x", { contentType: "text/plain" });
        await bucket.deleteBucket("abc").catch(() => undefined);
      },
    ],
    [
      "nothingToMatch",
      "code",
      async ({ cloud, Bucket }) => {
        const bucket = new Bucket(cloud);
        await bucket.createBucket("abc");
        await bucket.putObject("abc", "k", "x", { ifMatch: "e" }).catch(() => undefined);
      },
    ],
    [
      "bucketName",
      "code",
      async ({ cloud, Bucket }) => {
        await new Bucket(cloud).createBucket("a_b").catch(() => undefined);
      },
    ],
    [
      "keepMetadataName",
      "output.metadata.Owner",
      async ({ cloud, Bucket }) => {
        const bucket = new Bucket(cloud);
        await bucket.createBucket("abc");
        await bucket.putObject("abc", "k", "x", { contentType: "a/b", metadata: { Owner: "me" } });
      },
    ],
    [
      "presignDefaultMs",
      "output.expiresAt",
      async ({ cloud, Bucket }) => {
        const bucket = new Bucket(cloud);
        await bucket.createBucket("abc");
        await bucket.generatePresignedURL({ bucket: "abc", key: "k", method: "GET" });
      },
    ],
  ])("%s decides %s", async (field, path, main) => {
    const comparison = await compare(main);
    expect(found(comparison).differing.length).toBe(1);
    expect(named(differencesOf(comparison), path).kind).toBe("behaviour");
    expect(why(comparison, path).map((it) => it.field)).toEqual([field]);
  });
});

describe("a program that goes another way", () => {
  const retrying: Main = async ({ cloud, Bucket }) => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("abc");
    for (let i = 0; i < 3; i++) {
      const failed = await bucket.deleteObject("abc", "none").then(
        () => false,
        () => true,
      );
      if (!failed) break;
    }
    await bucket.listObjects("abc");
  };

  it("has its further calls as gaps in the other lanes, and the rest side by side", async () => {
    const comparison = await compare(retrying);
    const rows = Array.from({ length: found(comparison).count }, (_, row) =>
      comparison.callsAt(row).map((call) => call?.operation ?? "-"),
    );
    expect(rows).toEqual([
      ["createBucket", "createBucket", "createBucket"],
      ["deleteObject", "deleteObject", "deleteObject"],
      ["-", "deleteObject", "deleteObject"],
      ["-", "deleteObject", "deleteObject"],
      ["listObjects", "listObjects", "listObjects"],
    ]);
    expect(named(differencesOf(comparison, 1), "made").values).toEqual([NOTHING, "made", "made"]);
    expect(comparison.elsewhere(2, 0)).toBeUndefined();
  });

  it("tells of a call that is only made at another place", async () => {
    const comparison = await compare(async ({ cloud, Bucket }) => {
      const bucket = new Bucket(cloud);
      if (cloud.name === "azure") await bucket.createBucket("late");
      for (const name of ["one", "two", "three"]) await bucket.createBucket(name);
      if (cloud.name !== "azure") await bucket.createBucket("late");
    });
    const [first, last] = found(comparison).differing;
    expect(comparison.callsAt(first as number).map((it) => it?.operation)).toEqual([
      undefined,
      "createBucket",
      undefined,
    ]);
    expect(comparison.elsewhere(first as number, 0)).toBe(last);
    expect(comparison.elsewhere(last as number, 1)).toBe(first);
  });

  it("differs in its end, its checks and its lines as well", async () => {
    const comparison = await compare(async ({ cloud, Bucket, check }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("abc");
      check("always", true);
      const gone = await bucket.deleteObject("abc", "none").catch(() => undefined);
      check("deleting is quiet", gone !== undefined);
      if (cloud.name === "gcp") throw new Error("enough");
    });
    const { portable, sameEnd, whole, checks } = found(comparison);
    expect({ portable, sameEnd, whole }).toEqual({ portable: false, sameEnd: false, whole: true });
    expect(checks).toEqual([
      { name: "always", passed: [true, true, true], same: true },
      { name: "deleting is quiet", passed: [true, false, false], same: false },
    ]);
  });
});

describe("the comparison", () => {
  it("is done in slices, and says how far it is", async () => {
    const whole = await compare(async ({ cloud, Bucket }) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("abc");
      for (let i = 0; i < 300; i++) await bucket.putObject("abc", `k${i}`, "x", { contentType: "a/b" });
    });
    const again = new Comparison(whole.runs, { engineVersion: "", accounts: [], services: [] }, explanations());
    const seen: number[] = [];
    for (let looks = 0; again.findings === undefined && looks < 1000; looks++) {
      let turns = 2;
      again.scan(() => turns-- > 0);
      seen.push(again.progress);
    }
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    expect(found(again).count).toBe(301);
  });
});
