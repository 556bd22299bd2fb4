import { describe, expect, it } from "vitest";
import { DAY, HOUR, SECOND, cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, keysOf, open, text, type Fixture } from "./fixture";

const at = (iso: string): Date => new Date(iso);
const rule = { id: "r", enabled: true };
const listed = async ({ bucket }: Fixture): Promise<string[]> => keysOf(await bucket.listObjects(NAME));

// Each boundary of time: a millisecond before it, at it, and after it.
forEachCloud((cloud) => {
  const aws = cloud.name === "aws";

  it("expiration becomes due", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T12:00:00.001Z" });
    await bucket.putObject(NAME, "k", "");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 1 }] });
    const due = at(aws ? "2026-01-03T00:00:00.000Z" : "2026-01-02T12:00:00.001Z");
    await clock.set(new Date(due.getTime() - 1));
    expect(await bucket.evaluateLifecycle(NAME)).toEqual([]);
    await clock.set(due);
    expect(await bucket.evaluateLifecycle(NAME)).toEqual(["k"]);
  });

  it("what was written at midnight is due at midnight", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    await bucket.putObject(NAME, "k", "");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 2 }] });
    await clock.set(at("2026-01-02T23:59:59.999Z"));
    expect(await bucket.evaluateLifecycle(NAME)).toEqual([]);
    await clock.set(at("2026-01-03T00:00:00.000Z"));
    expect(await bucket.evaluateLifecycle(NAME)).toEqual(["k"]);
  });

  it("the sweep deletes what has been due for more than a day, in key order, on the clock's behalf", async () => {
    const fixture = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    const { bucket, clock, watch, queue } = fixture;
    await bucket.putNotificationConfig(NAME, {
      rules: [{ id: "n", events: ["ObjectExpired"], target: await queue("q") }],
    });
    for (const key of ["b", "a", "other"]) await bucket.putObject(NAME, key, "v");
    await bucket.putLifecycleConfig(NAME, {
      rules: ["a", "b"].map((prefix) => ({ ...rule, id: prefix, prefix, expirationDays: 1 })),
    });
    // Due at 00:00 of the 2nd, due for a day at 00:00 of the 3rd, for more than a day at 00:00 of the 4th.
    await clock.set(at("2026-01-03T23:59:59.999Z"));
    expect(await listed(fixture)).toEqual(["a", "b", "other"]);
    const before = watch.calls.length;
    await clock.set(at("2026-01-04T00:00:00.000Z"));
    const sweeps = watch.calls.slice(before);
    expect(sweeps).toMatchObject([
      { operation: "lifecycleExpire", origin: "clock", code: "OK", output: { expired: ["a", "b"] } },
    ]);
    expect(sweeps[0]?.events).toMatchObject(["a", "b"].map((key) => ({ name: "ObjectExpired", cause: "Delete", key })));
    expect(await listed(fixture)).toEqual(["other"]);
  });

  it("nights without work leave no record, and keep no run going", async () => {
    const { bucket, clock, watch } = await open(cloud);
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 30 }] });
    expect(clock.pendingTimers()).toMatchObject([{ dueAt: at("2026-04-02T00:00:00Z") }]);
    const before = watch.calls.length;
    await clock.advance(400 * DAY);
    expect(watch.calls).toHaveLength(before);
    await bucket.deleteLifecycleConfig(NAME);
    expect(clock.pendingTimers()).toEqual([]);
  });

  it("a bucket's sweep ends with it", async () => {
    const { bucket, clock } = await open(cloud);
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 1 }] });
    await bucket.deleteBucket(NAME);
    expect(clock.pendingTimers()).toEqual([]);
  });

  it("what is written after a sweep has looked is swept in its time", async () => {
    const fixture = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    const { bucket, clock } = fixture;
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 3 }] });
    await clock.set(at("2026-01-02T06:00:00Z"));
    await bucket.putObject(NAME, "k", "");
    // Due: AWS at 00:00 of the 6th, others at 06:00 of the 5th.
    await clock.set(at("2026-01-06T23:59:59.999Z"));
    expect(await listed(fixture)).toEqual(["k"]);
    await clock.set(at("2026-01-07T00:00:00.000Z"));
    expect(await listed(fixture)).toEqual(aws ? ["k"] : []);
    await clock.set(at("2026-01-08T00:00:00.000Z"));
    expect(await listed(fixture)).toEqual([]);
  });

  it("apply does at once what is due", async () => {
    const fixture = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    const { bucket, clock } = fixture;
    await bucket.putObject(NAME, "k", "");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 1 }] });
    await clock.set(at("2026-01-02T00:00:00Z"));
    expect(await bucket.evaluateLifecycle(NAME, { apply: true })).toEqual(["k"]);
    expect(await listed(fixture)).toEqual([]);
    expect(await bucket.evaluateLifecycle(NAME, { apply: true })).toEqual([]);
  });

  it("rules that are off or for other prefixes do nothing, and without rules nothing is due", async () => {
    const { bucket, clock } = await open(cloud);
    await bucket.putObject(NAME, "k", "");
    expect(await bucket.evaluateLifecycle(NAME)).toEqual([]);
    const rules = [
      { ...rule, enabled: false, expirationDays: 1 },
      { ...rule, id: "s", prefix: "l", expirationDays: 1 },
    ];
    await bucket.putLifecycleConfig(NAME, { rules });
    expect(await bucket.getLifecycleConfig(NAME)).toEqual({ rules });
    await clock.advance(10 * DAY);
    expect(await bucket.evaluateLifecycle(NAME)).toEqual([]);
  });

  it("transitions happen at the first midnight when due, never to a warmer class", async () => {
    const { bucket, clock, watch, queue } = await open(cloud, { start: "2026-01-01T12:00:00Z" });
    const [cool, cold] = cloud.pick<[string, string]>({
      aws: ["GLACIER_IR", "DEEP_ARCHIVE"],
      azure: ["Cool", "Archive"],
      gcp: ["NEARLINE", "ARCHIVE"],
    });
    await bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectTransitioned"], target: await queue("q") }] });
    await bucket.putObject(NAME, "hot", "");
    await bucket.putObject(NAME, "frozen", "", { storageClass: cold });
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, transitionDays: 1, transitionStorageClass: cool }] });
    const classOf = async (key: string) => (await bucket.headObject(NAME, key)).storageClass;
    await clock.set(at("2026-01-02T23:59:59.999Z"));
    expect(await classOf("hot")).not.toBe(cool);
    await clock.set(at("2026-01-03T00:00:00.000Z"));
    expect(await classOf("hot")).toBe(cool);
    expect(await classOf("frozen")).toBe(cold);
    expect(watch.events).toMatchObject([{ name: "ObjectTransitioned", key: "hot", storageClass: cool }]);
    await clock.advance(10 * DAY);
    expect(watch.events).toHaveLength(1);
  });

  it("of expiration and transition, expiration wins", async () => {
    const { bucket, clock, watch } = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    const cool = cloud.pick({ aws: "GLACIER", azure: "Cool", gcp: "NEARLINE" });
    await bucket.putObject(NAME, "k", "");
    await clock.set(at("2026-01-05T00:00:00Z"));
    await bucket.putLifecycleConfig(NAME, {
      rules: [{ ...rule, transitionDays: 1, transitionStorageClass: cool, expirationDays: 2 }],
    });
    await clock.set(at("2026-01-06T00:00:00Z"));
    expect(watch.calls.at(-1)?.output).toMatchObject({ expired: ["k"], transitioned: [] });
  });

  it("uploads are aborted in the sweep", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    const { uploadId } = await bucket.createMultipartUpload(NAME, "k");
    await bucket.uploadPart(NAME, "k", uploadId, { partNumber: 1, data: "v" });
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, abortMultipartDays: 2 }] });
    await clock.set(at("2026-01-02T23:59:59.999Z"));
    expect((await bucket.listMultipartUploads(NAME)).items).toHaveLength(1);
    await clock.set(at("2026-01-03T00:00:00.000Z"));
    expect((await bucket.listMultipartUploads(NAME)).items).toEqual([]);
  });

  it("noncurrent versions go so long after they became noncurrent", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T00:00:00Z", versioning: true });
    await bucket.putObject(NAME, "k", "v1");
    await clock.set(at("2026-01-05T00:00:00Z"));
    await bucket.putObject(NAME, "k", "v2");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, noncurrentExpirationDays: 2 }] });
    // Due at 00:00 of the 7th, for more than a day at the sweep of the 9th.
    await clock.set(at("2026-01-08T23:59:59.999Z"));
    expect((await bucket.listObjectVersions(NAME)).items).toHaveLength(2);
    await clock.set(at("2026-01-09T00:00:00.000Z"));
    expect((await bucket.listObjectVersions(NAME)).items).toMatchObject([{ key: "k", size: 2, isLatest: true }]);
    expect(text((await bucket.getObject(NAME, "k")).data)).toBe("v2");
  });

  it("a signed URL: valid while now < expiresAt, on both methods", async () => {
    const { bucket, clock } = await open(cloud);
    await clock.advance(234);
    const put = await bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "PUT", expiresInMs: 1500 });
    const get = await bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "GET", expiresInMs: 1500 });
    await clock.advance(1499);
    expect(
      await bucket.usePresignedURL(put.url, { method: "PUT", body: "v", contentType: "text/plain" }),
    ).toMatchObject({ contentType: "text/plain", size: 1 });
    expect(await bucket.usePresignedURL(get.url, { method: "GET" })).toMatchObject({
      info: { contentType: "text/plain" },
    });
    await clock.advance(1);
    await refused(bucket.usePresignedURL(put.url, { method: "PUT" }), "PermissionDenied");
    await refused(bucket.usePresignedURL(get.url, { method: "GET" }), "PermissionDenied");
  });

  it("a deleted bucket's name", async () => {
    const { bucket, clock } = await open(cloud);
    await bucket.deleteBucket(NAME);
    if (cloud.name !== "azure") return void (await bucket.createBucket(NAME));
    await clock.advance(30 * SECOND - 1);
    await refused(bucket.createBucket(NAME), "FailedPrecondition", "ContainerBeingDeleted");
    await clock.advance(1);
    await bucket.createBucket(NAME);
  });

  it("restoring an archived object", async () => {
    const { bucket, clock } = await open(cloud);
    const archives = cloud.pick<[string, number][]>({
      aws: [
        ["GLACIER", 4],
        ["DEEP_ARCHIVE", 12],
      ],
      azure: [["Archive", 15]],
      gcp: [],
    });
    for (const [storageClass, hours] of archives) {
      const archived = cloud.pick({ aws: "InvalidObjectState", azure: "BlobArchived", gcp: "" });
      await bucket.putObject(NAME, "k", "v", { storageClass });
      expect((await bucket.headObject(NAME, "k")).storageClass).toBe(storageClass);
      const { readyAt, expiresAt } = await bucket.restoreObject(NAME, "k", { days: 2 });
      expect(readyAt.getTime()).toBe(clock.nowMs() + hours * HOUR);
      expect(expiresAt.getTime()).toBe(readyAt.getTime() + 2 * DAY);
      await clock.advance(hours * HOUR - 1);
      await refused(bucket.getObject(NAME, "k"), "FailedPrecondition", archived);
      await refused(bucket.restoreObject(NAME, "k", { days: 1 }), "FailedPrecondition");
      await clock.advance(1);
      expect(text((await bucket.getObject(NAME, "k")).data)).toBe("v");
      await clock.advance(2 * DAY - 1);
      await bucket.getObject(NAME, "k");
      await clock.advance(1);
      await refused(bucket.getObject(NAME, "k"), "FailedPrecondition", archived);
    }
    if (cloud.name === "gcp") {
      await bucket.putObject(NAME, "k", "v", { storageClass: "ARCHIVE" });
      expect(text((await bucket.getObject(NAME, "k")).data)).toBe("v");
    }
  });
});

describe("aws", () => {
  const cloud = cloudUnderTest("aws");

  it("under versioning expiry adds a delete marker, which goes with the last version below it", async () => {
    const { bucket, clock, watch, queue } = await open(cloud, { start: "2026-01-01T00:00:00Z", versioning: true });
    await bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectExpired"], target: await queue("q") }] });
    await bucket.putObject(NAME, "k", "v");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 1, noncurrentExpirationDays: 1 }] });
    await clock.set(at("2026-01-04T00:00:00Z"));
    expect((await bucket.listObjectVersions(NAME)).items).toMatchObject([
      { deleteMarker: true, isLatest: true },
      { size: 1, isLatest: false },
    ]);
    await clock.set(at("2026-01-07T00:00:00Z"));
    expect((await bucket.listObjectVersions(NAME)).items).toEqual([]);
    expect(watch.events.map(({ cause }) => cause)).toEqual(["DeleteMarkerCreated", "Delete", "Delete"]);
    await bucket.deleteBucket(NAME);
  });

  it("an object that becomes current again, and is overdue, is swept on the next night", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T00:00:00Z", versioning: true });
    await bucket.putObject(NAME, "k", "v");
    const { versionId } = await bucket.deleteObject(NAME, "k");
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 30 }] });
    await clock.set(at("2026-03-01T06:00:00Z"));
    await bucket.deleteObject(NAME, "k", { versionId: versionId as string });
    expect(keysOf(await bucket.listObjects(NAME))).toEqual(["k"]);
    await clock.set(at("2026-03-02T00:00:00Z"));
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });

  it("a finished upload is dated by its beginning, and expires by it", async () => {
    const { bucket, clock } = await open(cloud, { start: "2026-01-01T00:00:00Z" });
    await bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 10 }] });
    const { uploadId, createdAt } = await bucket.createMultipartUpload(NAME, "k");
    const part = await bucket.uploadPart(NAME, "k", uploadId, { partNumber: 1, data: "v" });
    await clock.set(at("2026-01-20T00:00:00Z"));
    const { lastModified } = await bucket.completeMultipartUpload(NAME, "k", uploadId, [part]);
    expect(lastModified).toEqual(createdAt);
    expect(await bucket.evaluateLifecycle(NAME)).toEqual(["k"]);
    await clock.set(at("2026-01-21T00:00:00Z"));
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });
});
