import type { ListOpts, Opts, Page } from "../../core/paging";
import type {
  BucketAccessRequest,
  CORSRequest,
  CopyObjectOptions,
  CreateBucketOptions,
  DeleteObjectOptions,
  EvaluateLifecycleOptions,
  GetObjectOptions,
  HeadObjectOptions,
  ListBucketsOptions,
  ListObjectVersionsOptions,
  ListObjectsOptions,
  ListUploadsOptions,
  ObjectOptions,
  PresignRequest,
  PresignedUse,
  PutObjectOptions,
  RestoreOptions,
  UploadPartInput,
} from "./options";
import type {
  BucketInfo,
  BucketPolicy,
  CORSConfig,
  CORSDecision,
  CompletedPart,
  CopySource,
  DeleteObjectsResult,
  DeleteResult,
  EncryptionConfig,
  LifecycleConfig,
  ListResult,
  MultipartUpload,
  NotificationConfig,
  ObjectInfo,
  ObjectVersionRef,
  PresignedURL,
  RestoreStatus,
  StoredObject,
  Tags,
  UploadPart,
  VersioningStatus,
} from "./types";

export type * from "./options";
export type * from "./types";

/**
 * Object storage: S3 on AWS, Blob Storage on Azure, Cloud Storage on GCP.
 *
 * Every operation on a bucket that does not exist is `NotFound` (`NoSuchBucket`, `ContainerNotFound`, `notFound`); an argument of the wrong
 * shape is `InvalidArgument`. A refused call has changed nothing. Order is by UTF-8 bytes everywhere.
 */
export interface StorageDriver {
  // ---- buckets ----

  /**
   * Creates a bucket (Azure: container).
   *
   * ```ts
   * await bucket.createBucket("photos", { versioning: true, tags: { team: "web" } });
   * ```
   * @param name 3 to 63 of `a-z0-9-`, with letter or digit at both ends, is good on every cloud; AWS and GCP add `.`, GCP `_`.
   * @returns The bucket. S3 in us-east-1 answers the bucket that is already there when neither tags nor versioning are asked for.
   * @throws CloudError `InvalidArgument` for a bad name (`InvalidBucketName`, `InvalidResourceName`, `invalid`) or bad tags;
   * `AlreadyExists` (`BucketAlreadyOwnedByYou`, `ContainerAlreadyExists`, `conflict`); `FailedPrecondition` on Azure within 30 s of deleting the
   * name (`ContainerBeingDeleted`); `ResourceExhausted` above 10,000 buckets on AWS (`TooManyBuckets`).
   */
  createBucket(name: string, options?: CreateBucketOptions): Promise<BucketInfo>;

  /**
   * Deletes a bucket. Azure deletes a container with all its blobs; AWS and GCP want it empty of objects, versions and delete markers.
   * Unfinished uploads go with it.
   * @throws CloudError `FailedPrecondition` while something is left (`BucketNotEmpty`, `conflict`).
   */
  deleteBucket(name: string, options?: Opts): Promise<void>;

  /** Buckets by name; 1,000 a page (Azure: 5,000), which is also the most. */
  listBuckets(options?: ListBucketsOptions): Promise<Page<BucketInfo>>;

  // ---- objects ----

  /**
   * Writes an object, in place of the one before: data, metadata and tags as a whole.
   *
   * ```ts
   * const { etag } = await bucket.putObject("photos", "cat.txt", "meow", { contentType: "text/plain" });
   * await bucket.putObject("photos", "cat.txt", "purr", { ifMatch: etag }); // only if nobody wrote meanwhile
   * ```
   * @param key 1 to 1,024 UTF-8 bytes (Azure: characters, 254 path segments; GCP: no line breaks).
   * @param data Bytes, or text that is stored as UTF-8; may be empty.
   * @throws CloudError `InvalidArgument` for a bad key (`KeyTooLongError`, `InvalidUri`, `invalid`), too much data (`EntityTooLarge`,
   * `RequestBodyTooLarge`, `uploadTooLarge`), metadata (`MetadataTooLarge`), tags (`InvalidTag`) or storage class (`InvalidStorageClass`);
   * `FailedPrecondition` when a condition fails (`PreconditionFailed`; `ConditionNotMet`, `BlobAlreadyExists`; `conditionNotMet`), but on AWS
   * `NotFound` (`NoSuchKey`) for `ifMatch` without an object; `Unimplemented` on AWS for both conditions or `ifMatch: "*"`;
   * `ResourceExhausted` when the account would hold more than the emulator's own `maxStoredBytes`, 256 MiB.
   */
  putObject(bucket: string, key: string, data: Uint8Array | string, options?: PutObjectOptions): Promise<ObjectInfo>;

  /**
   * Reads an object, or a part of it.
   *
   * ```ts
   * const { data, info } = await bucket.getObject("photos", "cat.txt", { range: { start: 0, end: 99 } });
   * console.log(new TextDecoder().decode(data), info.size);
   * ```
   * @throws CloudError `NotFound` (`NoSuchKey`, `NoSuchVersion`; `BlobNotFound`; `notFound`); `InvalidArgument` for a range that starts past the end
   * (`InvalidRange`, `requestedRangeNotSatisfiable`); `FailedPrecondition` for a condition (`PreconditionFailed`, `ConditionNotMet`,
   * `conditionNotMet`; `NotModified`), an archived object (`InvalidObjectState`, `BlobArchived`; GCP reads it) or a version that is a delete
   * marker (`MethodNotAllowed`).
   */
  getObject(bucket: string, key: string, options?: GetObjectOptions): Promise<StoredObject>;

  /**
   * Deletes an object. In a versioned bucket AWS puts a delete marker on top and Azure and GCP keep the object as a noncurrent version; with
   * `versionId` that version is gone for good, and on AWS the one below becomes current.
   * @returns On AWS a missing key is no error but `{ deleted: false }`; a versioned bucket gets its marker all the same.
   * @throws CloudError `NotFound` for a missing key on Azure (`BlobNotFound`) and GCP (`notFound`), or a missing version (`NoSuchVersion`);
   * `InvalidArgument` for what is no version id here.
   */
  deleteObject(bucket: string, key: string, options?: DeleteObjectOptions): Promise<DeleteResult>;

  /**
   * Deletes up to 1,000 objects or versions, one after the other. Never rejects for one of them: what failed is in `errors`.
   *
   * ```ts
   * const { errors } = await bucket.deleteObjects("photos", [{ key: "a" }, { key: "b", versionId }]);
   * ```
   */
  deleteObjects(bucket: string, objects: ObjectVersionRef[], options?: Opts): Promise<DeleteObjectsResult>;

  /**
   * What {@link StorageDriver.getObject} answers, without the data; also for archived objects.
   * @throws CloudError As `getObject`, with the native code `NotFound` on AWS.
   */
  headObject(bucket: string, key: string, options?: HeadObjectOptions): Promise<ObjectInfo>;

  /**
   * One page of the current objects, by key; 1,000 (Azure: 5,000) items and common prefixes, which is also the most. Objects that come or go
   * between two pages neither repeat nor hide others.
   *
   * ```ts
   * const { items, commonPrefixes } = await bucket.listObjects("photos", { prefix: "2026/", delimiter: "/" });
   * ```
   * @throws CloudError `InvalidArgument` for a limit that is no integer of at least 1, or a token of another listing.
   */
  listObjects(bucket: string, options?: ListObjectsOptions): Promise<ListResult>;

  /** One page of all versions and delete markers: by key, newest first inside a key. The latest one of a key has `isLatest`. */
  listObjectVersions(bucket: string, options?: ListObjectVersionsOptions): Promise<ListResult>;

  /**
   * Copies an object: a new write with a new version, ETag and date, in the default storage class unless another is named. Tags come along
   * unless the call brings its own.
   *
   * ```ts
   * await bucket.copyObject("archive", "cat.txt", { bucket: "photos", key: "cat.txt" });
   * ```
   * @throws CloudError `NotFound` when either bucket or the source is missing; on AWS `InvalidArgument` (`InvalidRequest`) for a copy onto itself that
   * changes nothing, a source that is a delete marker, or one over 5 GiB.
   */
  copyObject(dstBucket: string, dstKey: string, source: CopySource, options?: CopyObjectOptions): Promise<ObjectInfo>;

  /**
   * Makes an archived object (`GLACIER`, `DEEP_ARCHIVE`, `Archive`) readable for some days: after 4, 12 and 15 hours. A second call on a restored
   * one sets a new end.
   * @throws CloudError `FailedPrecondition` when it is not archived (`InvalidObjectState`) or already on its way (`RestoreAlreadyInProgress`);
   * `Unimplemented` on GCP, where archived objects are always readable.
   */
  restoreObject(bucket: string, key: string, options: RestoreOptions): Promise<RestoreStatus>;

  // ---- signed URLs ----

  /**
   * A URL that lets whoever holds it get or put one object, until it expires.
   *
   * ```ts
   * const { url } = await bucket.generatePresignedURL({ bucket: "photos", key: "cat.txt", method: "GET", expiresInMs: 60_000 });
   * const { data } = (await bucket.usePresignedURL(url, { method: "GET" })) as StoredObject;
   * ```
   * @throws CloudError `InvalidArgument` for another method, or more than 7 days on AWS and GCP.
   */
  generatePresignedURL(request: PresignRequest, options?: Opts): Promise<PresignedURL>;

  /**
   * Does what a signed URL grants, as its holder's HTTP client would: answers the object (GET) or what was written (PUT).
   * @throws CloudError `PermissionDenied` when it has expired (`AccessDenied`, `AuthenticationFailed`, `ExpiredToken`), was altered, or is used with another
   * method (`SignatureDoesNotMatch`; Azure: `AuthorizationPermissionMismatch`); then whatever the get or put says.
   */
  usePresignedURL(url: string, request: PresignedUse, options?: Opts): Promise<StoredObject | ObjectInfo>;

  // ---- lifecycle ----

  /**
   * Sets the rules by which objects expire, move to colder classes and uploads are aborted, in place of all before. A sweep at each midnight UTC
   * does what has been due for more than a day (transitions and aborts: at once).
   *
   * ```ts
   * await bucket.putLifecycleConfig("logs", { rules: [{ id: "30d", enabled: true, prefix: "debug/", expirationDays: 30 }] });
   * ```
   * @throws CloudError `InvalidArgument`: no rules, more than 1,000 (Azure, GCP: 100), an id twice, a rule without action, days below 1 (transition: 0), a
   * transition without class or not before the expiration, `STANDARD_IA` or `ONEZONE_IA` before day 30 (`MalformedXML`, a value:
   * `InvalidArgument`; `InvalidXmlDocument`; `invalid`).
   */
  putLifecycleConfig(bucket: string, config: LifecycleConfig, options?: Opts): Promise<void>;
  /** The rules. @throws CloudError `NotFound` when there are none (`NoSuchLifecycleConfiguration`, `ResourceNotFound`, `notFound`). */
  getLifecycleConfig(bucket: string, options?: Opts): Promise<LifecycleConfig>;
  /** Removes the rules; no error when there are none. */
  deleteLifecycleConfig(bucket: string, options?: Opts): Promise<void>;
  /**
   * Keys whose expiration is due now, sorted. Due is, on AWS, the first midnight UTC at or after writing plus the rule's days; elsewhere that very
   * moment.
   */
  evaluateLifecycle(bucket: string, options?: EvaluateLifecycleOptions): Promise<string[]>;

  // ---- multipart uploads ----

  /**
   * Begins an upload in parts. Nothing can be read before it is completed, but its parts count as stored.
   *
   * ```ts
   * const { uploadId } = await bucket.createMultipartUpload("photos", "big.bin");
   * const part = await bucket.uploadPart("photos", "big.bin", uploadId, { partNumber: 1, data });
   * await bucket.completeMultipartUpload("photos", "big.bin", uploadId, [part]);
   * ```
   */
  createMultipartUpload(bucket: string, key: string, options?: ObjectOptions): Promise<MultipartUpload>;
  /** Uploads one part. @throws CloudError `NotFound` when there is no such upload for this key (`NoSuchUpload`, `InvalidBlockList`, `notFound`). */
  uploadPart(bucket: string, key: string, uploadId: string, part: UploadPartInput, options?: Opts): Promise<UploadPart>;
  /**
   * Joins the listed parts, in ascending order, into the object; parts not listed are dropped, and the upload is gone.
   * @throws CloudError `NotFound` for the upload; `InvalidArgument`, and the upload stays open, for an empty list (`MalformedXML`), numbers that do not
   * ascend (`InvalidPartOrder`), a part missing or with another ETag (`InvalidPart`), or one but the last below 5 MiB (`EntityTooSmall`; Azure has
   * no minimum). Azure: `InvalidBlockList` for all.
   */
  completeMultipartUpload(
    bucket: string,
    key: string,
    uploadId: string,
    parts: CompletedPart[],
    options?: Opts,
  ): Promise<ObjectInfo>;
  /** Gives an upload up, and its parts. @throws CloudError `NotFound` when there is no such upload for this key. */
  abortMultipartUpload(bucket: string, key: string, uploadId: string, options?: Opts): Promise<void>;
  /** Open uploads by key, then by when they began. */
  listMultipartUploads(bucket: string, options?: ListUploadsOptions): Promise<Page<MultipartUpload>>;
  /** Parts of an open upload by number. @throws CloudError `NotFound` when there is no such upload for this key. */
  listParts(bucket: string, key: string, uploadId: string, options?: ListOpts): Promise<Page<UploadPart>>;

  // ---- versioning ----

  /** Switches versioning on, or off again: `Suspended` on AWS once it was on; on Azure and GCP simply off. Kept versions stay. */
  setBucketVersioning(bucket: string, enabled: boolean, options?: Opts): Promise<void>;
  /** Whether versions are kept, and whether they ever were: `Unversioned`, `Enabled` or `Suspended`. */
  getBucketVersioning(bucket: string, options?: Opts): Promise<{ enabled: boolean; status: VersioningStatus }>;

  // ---- policy ----

  /**
   * Sets who may do what, in place of the policy before. Ask {@link StorageDriver.checkBucketAccess} what it means.
   * @throws CloudError `InvalidArgument` for another version than `2012-10-17` or `2008-10-17`, no statements, an effect that is neither `Allow` nor `Deny`,
   * no actions or resources, a resource outside of this bucket, or more than 20 KB (`MalformedPolicy`, `InvalidInput`, `invalid`).
   */
  putBucketPolicy(bucket: string, policy: BucketPolicy, options?: Opts): Promise<void>;
  /** The policy. @throws CloudError `NotFound` when there is none (`NoSuchBucketPolicy`, `ResourceNotFound`, `notFound`). */
  getBucketPolicy(bucket: string, options?: Opts): Promise<BucketPolicy>;
  /** Removes the policy; no error when there is none. */
  deleteBucketPolicy(bucket: string, options?: Opts): Promise<void>;
  /**
   * What the policy says: a `Deny` that fits wins over any `Allow`; nothing that fits is `ImplicitDeny`.
   *
   * ```ts
   * await bucket.checkBucketAccess("photos", { principal: "alice", action: "s3:GetObject", key: "cat.txt" }); // "Allow"
   * ```
   */
  checkBucketAccess(
    bucket: string,
    request: BucketAccessRequest,
    options?: Opts,
  ): Promise<"Allow" | "Deny" | "ImplicitDeny">;

  // ---- CORS ----

  /**
   * Sets which pages of other origins may use the bucket, in place of the rules before.
   * @throws CloudError `InvalidArgument`: no rules, more than 100 (Azure: 5), a method the cloud does not take, two `*` in one origin (`MalformedXML`, a method
   * or origin: `InvalidRequest`; `InvalidXmlDocument`; `invalid`).
   */
  putCORSConfig(bucket: string, config: CORSConfig, options?: Opts): Promise<void>;
  /** The rules. @throws CloudError `NotFound` when there are none (`NoSuchCORSConfiguration`, `ResourceNotFound`, `notFound`). */
  getCORSConfig(bucket: string, options?: Opts): Promise<CORSConfig>;
  /** Removes the rules; no error when there are none. */
  deleteCORSConfig(bucket: string, options?: Opts): Promise<void>;
  /** What a browser's preflight would be answered: the first rule that fits decides. */
  evaluateCORS(bucket: string, request: CORSRequest, options?: Opts): Promise<CORSDecision>;

  // ---- encryption ----

  /** Sets how new objects are encrypted. @throws CloudError `InvalidArgument` for an unknown algorithm, or a key without a key service. */
  putEncryptionConfig(bucket: string, config: EncryptionConfig, options?: Opts): Promise<void>;
  /** How objects are encrypted; `AES256` unless it was set, as every cloud encrypts at rest. */
  getEncryptionConfig(bucket: string, options?: Opts): Promise<EncryptionConfig>;

  // ---- tags ----

  /** Sets an object's tags, in place of all before; ETag and date stay. @throws CloudError `InvalidArgument` (`InvalidTag`, `InvalidTagName`, `invalid`). */
  putObjectTagging(bucket: string, key: string, tags: Tags, options?: Opts): Promise<void>;
  /** An object's tags; `{}` when it has none. */
  getObjectTagging(bucket: string, key: string, options?: Opts): Promise<Tags>;
  /** Removes an object's tags; no error when it has none. */
  deleteObjectTagging(bucket: string, key: string, options?: Opts): Promise<void>;
  /** Sets a bucket's tags (GCP: labels, in lower case), in place of all before; at most 50 (GCP: 64). */
  putBucketTagging(bucket: string, tags: Tags, options?: Opts): Promise<void>;
  /** A bucket's tags; `{}` when it has none. */
  getBucketTagging(bucket: string, options?: Opts): Promise<Tags>;
  /** Removes a bucket's tags; no error when it has none. */
  deleteBucketTagging(bucket: string, options?: Opts): Promise<void>;

  // ---- notifications ----

  /**
   * Sets which changes are told to which queue, topic, function or bus, in place of the rules before. No rules: nobody is told.
   *
   * ```ts
   * await bucket.putNotificationConfig("photos", { rules: [{ events: ["ObjectCreated"], suffix: ".jpg", target: "thumbnails" }] });
   * ```
   * @throws CloudError `InvalidArgument` for an unknown event, an id twice, no target, or on AWS two rules for one event whose prefixes and suffixes overlap
   * (`InvalidArgument`, `InvalidRequest`, `invalid`).
   */
  putNotificationConfig(bucket: string, config: NotificationConfig, options?: Opts): Promise<void>;
  /** The rules; `{ rules: [] }` when there are none. */
  getNotificationConfig(bucket: string, options?: Opts): Promise<NotificationConfig>;
}
