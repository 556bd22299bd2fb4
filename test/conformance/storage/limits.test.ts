import { expect, it } from "vitest";
import { forEachCloud, refused } from "../harness";
import { NAME, open } from "./fixture";

const many = (n: number, prefix = "t"): Record<string, string> =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${prefix}${i}`, ""]));

// Every figure of the page's table: the most that is allowed, and one more.
forEachCloud((cloud) => {
  it("bucket names", async () => {
    const { bucket } = await open(cloud, { empty: true });
    const good = ["abc", "a".repeat(63), "a-b", "0a0"];
    const bad = ["ab", "A".repeat(3), "-ab", "ab-", "a b", "a/b", "a".repeat(223)];
    const mine = cloud.pick({
      aws: {
        good: ["a.b"],
        bad: ["a..b", "xn--a", "sthree-a", "a-s3alias", "a--ol-s3", "a_b", "a".repeat(64), "10.0.0.1"],
      },
      azure: { good: ["$root", "$web", "$logs"], bad: ["a--b", "a.b", "a_b", "$other", "a".repeat(64)] },
      gcp: {
        good: ["a.b", "a_b", `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(30)}`],
        bad: ["goog-a", "my-google-a", `${"a".repeat(64)}.b`, "a".repeat(64), "10.0.0.1"],
      },
    });
    for (const name of [...good, ...mine.good]) await bucket.createBucket(name);
    for (const name of [...bad, ...mine.bad]) await refused(bucket.createBucket(name), "InvalidArgument");
    expect((await bucket.listBuckets()).items.map(({ name }) => name)).toEqual([...good, ...mine.good].sort());
  });

  it("keys, counted in bytes or characters", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k".repeat(1024), "");
    await refused(bucket.putObject(NAME, "k".repeat(1025), ""), "InvalidArgument");
    const wide = bucket.putObject(NAME, "ü".repeat(1024), "");
    if (cloud.name === "azure") await wide;
    else await refused(wide, "InvalidArgument");
    await bucket.putObject(NAME, "ü".repeat(512), "");
    const deep = bucket.putObject(NAME, "/".repeat(254), "");
    if (cloud.name === "azure") {
      await refused(deep, "InvalidArgument", "InvalidUri");
      await bucket.putObject(NAME, "/".repeat(253), "");
    } else await deep;
    for (const key of [".", "..", "a\r", "a\n"]) {
      const put = bucket.putObject(NAME, key, "");
      if (cloud.name === "gcp") await refused(put, "InvalidArgument", "invalid");
      else await put;
    }
  });

  it("a figure of the dialect is not overridden by what is none", () => {
    for (const dialect of [{ minPartBytes: NaN }, { maxPageItems: -5 }, { bucketName: null }]) {
      expect(() => cloud.open({ dialect: { storage: dialect } })).toThrow(
        expect.objectContaining({ code: "InvalidArgument" }) as Error,
      );
    }
  });

  it("the dialect's figures can be overridden", async () => {
    const { bucket } = await open(cloud, { dialect: { maxKeyBytes: 3, minPartBytes: 1 } });
    await bucket.putObject(NAME, "abc", "");
    await refused(bucket.putObject(NAME, "abcd", ""), "InvalidArgument");
    expect(() => cloud.open({ dialect: { storage: { maxKeyFurlongs: 1 } } }).provider.storage).toThrow(
      /maxKeyFurlongs/,
    );
  });

  it("metadata: names and values together", async () => {
    const { bucket } = await open(cloud);
    const max = cloud.pick({ aws: 2048, azure: 8192, gcp: 8192 });
    const native = cloud.pick({ aws: "MetadataTooLarge", azure: "MetadataTooLarge", gcp: "invalid" });
    const info = await bucket.putObject(NAME, "k", "", { metadata: { Ab: "v".repeat(max - 2) } });
    expect(Object.keys(info.metadata)).toEqual([cloud.name === "aws" ? "ab" : "Ab"]);
    await refused(
      bucket.putObject(NAME, "k", "", { metadata: { Ab: "v".repeat(max - 1) } }),
      "InvalidArgument",
      native,
    );
    const dashed = bucket.putObject(NAME, "k", "", { metadata: { "a-b": "1" } });
    if (cloud.name === "azure") await refused(dashed, "InvalidArgument", "InvalidMetadata");
    else await dashed;
  });

  it("tags of objects and buckets", async () => {
    const { bucket } = await open(cloud);
    const most = cloud.pick<[number, number]>({ aws: [10, 50], azure: [10, 50], gcp: [50, 64] });
    await bucket.putObject(NAME, "k", "", { tags: many(most[0]) });
    expect(Object.keys(await bucket.getObjectTagging(NAME, "k"))).toHaveLength(most[0]);
    await refused(bucket.putObjectTagging(NAME, "k", many(most[0] + 1)), "InvalidArgument");
    await bucket.putBucketTagging(NAME, many(most[1]));
    await refused(bucket.putBucketTagging(NAME, many(most[1] + 1)), "InvalidArgument");
    expect(Object.keys(await bucket.getBucketTagging(NAME))).toHaveLength(most[1]);
    await bucket.deleteBucketTagging(NAME);
    expect(await bucket.getBucketTagging(NAME)).toEqual({});
    await bucket.putObjectTagging(NAME, "k", { ["n".repeat(128)]: "v".repeat(256) });
    await refused(bucket.putObjectTagging(NAME, "k", { ["n".repeat(129)]: "" }), "InvalidArgument");
    await refused(bucket.putObjectTagging(NAME, "k", { n: "v".repeat(257) }), "InvalidArgument");
    const reserved = bucket.putObjectTagging(NAME, "k", { "aws:a": "" });
    if (cloud.name === "aws") await refused(reserved, "InvalidArgument", "InvalidTag");
    else await reserved;
    const upper = bucket.putBucketTagging(NAME, { Team: "Web" });
    if (cloud.name === "gcp") await refused(upper, "InvalidArgument");
    else await upper;
  });

  it("defaults of an object", async () => {
    const { bucket } = await open(cloud);
    const info = await bucket.putObject(NAME, "k", "");
    expect(info).toMatchObject({
      size: 0,
      metadata: {},
      contentType: cloud.name === "aws" ? "binary/octet-stream" : "application/octet-stream",
      storageClass: cloud.name === "azure" ? "Hot" : "STANDARD",
    });
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({});
  });

  it("numbers of parts", async () => {
    const { bucket } = await open(cloud);
    const { uploadId } = await bucket.createMultipartUpload(NAME, "k");
    const most = cloud.pick({ aws: 10_000, azure: 50_000, gcp: 10_000 });
    for (const partNumber of [1, most]) await bucket.uploadPart(NAME, "k", uploadId, { partNumber, data: "" });
    for (const partNumber of [0, most + 1, 1.5, NaN])
      await refused(bucket.uploadPart(NAME, "k", uploadId, { partNumber, data: "" }), "InvalidArgument");
  });

  it("part sizes: all but the last", async () => {
    const { bucket } = await open(cloud, { dialect: { minPartBytes: 3, maxPartBytes: 5 } });
    const { uploadId } = await bucket.createMultipartUpload(NAME, "k");
    const put = (partNumber: number, data: string) => bucket.uploadPart(NAME, "k", uploadId, { partNumber, data });
    await refused(put(1, "123456"), "InvalidArgument");
    const list = [{ partNumber: 1 }, { partNumber: 2 }];
    await put(1, "12");
    await put(2, "x");
    await refused(bucket.completeMultipartUpload(NAME, "k", uploadId, list), "InvalidArgument");
    await put(1, "123");
    expect((await bucket.completeMultipartUpload(NAME, "k", uploadId, list)).size).toBe(4);
  });

  it("pages", async () => {
    const most = cloud.pick({ aws: 1000, azure: 5000, gcp: 1000 });
    const { bucket } = await open(cloud);
    for (let i = 0; i <= most; i++) await bucket.putObject(NAME, String(i).padStart(5, "0"), "");
    for (const options of [{}, { limit: most + 7 }]) {
      const page = await bucket.listObjects(NAME, options);
      expect(page.items).toHaveLength(most);
      expect(page.isTruncated).toBe(true);
      const rest = await bucket.listObjects(NAME, { ...options, pageToken: page.nextPageToken as string });
      expect([rest.items.length, rest.isTruncated, "nextPageToken" in rest]).toEqual([1, false, false]);
    }
    for (const limit of [0, -1, 1.5, NaN, "1" as unknown as number])
      await refused(bucket.listObjects(NAME, { limit }), "InvalidArgument");
    // No empty last page.
    await bucket.deleteObject(NAME, "00000");
    expect(await bucket.listObjects(NAME)).not.toHaveProperty("nextPageToken");
  });

  it("page tokens belong to their listing", async () => {
    const { bucket } = await open(cloud);
    for (const key of ["a", "b", "c"]) await bucket.putObject(NAME, key, "");
    const { nextPageToken } = await bucket.listObjects(NAME, { limit: 1 });
    const pageToken = nextPageToken as string;
    await bucket.createBucket("other");
    await refused(bucket.listObjects(NAME, { pageToken: "x" }), "InvalidArgument");
    await refused(bucket.listObjects(NAME, { pageToken, prefix: "a" }), "InvalidArgument");
    await refused(bucket.listObjects(NAME, { pageToken, delimiter: "/" }), "InvalidArgument");
    await refused(bucket.listObjects("other", { pageToken }), "InvalidArgument");
    await refused(bucket.listObjectVersions(NAME, { pageToken }), "InvalidArgument");
    await refused(bucket.listBuckets({ pageToken }), "InvalidArgument");
  });

  it("CORS rules and methods", async () => {
    const { bucket } = await open(cloud);
    const most = cloud.pick({ aws: 100, azure: 5, gcp: 100 });
    const rule = { allowedOrigins: ["https://*.example.com"], allowedMethods: ["GET"] };
    await bucket.putCORSConfig(NAME, { rules: Array.from({ length: most }, () => rule) });
    await refused(
      bucket.putCORSConfig(NAME, { rules: Array.from({ length: most + 1 }, () => rule) }),
      "InvalidArgument",
    );
    expect((await bucket.getCORSConfig(NAME)).rules).toHaveLength(most);
    const methods = cloud.pick({ aws: ["HEAD"], azure: ["OPTIONS", "MERGE", "PATCH"], gcp: ["OPTIONS"] });
    for (const method of ["OPTIONS", "MERGE", "PATCH", "HEAD"]) {
      const put = bucket.putCORSConfig(NAME, { rules: [{ ...rule, allowedMethods: [method] }] });
      if (method === "HEAD" || methods.includes(method)) await put;
      else await refused(put, "InvalidArgument");
    }
  });

  it("lifecycle rules", async () => {
    const { bucket } = await open(cloud);
    const most = cloud.pick({ aws: 1000, azure: 100, gcp: 100 });
    const rules = Array.from({ length: most + 1 }, (_, i) => ({ id: `r${i}`, enabled: true, expirationDays: 1 }));
    await bucket.putLifecycleConfig(NAME, { rules: rules.slice(1) });
    await refused(bucket.putLifecycleConfig(NAME, { rules }), "InvalidArgument");
    const longest = cloud.pick({ aws: 255, azure: 256, gcp: 256 });
    const named = (length: number) =>
      bucket.putLifecycleConfig(NAME, { rules: [{ id: "i".repeat(length), enabled: true, expirationDays: 1 }] });
    await named(longest);
    await refused(named(longest + 1), "InvalidArgument");
    const [second, third] = cloud.pick<[string, string]>({
      aws: ["STANDARD_IA", "GLACIER"],
      azure: ["Cool", "Archive"],
      gcp: ["NEARLINE", "ARCHIVE"],
    });
    const moving = (transitionDays: number, transitionStorageClass: string, expirationDays = 40) =>
      bucket.putLifecycleConfig(NAME, {
        rules: [{ id: "r", enabled: true, transitionDays, transitionStorageClass, expirationDays }],
      });
    await moving(0, third);
    await refused(moving(-1, third), "InvalidArgument");
    await moving(39, third);
    await refused(moving(40, third), "InvalidArgument");
    await moving(30, second);
    if (cloud.name === "aws") await refused(moving(29, second), "InvalidArgument", "InvalidArgument");
    else await moving(29, second);
  });

  it("how long a URL may be signed for", async () => {
    const { bucket, clock } = await open(cloud);
    const sign = (expiresInMs?: number) =>
      bucket.generatePresignedURL({
        bucket: NAME,
        key: "a b/ü.txt",
        method: "PUT",
        ...(expiresInMs !== undefined && { expiresInMs }),
      });
    const standard = cloud.pick({ aws: 900_000, azure: 3_600_000, gcp: 900_000 });
    for (const expiresInMs of [undefined, 0])
      expect((await sign(expiresInMs)).expiresAt.getTime() - clock.nowMs()).toBe(standard);
    const week = 7 * 86_400_000;
    await sign(week);
    if (cloud.name === "azure") await sign(week + 1);
    else await refused(sign(week + 1), "InvalidArgument");
    for (const bad of [-1, NaN, 0.5, Infinity, Number.MAX_SAFE_INTEGER]) await refused(sign(bad), "InvalidArgument");
    const { url } = await sign();
    expect(url).toMatch(
      cloud.pick({
        aws: /^https:\/\/photos\.s3\.us-east-1\.amazonaws\.com\/a%20b\/%C3%BC\.txt\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Date=20260401T120000Z&X-Amz-Signature=[0-9a-f]{64}$/,
        azure:
          /^https:\/\/mockstorage\.blob\.core\.windows\.net\/photos\/a%20b\/%C3%BC\.txt\?sv=2023-11-03&sr=b&sp=cw&se=2026-04-01T13%3A00%3A00Z&sig=[0-9a-f]{64}$/,
        gcp: /^https:\/\/storage\.googleapis\.com\/photos\/a%20b\/%C3%BC\.txt\?X-Goog-Algorithm=GOOG4-HMAC-SHA256&X-Goog-Expires=900&X-Goog-Date=20260401T120000Z&X-Goog-Signature=[0-9a-f]{64}$/,
      }),
    );
  });
});
