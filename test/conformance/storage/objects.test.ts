import { describe, expect, it } from "vitest";
import { SECOND, cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, keysOf, open, text } from "./fixture";

forEachCloud((cloud) => {
  const aws = cloud.name === "aws";

  it("buckets: names, regions, full names, dates", async () => {
    const { bucket } = await open(cloud, { empty: true });
    const info = await bucket.createBucket(NAME);
    expect(info).toEqual({
      name: NAME,
      region: cloud.pick({ aws: "us-east-1", azure: "eastus", gcp: "us-central1" }),
      createdAt: new Date("2026-04-01T12:00:00Z"),
      arn: cloud.pick({
        aws: "arn:aws:s3:::photos",
        azure:
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.Storage/storageAccounts/mockstorage/blobServices/default/containers/photos",
        gcp: "projects/_/buckets/photos",
      }),
    });
    expect(await bucket.listBuckets()).toEqual({ items: [info] });
  });

  it("buckets are listed by name, by prefix, page by page", async () => {
    const { bucket } = await open(cloud, { empty: true });
    for (const name of ["web-b", "api-a", "web-a", "web-c"]) await bucket.createBucket(name);
    const names = async (options: object) => (await bucket.listBuckets(options)).items.map(({ name }) => name);
    expect(await names({})).toEqual(["api-a", "web-a", "web-b", "web-c"]);
    expect(await names({ prefix: "web-" })).toEqual(["web-a", "web-b", "web-c"]);
    const paged: string[] = [];
    for await (const { name } of bucket.buckets({ limit: 1, prefix: "web-" })) paged.push(name);
    expect(paged).toEqual(["web-a", "web-b", "web-c"]);
  });

  it("creating one's bucket again", async () => {
    const { bucket } = await open(cloud, { empty: true });
    const first = await bucket.createBucket(NAME, { tags: { a: "b" } });
    if (aws) expect(await bucket.createBucket(NAME)).toEqual(first);
    else await refused(bucket.createBucket(NAME), "AlreadyExists");
    await refused(bucket.createBucket(NAME, { tags: { a: "c" } }), "AlreadyExists");
    expect(await bucket.getBucketTagging(NAME)).toEqual({ a: "b" });
  });

  it("deleting a bucket takes unfinished uploads along, and on Azure everything", async () => {
    const { bucket, clock } = await open(cloud, { dialect: { maxStoredBytes: 4 } });
    const { uploadId } = await bucket.createMultipartUpload(NAME, "k");
    await bucket.uploadPart(NAME, "k", uploadId, { partNumber: 1, data: "1234" });
    await bucket.deleteBucket(NAME);
    await clock.advance(30 * SECOND);
    await bucket.createBucket(NAME);
    expect((await bucket.listMultipartUploads(NAME)).items).toEqual([]);
    await bucket.putObject(NAME, "k", "1234");
    if (cloud.name !== "azure") return;
    await bucket.deleteBucket(NAME);
    await clock.advance(30 * SECOND);
    await bucket.createBucket(NAME);
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });

  it("a put replaces data, metadata and tags as a whole", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "1", { contentType: "text/plain", metadata: { a: "1" }, tags: { t: "1" } });
    await bucket.putObject(NAME, "k", "22");
    const { info } = await bucket.getObject(NAME, "k");
    expect([info.metadata, info.size]).toEqual([{}, 2]);
    expect(info.contentType).not.toBe("text/plain");
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({});
  });

  it("conditions of writes", async () => {
    const { bucket } = await open(cloud);
    const { etag } = await bucket.putObject(NAME, "k", "1");
    const next = await bucket.putObject(NAME, "k", "2", { ifMatch: etag });
    await bucket.putObject(NAME, "k", "3", { ifMatch: `"${next.etag}"` });
    await refused(bucket.putObject(NAME, "k", "4", { ifMatch: etag }), "FailedPrecondition");
    if (aws) return;
    await bucket.putObject(NAME, "k", "5", { ifMatch: "*" });
    await refused(bucket.putObject(NAME, "none", "", { ifMatch: "*" }), "FailedPrecondition");
  });

  it("conditions of reads", async () => {
    const { bucket } = await open(cloud);
    const { etag } = await bucket.putObject(NAME, "k", "1");
    for (const options of [{ ifMatch: etag }, { ifMatch: "*" }, { ifNoneMatch: "other" }]) {
      expect((await bucket.getObject(NAME, "k", options)).info.etag).toBe(etag);
    }
    await refused(bucket.getObject(NAME, "k", { ifNoneMatch: etag }), "FailedPrecondition", "NotModified");
    await refused(bucket.getObject(NAME, "k", { ifNoneMatch: "*" }), "FailedPrecondition", "NotModified");
  });

  it("ranges are inclusive and cut at the end", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "0123456789");
    const read = async (range: { start: number; end?: number }) => {
      const { data, info } = await bucket.getObject(NAME, "k", { range });
      expect(info.size).toBe(10);
      return text(data);
    };
    expect(await read({ start: 2, end: 4 })).toBe("234");
    expect(await read({ start: 9, end: 9 })).toBe("9");
    expect(await read({ start: 7 })).toBe("789");
    expect(await read({ start: 7, end: 99 })).toBe("789");
    await refused(bucket.getObject(NAME, "k", { range: { start: 10 } }), "InvalidArgument");
    await refused(bucket.getObject(NAME, "k", { range: { start: 4, end: 3 } }), "InvalidArgument");
    await bucket.putObject(NAME, "empty", "");
    await refused(bucket.getObject(NAME, "empty", { range: { start: 0 } }), "InvalidArgument");
  });

  it("ETags: by content on AWS, new on every write elsewhere", async () => {
    const { bucket, clock } = await open(cloud);
    const one = await bucket.putObject(NAME, "k", "same");
    const two = await bucket.putObject(NAME, "k", "same");
    await clock.advance(1);
    const three = await bucket.putObject(NAME, "k", "same");
    if (aws)
      return void expect([one.etag, two.etag, three.etag]).toEqual(Array(3).fill("51037a4a37730f52c8732586d3aaa316"));
    if (cloud.name === "azure") {
      expect(one.etag).toMatch(/^0x8D[0-9A-F]{13}$/);
      expect(BigInt(two.etag) - BigInt(one.etag)).toBe(1n);
      expect(BigInt(three.etag) - BigInt(one.etag)).toBe(10_000n);
      return;
    }
    for (const { etag } of [one, two, three]) expect(etag).toMatch(/^C[\w+/]+EAE=$/);
    expect(new Set([one.etag, two.etag, three.etag]).size).toBe(3);
  });

  it("copies", async () => {
    const { bucket, clock } = await open(cloud);
    await bucket.createBucket("other");
    const cold = cloud.pick({ aws: "STANDARD_IA", azure: "Cool", gcp: "NEARLINE" });
    await bucket.putObject(NAME, "k", "v", {
      contentType: "text/plain",
      metadata: { a: "1" },
      tags: { t: "1" },
      storageClass: cold,
    });
    await clock.advance(SECOND);
    const copy = await bucket.copyObject("other", "l", { bucket: NAME, key: "k" });
    expect(copy).toMatchObject({
      key: "l",
      size: 1,
      contentType: "text/plain",
      metadata: { a: "1" },
      lastModified: clock.now(),
    });
    expect(copy.storageClass).not.toBe(cold);
    expect(await bucket.getObjectTagging("other", "l")).toEqual({ t: "1" });
    const replaced = await bucket.copyObject(
      "other",
      "m",
      { bucket: NAME, key: "k" },
      { metadataDirective: "REPLACE", metadata: { b: "2" }, tags: {}, storageClass: cold },
    );
    expect(replaced).toMatchObject({ metadata: { b: "2" }, storageClass: cold });
    expect(replaced.contentType).toMatch(/octet-stream$/);
    expect(await bucket.getObjectTagging("other", "m")).toEqual({});
    // A change of class, or REPLACE, is a change on every cloud.
    await bucket.copyObject(NAME, "k", { bucket: NAME, key: "k" }, { storageClass: cold });
    await bucket.copyObject(NAME, "k", { bucket: NAME, key: "k" }, { metadataDirective: "REPLACE" });
    expect((await bucket.headObject(NAME, "k")).metadata).toEqual({});
  });

  it("deleting many", async () => {
    const { bucket } = await open(cloud);
    for (const key of ["a", "b"]) await bucket.putObject(NAME, key, "");
    const { deleted, errors } = await bucket.deleteObjects(NAME, [{ key: "a" }, { key: "none" }, { key: "b" }]);
    expect(deleted.map(({ key }) => key)).toEqual(aws ? ["a", "none", "b"] : ["a", "b"]);
    expect(errors).toEqual(
      aws
        ? []
        : [
            {
              key: "none",
              code: "NotFound",
              nativeCode: cloud.pick({ aws: "", azure: "BlobNotFound", gcp: "notFound" }),
              message: expect.any(String) as string,
            },
          ],
    );
    await refused(bucket.deleteObjects(NAME, []), "InvalidArgument");
    await refused(
      bucket.deleteObjects(
        NAME,
        Array.from({ length: 1001 }, () => ({ key: "k" })),
      ),
      "InvalidArgument",
    );
  });

  it("deleting many does not stop at a key or version id that is none", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "a", "");
    const bad = [{ key: "k".repeat(1025) }, { key: "a", versionId: "?" }];
    const { deleted, errors } = await bucket.deleteObjects(NAME, [...bad, { key: "a" }]);
    expect(deleted).toMatchObject([{ key: "a", deleted: true }]);
    expect(errors.map(({ code, nativeCode }) => [code, nativeCode])).toEqual(
      cloud
        .pick({
          aws: ["KeyTooLongError", "InvalidArgument"],
          azure: ["InvalidUri", "InvalidQueryParameterValue"],
          gcp: ["invalid", "invalid"],
        })
        .map((native) => ["InvalidArgument", native]),
    );
    await refused(bucket.deleteObjects(NAME, [{} as { key: string }]), "InvalidArgument");
    await refused(bucket.deleteObjects(NAME, [{ key: "a" }], 5 as never), "InvalidArgument");
  });

  it("keys are listed by their UTF-8 bytes", async () => {
    const { bucket } = await open(cloud);
    const keys = ["a", "a\u0000b", "a!", "b", "z", "é", "\uffee", "\u{1f600}"];
    for (const key of [...keys].reverse()) await bucket.putObject(NAME, key, "");
    expect(keysOf(await bucket.listObjects(NAME))).toEqual(keys);
    const paged: string[] = [];
    for await (const { key } of bucket.objects(NAME, { limit: 1 })) paged.push(key);
    expect(paged).toEqual(keys);
  });

  it("listing after a key", async () => {
    const { bucket } = await open(cloud);
    for (const key of ["a", "b", "c/1", "c/2", "d"]) await bucket.putObject(NAME, key, "");
    expect(keysOf(await bucket.listObjects(NAME, { startAfter: "b" }))).toEqual(["c/1", "c/2", "d"]);
    expect(keysOf(await bucket.listObjects(NAME, { startAfter: "aa" }))).toEqual(["b", "c/1", "c/2", "d"]);
    const page = await bucket.listObjects(NAME, { startAfter: "a", limit: 2, delimiter: "/" });
    expect([keysOf(page), page.commonPrefixes]).toEqual([["b"], ["c/"]]);
    const rest = await bucket.listObjects(NAME, {
      startAfter: "a",
      delimiter: "/",
      pageToken: page.nextPageToken as string,
    });
    expect([keysOf(rest), rest.commonPrefixes]).toEqual([["d"], []]);
  });

  it("parts: replaced, listed, dropped", async () => {
    const { bucket, clock } = await open(cloud, { dialect: { minPartBytes: 0 } });
    const upload = await bucket.createMultipartUpload(NAME, "k", {
      contentType: "text/plain",
      metadata: { a: "1" },
      tags: { t: "1" },
    });
    const part = (partNumber: number, data: string) =>
      bucket.uploadPart(NAME, "k", upload.uploadId, { partNumber, data });
    await part(10, "never");
    await part(1, "old");
    const two = await part(2, "world");
    const one = await part(1, "hello ");
    expect(one).toEqual({ partNumber: 1, size: 6, etag: "f814893777bcc2295fff05f00e508da6" });
    const listed = [];
    for await (const each of bucket.parts(NAME, "k", upload.uploadId, { limit: 1 })) listed.push(each.partNumber);
    expect(listed).toEqual([1, 2, 10]);
    await refused(bucket.getObject(NAME, "k"), "NotFound");
    await clock.advance(SECOND);
    const info = await bucket.completeMultipartUpload(NAME, "k", upload.uploadId, [one, two]);
    expect(info).toMatchObject({
      size: 11,
      contentType: "text/plain",
      metadata: { a: "1" },
      lastModified: aws ? upload.createdAt : clock.now(),
    });
    expect(text((await bucket.getObject(NAME, "k")).data)).toBe("hello world");
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({ t: "1" });
    expect((await bucket.listMultipartUploads(NAME)).items).toEqual([]);
  });

  it("open parts count as stored, and are given back", async () => {
    const { bucket } = await open(cloud, { dialect: { maxStoredBytes: 4 } });
    const { uploadId } = await bucket.createMultipartUpload(NAME, "k");
    const part = await bucket.uploadPart(NAME, "k", uploadId, { partNumber: 1, data: "1234" });
    await refused(bucket.putObject(NAME, "l", "5"), "ResourceExhausted");
    await bucket.completeMultipartUpload(NAME, "k", uploadId, [part]);
    await refused(bucket.putObject(NAME, "l", "5"), "ResourceExhausted");
    await bucket.deleteObject(NAME, "k");
    await bucket.putObject(NAME, "l", "5678");
  });

  it("uploads are listed by key, then by when they began", async () => {
    const { bucket } = await open(cloud);
    const begun = [];
    for (const key of ["b", "a", "b", "c"]) begun.push(await bucket.createMultipartUpload(NAME, key));
    const [b1, a, b2, c] = begun;
    const listed = [];
    for await (const upload of bucket.uploads(NAME, { limit: 1 })) listed.push(upload);
    expect(listed).toEqual([a, b1, b2, c]);
    expect((await bucket.listMultipartUploads(NAME, { prefix: "b" })).items).toEqual([b1, b2]);
  });

  it("tags of an object change neither ETag nor date", async () => {
    const { bucket, clock } = await open(cloud);
    const info = await bucket.putObject(NAME, "k", "v", { tags: { a: "1" } });
    await clock.advance(SECOND);
    await bucket.putObjectTagging(NAME, "k", { b: "2" });
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({ b: "2" });
    expect(await bucket.headObject(NAME, "k")).toEqual(info);
    await bucket.deleteObjectTagging(NAME, "k");
    await bucket.deleteObjectTagging(NAME, "k");
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({});
  });

  it("an aborted call changes nothing and rejects with the signal's reason", async () => {
    const { bucket } = await open(cloud);
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(bucket.putObject(NAME, "k", "v", { signal })).rejects.toBe(reason);
    expect(keysOf(await bucket.listObjects(NAME))).toEqual([]);
  });

  it("one driver under two names, and a portable object on either", async () => {
    const { provider } = cloud.open();
    const native = cloud.pick({ aws: "s3", azure: "blobStorage", gcp: "gcs" });
    expect((provider as unknown as Record<string, unknown>)[native]).toBe(provider.storage);
    await provider.storage.createBucket(NAME);
    expect((await provider.storage.putObject(NAME, "k", "v")).size).toBe(1);
  });

  it("the same seed gives the same identifiers", async () => {
    const ids = async (seed: string) => {
      const { provider } = cloud.open({ seed });
      await provider.storage.createBucket(NAME, { versioning: true });
      const { versionId } = await provider.storage.putObject(NAME, "k", "v");
      const { uploadId } = await provider.storage.createMultipartUpload(NAME, "k");
      const { url } = await provider.storage.generatePresignedURL({ bucket: NAME, key: "k", method: "GET" });
      return [versionId, uploadId, url];
    };
    expect(await ids("one")).toEqual(await ids("one"));
    expect((await ids("one"))[1]).not.toBe((await ids("two"))[1]);
  });
});

describe("aws", () => {
  it("outside of us-east-1 one's own bucket is taken too", async () => {
    const { provider } = cloudUnderTest("aws").open({ region: "eu-west-1" });
    await provider.storage.createBucket(NAME);
    await refused(provider.storage.createBucket(NAME), "AlreadyExists", "BucketAlreadyOwnedByYou");
  });
});

describe("gcp", () => {
  it("the page's generation has the page's ETag", async () => {
    const { bucket, clock } = await open(cloudUnderTest("gcp"), { start: new Date(1773932905959).toISOString() });
    for (let i = 0; i < 215; i++) await bucket.putObject(NAME, "k", "");
    const info = await bucket.putObject(NAME, "k", "");
    expect(clock.nowMs()).toBe(1773932905959);
    expect([info.versionId, info.etag]).toEqual(["1773932905959215", "CK+e3IWfrJMDEAE="]);
  });
});
