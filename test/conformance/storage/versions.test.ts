import { describe, expect, it } from "vitest";
import { cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, keysOf, open, text } from "./fixture";

/** A version as one word: its data's size, or `marker`; the latest in capitals. */
const shape = ({ items }: { items: { size: number; isLatest?: boolean; deleteMarker?: boolean }[] }): string[] =>
  items.map(({ size, isLatest, deleteMarker }) =>
    deleteMarker ? (isLatest ? "MARKER" : "marker") : isLatest ? `V${size}` : `v${size}`,
  );

forEachCloud((cloud) => {
  const aws = cloud.name === "aws";

  it("status of a bucket", async () => {
    const { bucket } = await open(cloud);
    const status = async () => bucket.getBucketVersioning(NAME);
    expect(await status()).toEqual({ enabled: false, status: "Unversioned" });
    await bucket.setBucketVersioning(NAME, false);
    expect(await status()).toEqual({ enabled: false, status: "Unversioned" });
    await bucket.setBucketVersioning(NAME, true);
    expect(await status()).toEqual({ enabled: true, status: "Enabled" });
    await bucket.setBucketVersioning(NAME, false);
    expect(await status()).toEqual({ enabled: false, status: aws ? "Suspended" : "Unversioned" });
  });

  it("a write keeps the one before, and every version can be read", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const one = await bucket.putObject(NAME, "k", "1");
    const two = await bucket.putObject(NAME, "k", "22");
    expect(one.versionId).toMatch(
      cloud.pick({ aws: /^[A-Za-z0-9._]{32}$/, azure: /^2026-04-01T12:00:00\.0000000Z$/, gcp: /^1775044800000000$/ }),
    );
    expect(two.versionId).toMatch(
      cloud.pick({ aws: /^[A-Za-z0-9._]{32}$/, azure: /^2026-04-01T12:00:00\.0000001Z$/, gcp: /^1775044800000001$/ }),
    );
    for (const [info, data] of [
      [one, "1"],
      [two, "22"],
    ] as const) {
      const options = { versionId: info.versionId as string };
      expect(await bucket.getObject(NAME, "k", options)).toEqual({ info, data: new TextEncoder().encode(data) });
      expect(await bucket.headObject(NAME, "k", options)).toEqual(info);
    }
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["V2", "v1"]);
    expect(keysOf(await bucket.listObjects(NAME))).toEqual(["k"]);
  });

  it("a delete hides the object and keeps it", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const { versionId } = await bucket.putObject(NAME, "k", "1");
    const result = await bucket.deleteObject(NAME, "k");
    expect(result).toEqual(
      aws ? { deleted: true, deleteMarker: true, versionId: expect.any(String) as string } : { deleted: true },
    );
    await refused(bucket.getObject(NAME, "k"), "NotFound");
    await refused(bucket.headObject(NAME, "k"), "NotFound");
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(aws ? ["MARKER", "v1"] : ["v1"]);
    expect(text((await bucket.getObject(NAME, "k", { versionId: versionId as string })).data)).toBe("1");
  });

  it("a version is removed for good", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const ids: string[] = [];
    for (const data of ["1", "22", "333"]) ids.push((await bucket.putObject(NAME, "k", data)).versionId as string);
    const [one, two, three] = ids as [string, string, string];
    expect(await bucket.deleteObject(NAME, "k", { versionId: two })).toEqual({ deleted: true, versionId: two });
    await refused(bucket.getObject(NAME, "k", { versionId: two }), "NotFound");
    await refused(bucket.deleteObject(NAME, "k", { versionId: two }), "NotFound");
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["V3", "v1"]);
    await bucket.deleteObject(NAME, "k", { versionId: three });
    // AWS: the one below becomes current.
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual([aws ? "V1" : "v1"]);
    await bucket.deleteObject(NAME, "k", { versionId: one });
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual([]);
    await bucket.deleteBucket(NAME);
  });

  it("switched off, what was kept stays", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    await bucket.putObject(NAME, "k", "1");
    await bucket.putObject(NAME, "k", "22");
    await bucket.setBucketVersioning(NAME, false);
    await bucket.putObject(NAME, "k", "333");
    await bucket.putObject(NAME, "k", "4444");
    // AWS and Azure keep what has an id of its own; GCP's live object is simply replaced.
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(
      cloud.name === "gcp" ? ["V4", "v1"] : ["V4", "v2", "v1"],
    );
  });

  it("an object from before versioning is kept too", async () => {
    const { bucket } = await open(cloud);
    const before = await bucket.putObject(NAME, "k", "1");
    if (aws) expect(before).not.toHaveProperty("versionId");
    await bucket.setBucketVersioning(NAME, true);
    await bucket.putObject(NAME, "k", "22");
    const { items } = await bucket.listObjectVersions(NAME);
    expect(shape({ items })).toEqual(["V2", "v1"]);
    if (aws) expect(items[1]?.versionId).toBe("null");
    expect(text((await bucket.getObject(NAME, "k", { versionId: items[1]?.versionId as string })).data)).toBe("1");
  });

  it("versions are listed by key, newest first, page by page, with prefixes rolled up", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    for (const key of ["b", "a", "d/1", "d/2", "a", "c", "a"]) await bucket.putObject(NAME, key, "");
    await bucket.deleteObject(NAME, "b");
    const whole = await bucket.listObjectVersions(NAME);
    expect(keysOf(whole)).toEqual(
      aws ? ["a", "a", "a", "b", "b", "c", "d/1", "d/2"] : ["a", "a", "a", "b", "c", "d/1", "d/2"],
    );
    const paged = [];
    for await (const version of bucket.versions(NAME, { limit: 1 })) paged.push(version);
    expect(paged).toEqual(whole.items);
    const rolled = await bucket.listObjectVersions(NAME, { delimiter: "/", prefix: "" });
    expect([rolled.commonPrefixes, keysOf(rolled)]).toEqual([
      ["d/"],
      keysOf(whole).filter((key) => !key.startsWith("d/")),
    ]);
  });

  it("a version written between two pages neither repeats nor hides others", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    for (const data of ["1", "22", "333"]) await bucket.putObject(NAME, "k", data);
    const one = await bucket.listObjectVersions(NAME, { limit: 1 });
    await bucket.putObject(NAME, "k", "4444");
    const two = await bucket.listObjectVersions(NAME, { pageToken: one.nextPageToken as string });
    expect([...one.items, ...two.items].map(({ size }) => size)).toEqual([3, 2, 1]);
  });

  it("a copy of an old version brings it back as a new one", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const { versionId } = await bucket.putObject(NAME, "k", "1");
    await bucket.putObject(NAME, "k", "22");
    await bucket.copyObject(NAME, "k", { bucket: NAME, key: "k", versionId });
    expect(text((await bucket.getObject(NAME, "k")).data)).toBe("1");
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["V1", "v2", "v1"]);
  });

  it("old versions count as stored until they are gone", async () => {
    const { bucket } = await open(cloud, { versioning: true, dialect: { maxStoredBytes: 4 } });
    const { versionId } = await bucket.putObject(NAME, "k", "12");
    await bucket.putObject(NAME, "k", "34");
    await refused(bucket.putObject(NAME, "k", "5"), "ResourceExhausted");
    await bucket.deleteObject(NAME, "k", { versionId: versionId as string });
    await bucket.putObject(NAME, "k", "56");
  });
});

describe("aws", () => {
  const cloud = cloudUnderTest("aws");

  it("suspended: one version null, replaced by the next and by a marker null", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const { versionId } = await bucket.putObject(NAME, "k", "1");
    await bucket.setBucketVersioning(NAME, false);
    expect((await bucket.putObject(NAME, "k", "22")).versionId).toBe("null");
    expect((await bucket.putObject(NAME, "k", "333")).versionId).toBe("null");
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["V3", "v1"]);
    expect(await bucket.deleteObject(NAME, "k")).toEqual({ deleted: true, deleteMarker: true, versionId: "null" });
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["MARKER", "v1"]);
    expect(await bucket.deleteObject(NAME, "k")).toEqual({ deleted: false, deleteMarker: true, versionId: "null" });
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["MARKER", "v1"]);
    expect(await bucket.deleteObject(NAME, "k", { versionId: "null" })).toEqual({
      deleted: true,
      deleteMarker: true,
      versionId: "null",
    });
    expect((await bucket.headObject(NAME, "k")).versionId).toBe(versionId);
  });

  it("suspended: the version null is replaced also from below", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "1");
    await bucket.setBucketVersioning(NAME, true);
    await bucket.putObject(NAME, "k", "22");
    await bucket.setBucketVersioning(NAME, false);
    await bucket.putObject(NAME, "k", "333");
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["V3", "v2"]);
  });

  it("a marker is put on a missing key, and on another marker", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    for (let i = 0; i < 2; i++)
      expect(await bucket.deleteObject(NAME, "k")).toMatchObject({ deleted: false, deleteMarker: true });
    expect(shape(await bucket.listObjectVersions(NAME))).toEqual(["MARKER", "marker"]);
    await refused(bucket.deleteBucket(NAME), "FailedPrecondition", "BucketNotEmpty");
  });

  it("never versioned: null is the only id", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "1");
    expect(text((await bucket.getObject(NAME, "k", { versionId: "null" })).data)).toBe("1");
    expect(await bucket.deleteObject(NAME, "k", { versionId: "null" })).toEqual({ deleted: true });
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });

  it("a bulk delete tells of each key", async () => {
    const { bucket } = await open(cloud, { versioning: true });
    const { versionId } = await bucket.putObject(NAME, "a", "");
    const missing = "x".repeat(32);
    const result = await bucket.deleteObjects(NAME, [
      { key: "a", versionId },
      { key: "b", versionId: missing },
      { key: "c" },
    ]);
    expect(result.deleted).toMatchObject([
      { key: "a", versionId, deleted: true },
      { key: "c", deleted: false, deleteMarker: true },
    ]);
    expect(result.errors).toMatchObject([
      { key: "b", versionId: missing, code: "NotFound", nativeCode: "NoSuchVersion" },
    ]);
  });
});
