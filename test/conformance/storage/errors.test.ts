import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../worker/emulator/core/error-codes";
import { SECOND, forEachCloud, refused, type ByCloud } from "../harness";
import { NAME, open, type Fixture } from "./fixture";

/** A failure of the page's table: what brings it about, and what each cloud calls it; `null` where the cloud has no such failure. */
interface Failure {
  readonly name: string;
  readonly code: ErrorCode;
  readonly native: ByCloud<string | null>;
  readonly dialect?: Readonly<Record<string, unknown>>;
  provoke(fixture: Fixture): Promise<unknown>;
}

const all = (native: string): ByCloud<string> => ({ aws: native, azure: native, gcp: native });
const by = (aws: string | null, azure: string | null, gcp: string | null): ByCloud<string | null> => ({
  aws,
  azure,
  gcp,
});
const MISSING_BUCKET = by("NoSuchBucket", "ContainerNotFound", "notFound");
const NO_UPLOAD = by("NoSuchUpload", "InvalidBlockList", "notFound");
const BAD_NOTIFICATION = by("InvalidArgument", "InvalidRequest", "invalid");
const rule = { id: "r", enabled: true };
const statement = { effect: "Allow" as const, principal: "*", actions: ["*"], resources: [NAME] };

async function upload({ bucket }: Fixture): Promise<string> {
  return (await bucket.createMultipartUpload(NAME, "k")).uploadId;
}

async function signed({ bucket }: Fixture): Promise<string> {
  await bucket.putObject(NAME, "k", "v");
  return (await bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "GET", expiresInMs: SECOND })).url;
}

const FAILURES: Failure[] = [
  // ---- buckets ----
  {
    name: "bucket missing: get",
    code: "NotFound",
    native: MISSING_BUCKET,
    provoke: ({ bucket }) => bucket.getObject("none", "k"),
  },
  {
    name: "bucket missing: list",
    code: "NotFound",
    native: MISSING_BUCKET,
    provoke: ({ bucket }) => bucket.listObjects("none"),
  },
  {
    name: "bucket missing: delete",
    code: "NotFound",
    native: MISSING_BUCKET,
    provoke: ({ bucket }) => bucket.deleteBucket("none"),
  },
  {
    name: "bucket missing: a copy's source",
    code: "NotFound",
    native: MISSING_BUCKET,
    provoke: ({ bucket }) => bucket.copyObject(NAME, "k", { bucket: "none", key: "k" }),
  },
  {
    name: "bucket missing: a signed URL",
    code: "NotFound",
    native: MISSING_BUCKET,
    provoke: ({ bucket }) => bucket.generatePresignedURL({ bucket: "none", key: "k", method: "GET" }),
  },
  {
    name: "bucket taken",
    code: "AlreadyExists",
    native: by("BucketAlreadyOwnedByYou", "ContainerAlreadyExists", "conflict"),
    provoke: ({ bucket }) => bucket.createBucket(NAME, { tags: { a: "b" } }),
  },
  {
    name: "bucket being deleted",
    code: "FailedPrecondition",
    native: by(null, "ContainerBeingDeleted", null),
    provoke: async ({ bucket }) => {
      await bucket.deleteBucket(NAME);
      return bucket.createBucket(NAME);
    },
  },
  {
    name: "bucket not empty",
    code: "FailedPrecondition",
    native: by("BucketNotEmpty", null, "conflict"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "");
      return bucket.deleteBucket(NAME);
    },
  },
  {
    name: "bad bucket name",
    code: "InvalidArgument",
    native: by("InvalidBucketName", "InvalidResourceName", "invalid"),
    provoke: ({ bucket }) => bucket.createBucket("No"),
  },
  {
    name: "too many buckets",
    code: "ResourceExhausted",
    native: by("TooManyBuckets", "QuotaExceeded", "quotaExceeded"),
    dialect: { maxBuckets: 1 },
    provoke: ({ bucket }) => bucket.createBucket("second"),
  },

  // ---- objects ----
  {
    name: "object missing: get",
    code: "NotFound",
    native: by("NoSuchKey", "BlobNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.getObject(NAME, "k"),
  },
  {
    name: "object missing: head",
    code: "NotFound",
    native: by("NotFound", "BlobNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.headObject(NAME, "k"),
  },
  {
    name: "object missing: copy",
    code: "NotFound",
    native: by("NoSuchKey", "BlobNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.copyObject(NAME, "l", { bucket: NAME, key: "k" }),
  },
  {
    name: "object missing: tags",
    code: "NotFound",
    native: by("NoSuchKey", "BlobNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.getObjectTagging(NAME, "k"),
  },
  {
    name: "version missing",
    code: "NotFound",
    native: by("NoSuchVersion", "BlobNotFound", "notFound"),
    provoke: ({ bucket }) => {
      const ids = ["a".repeat(32), "2020-01-01T00:00:00.0000000Z", "1577836800000000"];
      return Promise.any(ids.map((versionId) => bucket.getObject(NAME, "k", { versionId }))).catch(
        (error: AggregateError) => {
          throw error.errors.find((one: { code: string }) => one.code === "NotFound");
        },
      );
    },
  },
  {
    name: "version id malformed",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidQueryParameterValue", "invalid"),
    provoke: ({ bucket }) => bucket.getObject(NAME, "k", { versionId: "?" }),
  },
  {
    name: "key empty",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidUri", "required"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "", ""),
  },
  {
    name: "key too long",
    code: "InvalidArgument",
    native: by("KeyTooLongError", "InvalidUri", "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k".repeat(1025), ""),
  },
  {
    name: "key with a line break",
    code: "InvalidArgument",
    native: by(null, null, "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "a\nb", ""),
  },
  {
    name: "key of a lone surrogate",
    code: "InvalidArgument",
    native: by("InvalidURI", "InvalidUri", "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "\ud800", ""),
  },
  {
    name: "body too large",
    code: "InvalidArgument",
    native: by("EntityTooLarge", "RequestBodyTooLarge", "uploadTooLarge"),
    dialect: { maxPutBytes: 3 },
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "1234"),
  },
  {
    name: "part too large",
    code: "InvalidArgument",
    native: by("EntityTooLarge", "RequestBodyTooLarge", "uploadTooLarge"),
    dialect: { maxPartBytes: 3 },
    provoke: async (fixture) =>
      fixture.bucket.uploadPart(NAME, "k", await upload(fixture), { partNumber: 1, data: "1234" }),
  },
  {
    name: "storage class",
    code: "InvalidArgument",
    native: by("InvalidStorageClass", "InvalidHeaderValue", "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { storageClass: "LUKEWARM" }),
  },
  {
    name: "metadata too large",
    code: "InvalidArgument",
    native: by("MetadataTooLarge", "MetadataTooLarge", "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { metadata: { a: "v".repeat(8192) } }),
  },
  {
    name: "tag name",
    code: "InvalidArgument",
    native: by("InvalidTag", "InvalidTagName", "invalid"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { tags: { ["n".repeat(129)]: "" } }),
  },
  {
    name: "tags too many",
    code: "InvalidArgument",
    native: by("InvalidTag", "InvalidTagName", "invalid"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "");
      return bucket.putObjectTagging(
        NAME,
        "k",
        Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ""])),
      );
    },
  },
  {
    name: "account full",
    code: "ResourceExhausted",
    native: by("QuotaExceeded", "QuotaExceeded", "quotaExceeded"),
    dialect: { maxStoredBytes: 3 },
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "1234"),
  },

  // ---- conditions and ranges ----
  {
    name: "ifMatch differs: get",
    code: "FailedPrecondition",
    native: by("PreconditionFailed", "ConditionNotMet", "conditionNotMet"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v");
      return bucket.getObject(NAME, "k", { ifMatch: "other" });
    },
  },
  {
    name: "ifMatch differs: put",
    code: "FailedPrecondition",
    native: by("PreconditionFailed", "ConditionNotMet", "conditionNotMet"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v");
      return bucket.putObject(NAME, "k", "w", { ifMatch: "other" });
    },
  },
  {
    name: "ifMatch on nothing (AWS)",
    code: "NotFound",
    native: by("NoSuchKey", null, null),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { ifMatch: "e" }),
  },
  {
    name: "ifMatch on nothing",
    code: "FailedPrecondition",
    native: by(null, "ConditionNotMet", "conditionNotMet"),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { ifMatch: "e" }),
  },
  {
    name: "both conditions",
    code: "Unimplemented",
    native: by("NotImplemented", null, null),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { ifMatch: "e", ifNoneMatch: "*" }),
  },
  {
    name: "ifMatch *",
    code: "Unimplemented",
    native: by("NotImplemented", null, null),
    provoke: ({ bucket }) => bucket.putObject(NAME, "k", "", { ifMatch: "*" }),
  },
  {
    name: "not modified",
    code: "FailedPrecondition",
    native: all("NotModified"),
    provoke: async ({ bucket }) => {
      const { etag } = await bucket.putObject(NAME, "k", "v");
      return bucket.headObject(NAME, "k", { ifNoneMatch: etag });
    },
  },
  {
    name: "range past the end",
    code: "InvalidArgument",
    native: by("InvalidRange", "InvalidRange", "requestedRangeNotSatisfiable"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "12345");
      return bucket.getObject(NAME, "k", { range: { start: 5 } });
    },
  },

  // ---- copies ----
  {
    name: "copy onto itself",
    code: "InvalidArgument",
    native: by("InvalidRequest", null, null),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v");
      return bucket.copyObject(NAME, "k", { bucket: NAME, key: "k" });
    },
  },
  {
    name: "copy too large",
    code: "InvalidArgument",
    native: by("InvalidRequest", "InvalidInput", "invalid"),
    dialect: { maxCopyBytes: 3 },
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "1234");
      return bucket.copyObject(NAME, "l", { bucket: NAME, key: "k" });
    },
  },
  {
    name: "copy of a delete marker",
    code: "InvalidArgument",
    native: by("InvalidRequest", null, null),
    provoke: async ({ bucket }) => {
      await bucket.setBucketVersioning(NAME, true);
      await bucket.putObject(NAME, "k", "v");
      const { versionId } = await bucket.deleteObject(NAME, "k");
      return bucket.copyObject(NAME, "l", { bucket: NAME, key: "k", ...(versionId && { versionId }) });
    },
  },
  {
    name: "get of a delete marker",
    code: "FailedPrecondition",
    native: by("MethodNotAllowed", null, null),
    provoke: async ({ bucket }) => {
      await bucket.setBucketVersioning(NAME, true);
      await bucket.putObject(NAME, "k", "v");
      const { versionId } = await bucket.deleteObject(NAME, "k");
      return bucket.getObject(NAME, "k", versionId ? { versionId } : {});
    },
  },
  {
    name: "delete of another id in a bucket never versioned",
    code: "InvalidArgument",
    native: by("InvalidArgument", null, null),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v");
      return bucket.deleteObject(NAME, "k", { versionId: "a".repeat(32) });
    },
  },

  // ---- uploads ----
  {
    name: "upload missing",
    code: "NotFound",
    native: NO_UPLOAD,
    provoke: ({ bucket }) => bucket.uploadPart(NAME, "k", "none", { partNumber: 1, data: "" }),
  },
  {
    name: "upload for another key",
    code: "NotFound",
    native: NO_UPLOAD,
    provoke: async (fixture) => fixture.bucket.listParts(NAME, "l", await upload(fixture)),
  },
  {
    name: "upload aborted",
    code: "NotFound",
    native: NO_UPLOAD,
    provoke: async (fixture) => {
      const id = await upload(fixture);
      await fixture.bucket.abortMultipartUpload(NAME, "k", id);
      return fixture.bucket.abortMultipartUpload(NAME, "k", id);
    },
  },
  {
    name: "upload completed",
    code: "NotFound",
    native: NO_UPLOAD,
    provoke: async (fixture) => {
      const id = await upload(fixture);
      const part = await fixture.bucket.uploadPart(NAME, "k", id, { partNumber: 1, data: "v" });
      await fixture.bucket.completeMultipartUpload(NAME, "k", id, [part]);
      return fixture.bucket.completeMultipartUpload(NAME, "k", id, [part]);
    },
  },
  {
    name: "part missing",
    code: "InvalidArgument",
    native: by("InvalidPart", "InvalidBlockList", "InvalidPart"),
    provoke: async (fixture) =>
      fixture.bucket.completeMultipartUpload(NAME, "k", await upload(fixture), [{ partNumber: 1 }]),
  },
  {
    name: "part with another ETag",
    code: "InvalidArgument",
    native: by("InvalidPart", "InvalidBlockList", "InvalidPart"),
    provoke: async (fixture) => {
      const id = await upload(fixture);
      await fixture.bucket.uploadPart(NAME, "k", id, { partNumber: 1, data: "v" });
      return fixture.bucket.completeMultipartUpload(NAME, "k", id, [{ partNumber: 1, etag: "other" }]);
    },
  },
  {
    name: "parts twice",
    code: "InvalidArgument",
    native: by("InvalidPartOrder", "InvalidBlockList", "InvalidPartOrder"),
    provoke: async (fixture) =>
      fixture.bucket.completeMultipartUpload(NAME, "k", await upload(fixture), [{ partNumber: 1 }, { partNumber: 1 }]),
  },
  {
    name: "no parts",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidBlockList", "invalid"),
    provoke: async (fixture) => fixture.bucket.completeMultipartUpload(NAME, "k", await upload(fixture), []),
  },
  {
    name: "no list of parts",
    code: "InvalidArgument",
    native: by("InvalidRequest", "InvalidBlockList", "invalid"),
    provoke: async (fixture) =>
      fixture.bucket.completeMultipartUpload(NAME, "k", await upload(fixture), undefined as never),
  },

  // ---- archives ----
  {
    name: "archived",
    code: "FailedPrecondition",
    native: by("InvalidObjectState", "BlobArchived", null),
    provoke: async ({ bucket }) => {
      await bucket
        .putObject(NAME, "k", "v", { storageClass: "GLACIER" })
        .catch(() => bucket.putObject(NAME, "k", "v", { storageClass: "Archive" }));
      return bucket.getObject(NAME, "k");
    },
  },
  {
    name: "not archived",
    code: "FailedPrecondition",
    native: by("InvalidObjectState", "InvalidBlobTier", null),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v");
      return bucket.restoreObject(NAME, "k", { days: 1 });
    },
  },
  {
    name: "nothing to restore",
    code: "Unimplemented",
    native: by(null, null, "notImplemented"),
    provoke: async ({ bucket }) => {
      await bucket.putObject(NAME, "k", "v", { storageClass: "ARCHIVE" });
      return bucket.restoreObject(NAME, "k", { days: 1 });
    },
  },

  // ---- settings ----
  {
    name: "no lifecycle",
    code: "NotFound",
    native: by("NoSuchLifecycleConfiguration", "ResourceNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.getLifecycleConfig(NAME),
  },
  {
    name: "no policy",
    code: "NotFound",
    native: by("NoSuchBucketPolicy", "ResourceNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.getBucketPolicy(NAME),
  },
  {
    name: "no CORS",
    code: "NotFound",
    native: by("NoSuchCORSConfiguration", "ResourceNotFound", "notFound"),
    provoke: ({ bucket }) => bucket.getCORSConfig(NAME),
  },
  {
    name: "lifecycle without rules",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putLifecycleConfig(NAME, { rules: [] }),
  },
  {
    name: "rule without action",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putLifecycleConfig(NAME, { rules: [rule] }),
  },
  {
    name: "rule of 0 days",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, expirationDays: 0 }] }),
  },
  {
    name: "rule ids twice",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putLifecycleConfig(NAME, { rules: [1, 2].map((expirationDays) => ({ ...rule, expirationDays })) }),
  },
  {
    name: "transition without class",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putLifecycleConfig(NAME, { rules: [{ ...rule, transitionDays: 1 }] }),
  },
  {
    name: "policy version",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) => bucket.putBucketPolicy(NAME, { version: "2020-01-01", statements: [statement] }),
  },
  {
    name: "policy without statements",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) => bucket.putBucketPolicy(NAME, { version: "2012-10-17", statements: [] }),
  },
  {
    name: "policy's effect",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putBucketPolicy(NAME, {
        version: "2012-10-17",
        statements: [{ ...statement, effect: "Maybe" as "Allow" }],
      }),
  },
  {
    name: "policy without actions",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putBucketPolicy(NAME, { version: "2012-10-17", statements: [{ ...statement, actions: [] }] }),
  },
  {
    name: "policy on another bucket",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putBucketPolicy(NAME, { version: "2012-10-17", statements: [{ ...statement, resources: ["photos2/*"] }] }),
  },
  {
    name: "policy too long",
    code: "InvalidArgument",
    native: by("MalformedPolicy", "InvalidInput", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putBucketPolicy(NAME, {
        version: "2012-10-17",
        statements: [{ ...statement, actions: ["a".repeat(20_480)] }],
      }),
  },
  {
    name: "CORS without rules",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putCORSConfig(NAME, { rules: [] }),
  },
  {
    name: "CORS method",
    code: "InvalidArgument",
    native: by("InvalidRequest", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putCORSConfig(NAME, { rules: [{ allowedOrigins: ["*"], allowedMethods: ["BREW"] }] }),
  },
  {
    name: "CORS origin",
    code: "InvalidArgument",
    native: by("InvalidRequest", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) =>
      bucket.putCORSConfig(NAME, { rules: [{ allowedOrigins: ["https://*.*"], allowedMethods: ["GET"] }] }),
  },
  {
    name: "encryption algorithm",
    code: "InvalidArgument",
    native: by("MalformedXML", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putEncryptionConfig(NAME, { enabled: true, algorithm: "ROT13" }),
  },
  {
    name: "encryption key",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidXmlDocument", "invalid"),
    provoke: ({ bucket }) => bucket.putEncryptionConfig(NAME, { enabled: true, algorithm: "AES256", keyId: "k" }),
  },
  {
    name: "notification target",
    code: "InvalidArgument",
    native: BAD_NOTIFICATION,
    provoke: ({ bucket }) => bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectCreated"], target: "" }] }),
  },
  {
    name: "notification event",
    code: "InvalidArgument",
    native: BAD_NOTIFICATION,
    provoke: ({ bucket }) =>
      bucket.putNotificationConfig(NAME, { rules: [{ events: ["ObjectAdmired"], target: "q" }] }),
  },
  {
    name: "notifications that overlap",
    code: "InvalidArgument",
    native: by("InvalidArgument", null, null),
    provoke: ({ bucket }) =>
      bucket.putNotificationConfig(NAME, {
        rules: [
          { events: ["ObjectCreated"], prefix: "a", suffix: ".jpg", target: "q" },
          { events: ["ObjectCreated"], prefix: "ab", target: "p" },
        ],
      }),
  },

  // ---- signed URLs ----
  {
    name: "URL expired",
    code: "PermissionDenied",
    native: by("AccessDenied", "AuthenticationFailed", "ExpiredToken"),
    provoke: async (fixture) => {
      const url = await signed(fixture);
      await fixture.clock.advance(SECOND);
      return fixture.bucket.usePresignedURL(url, { method: "GET" });
    },
  },
  {
    name: "URL altered",
    code: "PermissionDenied",
    native: by("SignatureDoesNotMatch", "AuthenticationFailed", "SignatureDoesNotMatch"),
    provoke: async (fixture) =>
      fixture.bucket.usePresignedURL((await signed(fixture)).replace("/k?", "/l?"), { method: "GET" }),
  },
  {
    name: "URL of nobody",
    code: "PermissionDenied",
    native: by("SignatureDoesNotMatch", "AuthenticationFailed", "SignatureDoesNotMatch"),
    provoke: ({ bucket }) => bucket.usePresignedURL("https://example.com/%zz?sig=1", { method: "GET" }),
  },
  {
    name: "URL for another method",
    code: "PermissionDenied",
    native: by("SignatureDoesNotMatch", "AuthorizationPermissionMismatch", "SignatureDoesNotMatch"),
    provoke: async (fixture) => fixture.bucket.usePresignedURL(await signed(fixture), { method: "PUT", body: "x" }),
  },
  {
    name: "URL method",
    code: "InvalidArgument",
    native: by("InvalidArgument", "InvalidInput", "invalid"),
    provoke: ({ bucket }) => bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "DELETE" as "GET" }),
  },
];

forEachCloud((cloud) => {
  describe("every failure says what the real cloud says", () => {
    for (const { name, code, native, dialect, provoke } of FAILURES) {
      const nativeCode = cloud.pick(native);
      if (nativeCode === null) continue;
      it(name, async () => {
        const fixture = await open(cloud, dialect ? { dialect } : {});
        const error = await refused(provoke(fixture), code, nativeCode);
        expect(error).toMatchObject({ provider: cloud.name, service: "storage", retryable: false });
      });
    }
  });

  it("an unknown bucket is told before anything but the arguments' shape", async () => {
    const { bucket } = await open(cloud);
    const missing = cloud.pick(MISSING_BUCKET) as string;
    await refused(bucket.putObject("none", "k", "", { ifMatch: "e" }), "NotFound", missing);
    await refused(bucket.completeMultipartUpload("none", "k", "u", []), "NotFound", missing);
    await refused(bucket.putObject("none", "", ""), "InvalidArgument");
  });

  it("a refused put changes nothing", async () => {
    const { bucket } = await open(cloud, { dialect: { maxStoredBytes: 8 } });
    await bucket.putObject(NAME, "k", "1234", { tags: { a: "b" } });
    const before = await bucket.getObject(NAME, "k");
    await refused(bucket.putObject(NAME, "k", "123456789"), "ResourceExhausted");
    await refused(bucket.putObject(NAME, "k", "x", { metadata: { a: 1 as unknown as string } }), "InvalidArgument");
    expect(await bucket.getObject(NAME, "k")).toEqual(before);
    expect(await bucket.getObjectTagging(NAME, "k")).toEqual({ a: "b" });
    // Replacing gives the old bytes back.
    await bucket.putObject(NAME, "k", "12345678");
  });

  it("statuses of HTTP", async () => {
    const { bucket } = await open(cloud);
    const { etag } = await bucket.putObject(NAME, "k", "v");
    expect((await refused(bucket.getObject(NAME, "none"), "NotFound")).httpStatus).toBe(404);
    expect((await refused(bucket.getObject(NAME, "k", { ifMatch: "x" }), "FailedPrecondition")).httpStatus).toBe(412);
    expect((await refused(bucket.getObject(NAME, "k", { ifNoneMatch: etag }), "FailedPrecondition")).httpStatus).toBe(
      304,
    );
    expect((await refused(bucket.getObject(NAME, "k", { range: { start: 9 } }), "InvalidArgument")).httpStatus).toBe(
      416,
    );
  });
});

describe("hostile arguments", () => {
  const HOSTILE: unknown[] = [
    null,
    0,
    NaN,
    -1,
    1.5,
    10n ** 30n,
    true,
    Symbol("s"),
    "",
    [],
    {},
    () => 1,
    new Date(NaN),
    new Map(),
    Object.create(null),
    new Proxy({}, {}),
  ];

  forEachCloud((cloud) => {
    it("no argument of any operation makes anything but a CloudError", async () => {
      const { driver } = await open(cloud);
      for (const operation of Object.keys(driver) as (keyof typeof driver)[]) {
        const fixture = await open(cloud);
        await fixture.bucket.putObject(NAME, "k", "v");
        const { uploadId } = await fixture.bucket.createMultipartUpload(NAME, "k");
        const method = fixture.driver[operation] as (...args: unknown[]) => Promise<unknown>;
        for (const hostile of HOSTILE) {
          for (let position = 0; position < 5; position++) {
            const leading = [NAME, "k", uploadId].slice(0, position);
            const outcome = await method(...leading, hostile).catch((error: unknown) => error);
            const problem = outcome instanceof Error && outcome.name !== "CloudError" ? outcome : undefined;
            expect({ operation, position, problem }).toEqual({ operation, position, problem: undefined });
            if (outcome instanceof Error) expect((outcome as { code?: string }).code, operation).not.toBe("Internal");
          }
        }
      }
    });

    it("names that objects have of their own are only names", async () => {
      const { bucket } = await open(cloud);
      const strange = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
      await bucket.putObject(NAME, "__proto__", "v", { tags: strange });
      expect(Object.entries(await bucket.getObjectTagging(NAME, "__proto__"))).toEqual(Object.entries(strange));
      await refused(bucket.putObject(NAME, "k", "", { storageClass: "constructor" }), "InvalidArgument");
      await refused(bucket.putEncryptionConfig(NAME, { enabled: true, algorithm: "toString" }), "InvalidArgument");
      await refused(
        bucket.putNotificationConfig(NAME, { rules: [{ events: ["constructor"], target: "q" }] }),
        "InvalidArgument",
      );
    });
  });
});
