import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import { SECOND, DAY, cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, keysOf, open, text } from "./fixture";

const MIB = 1024 * 1024;

// The numbered examples of the storage page, each as it stands there.
forEachCloud((cloud) => {
  it("1: what was put comes back, and copies lead nowhere", async () => {
    const { bucket } = await open(cloud);
    const info = await bucket.putObject(NAME, "a.txt", "hello");
    expect(info.size).toBe(5);
    if (cloud.name === "aws") expect(info.etag).toBe("5d41402abc4b2a76b9719d911017c592");
    const first = await bucket.getObject(NAME, "a.txt");
    expect(text(first.data)).toBe("hello");
    first.data.fill(0);
    first.info.metadata["stolen"] = "yes";
    first.info.lastModified.setTime(0);
    const second = await bucket.getObject(NAME, "a.txt");
    expect(text(second.data)).toBe("hello");
    expect(second.info).toEqual(info);
  });

  it("1: what a caller does to its bytes after a put changes nothing", async () => {
    const { bucket } = await open(cloud);
    const data = new Uint8Array([1, 2, 3]);
    const metadata: Record<string, string> = { a: "1" };
    await bucket.putObject(NAME, "a", data, { metadata });
    data.fill(9);
    metadata["a"] = "2";
    const read = await bucket.getObject(NAME, "a");
    expect([...read.data]).toEqual([1, 2, 3]);
    expect(read.info.metadata).toEqual({ a: "1" });
  });

  it("2: bucket names", async () => {
    const { bucket } = await open(cloud, { empty: true });
    const native = cloud.pick({ aws: "InvalidBucketName", azure: "InvalidResourceName", gcp: "invalid" });
    await refused(bucket.createBucket("My_Bucket"), "InvalidArgument", native);
    await refused(bucket.createBucket("192.168.0.1"), "InvalidArgument", native);
    expect((await bucket.listBuckets()).items).toEqual([]);
    if (cloud.name === "gcp") expect((await bucket.createBucket("a_b")).name).toBe("a_b");
    else await refused(bucket.createBucket("a_b"), "InvalidArgument", native);
  });

  it("3: prefixes and items share order and limit", async () => {
    const { bucket } = await open(cloud);
    for (const key of ["a/1", "a/2", "b", "c/1"]) await bucket.putObject(NAME, key, "");
    const one = await bucket.listObjects(NAME, { delimiter: "/", limit: 2 });
    expect([one.commonPrefixes, keysOf(one), one.isTruncated]).toEqual([["a/"], ["b"], true]);
    const two = await bucket.listObjects(NAME, { delimiter: "/", limit: 2, pageToken: one.nextPageToken as string });
    expect([two.commonPrefixes, keysOf(two), two.isTruncated]).toEqual([["c/"], [], false]);
    expect(two).not.toHaveProperty("nextPageToken");
  });

  it("4: a key of page 1 deleted before page 2", async () => {
    const { bucket } = await open(cloud);
    for (const key of ["k1", "k2", "k3", "x"]) await bucket.putObject(NAME, key, "");
    const one = await bucket.listObjects(NAME, { limit: 2 });
    await bucket.deleteObject(NAME, "k2");
    const two = await bucket.listObjects(NAME, { limit: 2, pageToken: one.nextPageToken as string });
    expect([...keysOf(one), ...keysOf(two)]).toEqual(["k1", "k2", "k3", "x"]);
  });

  it("5: deleting what is not there", async () => {
    const { bucket, watch, queue } = await open(cloud);
    await bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectRemoved"], target: await queue("q") }] });
    if (cloud.name === "aws") expect(await bucket.deleteObject(NAME, "none")).toEqual({ deleted: false });
    else
      await refused(
        bucket.deleteObject(NAME, "none"),
        "NotFound",
        cloud.pick({ aws: "", azure: "BlobNotFound", gcp: "notFound" }),
      );
    expect(watch.events).toEqual([]);
  });

  it("7: parts", async () => {
    const { bucket } = await open(cloud);
    const upload = await bucket.createMultipartUpload(NAME, "big");
    const one = await bucket.uploadPart(NAME, "big", upload.uploadId, { partNumber: 1, data: new Uint8Array(5 * MIB) });
    const two = await bucket.uploadPart(NAME, "big", upload.uploadId, { partNumber: 2, data: "x" });
    const order = cloud.pick({ aws: "InvalidPartOrder", azure: "InvalidBlockList", gcp: "InvalidPartOrder" });
    await refused(bucket.completeMultipartUpload(NAME, "big", upload.uploadId, [two, one]), "InvalidArgument", order);
    expect((await bucket.listMultipartUploads(NAME)).items).toEqual([upload]);
    const info = await bucket.completeMultipartUpload(NAME, "big", upload.uploadId, [one, two]);
    expect(info.size).toBe(5 * MIB + 1);
    if (cloud.name === "aws") expect(info.etag).toMatch(/^[0-9a-f]{32}-2$/);

    const small = await bucket.createMultipartUpload(NAME, "small");
    for (const partNumber of [1, 2])
      await bucket.uploadPart(NAME, "small", small.uploadId, { partNumber, data: new Uint8Array(1024) });
    const complete = bucket.completeMultipartUpload(NAME, "small", small.uploadId, [
      { partNumber: 1 },
      { partNumber: 2 },
    ]);
    if (cloud.name === "azure") expect((await complete).size).toBe(2048);
    else await refused(complete, "InvalidArgument", "EntityTooSmall");
  });

  it("8: only creating", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "first", { ifNoneMatch: "*" });
    const native = cloud.pick({ aws: "PreconditionFailed", azure: "BlobAlreadyExists", gcp: "conditionNotMet" });
    await refused(bucket.putObject(NAME, "k", "second", { ifNoneMatch: "*" }), "FailedPrecondition", native);
    expect(text((await bucket.getObject(NAME, "k")).data)).toBe("first");
  });

  it("9: when an object expires", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T12:00:00Z" });
    await bucket.putObject(NAME, "k", "");
    await bucket.putLifecycleConfig(NAME, { rules: [{ id: "r", enabled: true, expirationDays: 30 }] });
    await clock.set(new Date("2026-01-31T12:00:00Z"));
    expect(await bucket.evaluateLifecycle(NAME)).toEqual(cloud.name === "aws" ? [] : ["k"]);
    await clock.set(new Date("2026-02-01T00:00:00Z"));
    expect(await bucket.evaluateLifecycle(NAME)).toEqual(["k"]);
    await clock.set(new Date("2026-02-02T00:00:00Z"));
    if (cloud.name === "aws") expect(keysOf(await bucket.listObjects(NAME))).toEqual(["k"]);
    await clock.set(new Date("2026-02-03T00:00:00Z"));
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });

  it("10: a signed URL and its last millisecond", async () => {
    const { bucket, clock } = await open(cloud);
    await bucket.putObject(NAME, "k", "meow");
    const { url, expiresAt } = await bucket.generatePresignedURL({
      bucket: NAME,
      key: "k",
      method: "GET",
      expiresInMs: 60 * SECOND,
    });
    expect(expiresAt).toEqual(new Date("2026-04-01T12:01:00Z"));
    await clock.advance(60 * SECOND - 1);
    expect(await bucket.usePresignedURL(url, { method: "GET" })).toEqual(await bucket.getObject(NAME, "k"));
    await clock.advance(1);
    const native = cloud.pick({ aws: "AccessDenied", azure: "AuthenticationFailed", gcp: "ExpiredToken" });
    await refused(bucket.usePresignedURL(url, { method: "GET" }), "PermissionDenied", native);
    const long = bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "GET", expiresInMs: 8 * DAY });
    if (cloud.name === "azure") expect((await long).expiresAt).toEqual(new Date("2026-04-09T12:01:00Z"));
    else await refused(long, "InvalidArgument");
  });

  it("11: which changes a rule is told of", async () => {
    const { bucket, watch, queue } = await open(cloud);
    await bucket.putNotificationConfig(NAME, {
      rules: [{ id: "jpg", events: ["ObjectCreated"], suffix: ".jpg", target: await queue("thumbs") }],
    });
    await bucket.putObject(NAME, "my photo.jpg", "1");
    await bucket.putObject(NAME, "x.png", "2");
    expect(watch.events).toMatchObject([
      {
        name: "ObjectCreated",
        cause: "Put",
        key: "my photo.jpg",
        size: 1,
        rules: [{ id: "jpg", target: await queue("thumbs") }],
      },
    ]);
  });

  it("12: an injected error leaves nothing behind", async () => {
    const { bucket, driver, watch, queue } = await open(cloud);
    await bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectCreated"], target: await queue("q") }] });
    const failing = { before: () => new CloudError("Internal", "injected"), after: () => undefined };
    const options = { injector: failing } as unknown as ConstructorParameters<typeof Bucket>[1];
    await refused(new Bucket(driver, options).putObject(NAME, "k", "v"), "Internal");
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
    expect(watch.events).toEqual([]);
  });
});

describe("aws", () => {
  const cloud = cloudUnderTest("aws");

  it("6: a delete marker, and what is below it", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    await bucket.putObject(NAME, "k", "v1");
    await bucket.putObject(NAME, "k", "v2");
    const { versionId, deleteMarker } = await bucket.deleteObject(NAME, "k");
    expect(deleteMarker).toBe(true);
    await refused(bucket.getObject(NAME, "k"), "NotFound", "NoSuchKey");
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
    expect((await bucket.listObjectVersions(NAME)).items).toHaveLength(3);
    await bucket.deleteObject(NAME, "k", { versionId: versionId as string });
    expect(text((await bucket.getObject(NAME, "k")).data)).toBe("v2");
  });
});
