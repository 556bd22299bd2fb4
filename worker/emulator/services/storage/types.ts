import type { Page } from "../../core/paging";

/** Names and values that a caller attaches; both are text. */
export type Tags = Record<string, string>;

/** Whether a bucket keeps earlier versions. Azure and GCP know no `Suspended`: switched off they are `Unversioned` again. */
export type VersioningStatus = "Unversioned" | "Enabled" | "Suspended";

/** A bucket (Azure: container). */
export interface BucketInfo {
  /** Unique in the account. */
  name: string;
  /** Where the account makes its resources: `us-east-1`, `eastus`, `us-central1`. */
  region: string;
  /** When it was created. */
  createdAt: Date;
  /** `arn:aws:s3:::photos`, the container's Azure resource id, or `projects/_/buckets/photos`. */
  arn: string;
}

/** An object without its data (Azure: blob). */
export interface ObjectInfo {
  /** The whole name; `/` has a meaning only for listings with a delimiter. */
  key: string;
  /** Bytes of the whole object, also where only a range was read. */
  size: number;
  /** MIME type; when none was given, `binary/octet-stream` (AWS) or `application/octet-stream`. */
  contentType: string;
  /** Without quotes. AWS: hex MD5 of the bytes (`-<parts>` behind it after a multipart upload); Azure, GCP: new on every write. */
  etag: string;
  /** When it was written. AWS dates a multipart upload by its beginning. */
  lastModified: Date;
  /** What the writer attached. AWS keeps the names in lower case. */
  metadata: Record<string, string>;
  /** `STANDARD`, `Hot`, ...: the first class of the cloud unless another was asked for. */
  storageClass: string;
  /** AWS: 32 characters or `null`, absent in a bucket that was never versioned. Azure: the write time. GCP: the generation. */
  versionId?: string;
  /** In listings of versions: whether a read without a version id finds this one. */
  isLatest?: boolean;
  /** AWS, in listings of versions: this is not an object but the mark of its deletion. */
  deleteMarker?: boolean;
}

/** An object with its data. */
export interface StoredObject {
  info: ObjectInfo;
  /** A copy of the bytes: changing it changes nothing in the cloud. */
  data: Uint8Array;
}

/** One page of a listing. Items and common prefixes are in one order, by UTF-8 bytes, and count together towards the limit. */
export interface ListResult extends Page<ObjectInfo> {
  /** With a delimiter: what the keys that have it behind the prefix begin with, delimiter included. */
  commonPrefixes: string[];
  /** Whether there is more; the same as having a `nextPageToken`. */
  isTruncated: boolean;
}

/** What a delete did. */
export interface DeleteResult {
  /** Whether something was there to delete. */
  deleted: boolean;
  /** The version that was removed, or the id of the marker that was added. */
  versionId?: string;
  /** AWS: a delete marker was added, or one was removed by its id. */
  deleteMarker?: boolean;
}

/** An object, or one of its versions. */
export interface ObjectVersionRef {
  key: string;
  versionId?: string;
}

/** What became of each key of a bulk delete, in the order given. */
export interface DeleteObjectsResult {
  deleted: (ObjectVersionRef & DeleteResult)[];
  errors: (ObjectVersionRef & { code: string; nativeCode?: string; message: string })[];
}

/** Where a copy comes from. */
export interface CopySource {
  bucket: string;
  key: string;
  /** A version of it; default: the current one. */
  versionId?: string;
}

/** The URL that lets its holder do one thing for a while. */
export interface PresignedURL {
  url: string;
  method: string;
  /** From this moment on the URL is refused. */
  expiresAt: Date;
}

/** What happens to objects by age. A rule needs an `id` and at least one of the four actions; days are whole days of 24 hours. */
export interface LifecycleRule {
  /** Unique in the configuration. */
  id: string;
  enabled: boolean;
  /** Only keys that begin with this; default: all. */
  prefix?: string;
  /** Delete the current version so many days after it was written; at least 1. */
  expirationDays?: number;
  /** Move it to `transitionStorageClass` after so many days; 0 or more, and before it expires. */
  transitionDays?: number;
  transitionStorageClass?: string;
  /** Abort uploads that were begun so many days ago; at least 1. */
  abortMultipartDays?: number;
  /** Remove versions that became noncurrent so many days ago; at least 1. */
  noncurrentExpirationDays?: number;
}

/** The lifecycle rules of a bucket, as one whole. */
export interface LifecycleConfig {
  rules: LifecycleRule[];
}

/** An upload in parts that is neither completed nor aborted. */
export interface MultipartUpload {
  uploadId: string;
  bucket: string;
  key: string;
  createdAt: Date;
}

/** A part that was uploaded. */
export interface UploadPart {
  /** Parts are joined in this order. */
  partNumber: number;
  /** Hex MD5 of the part's bytes. */
  etag: string;
  size: number;
}

/** A part to be joined; with an `etag`, only if the part has it. */
export interface CompletedPart {
  partNumber: number;
  etag?: string;
}

/** Who may do what with a bucket and its objects. */
export interface BucketPolicy {
  /** `2012-10-17` or `2008-10-17`. */
  version: string;
  statements: PolicyStatement[];
}

/** One sentence of a {@link BucketPolicy}: who may, or may not, do what to which resources. */
export interface PolicyStatement {
  effect: "Allow" | "Deny";
  /** Who; `*` for everybody, `*` and `?` inside match any text and any one character. */
  principal: string;
  /** What, with the same wildcards: `s3:Get*`, `storage:putObject`. Case does not count. */
  actions: string[];
  /** The bucket's own arn or name, or those followed by `/` and a key: `arn:aws:s3:::photos/*`, `photos/2026/*`. */
  resources: string[];
}

/** Which pages of other origins may use a bucket from a browser. */
export interface CORSRule {
  /** `https://example.com`, `https://*.example.com` (one `*` each) or `*`. */
  allowedOrigins: string[];
  /** `GET`, `PUT`, ...: which ones, depends on the cloud. */
  allowedMethods: string[];
  /** Request headers that a preflight may ask for, each with at most one `*`; default none. */
  allowedHeaders?: string[];
  /** Answer headers that the page may read; default none. */
  exposeHeaders?: string[];
  /** How long a browser may keep the answer to a preflight, in seconds. */
  maxAgeSeconds?: number;
}

/** What browsers from other origins may do with a bucket, as one whole. */
export interface CORSConfig {
  rules: CORSRule[];
}

/** What a browser would be told. */
export interface CORSDecision {
  allowed: boolean;
  /** Answer headers by lower-case name; empty when not allowed. */
  headers: Record<string, string>;
}

/** How objects are encrypted at rest. */
export interface EncryptionConfig {
  enabled: boolean;
  /** `AES256` everywhere; AWS also `aws:kms`, `aws:kms:dsse`, Azure `Microsoft.Keyvault`, GCP `cloudkms`. */
  algorithm: string;
  /** A key of your own; only with a key service's algorithm. */
  keyId?: string;
}

/** What may be told of: the same five on every cloud. */
export type StorageEventName =
  "ObjectCreated" | "ObjectRemoved" | "ObjectExpired" | "ObjectTransitioned" | "ObjectTagged";

/** Which changes are told to whom. */
export interface NotificationRule {
  /** Default: one is made up. */
  id?: string;
  /** {@link StorageEventName}s; AWS also takes its own names, `s3:ObjectCreated:Put`, `s3:ObjectCreated:*`. */
  events: string[];
  /** Only keys that begin with this. */
  prefix?: string;
  /** Only keys that end with this: `.jpg`. */
  suffix?: string;
  /** A queue, topic, function or event bus that exists, by its URL, id or arn; none that is FIFO. */
  target: string;
}

/** Where a bucket tells of its changes, as one whole. */
export interface NotificationConfig {
  rules: NotificationRule[];
  /** Also send every change to an event bus: `true` for the default one; Azure and GCP also take a bus by its name. */
  eventBus?: string | true;
}

/** When a restored object can be read. */
export interface RestoreStatus {
  readyAt: Date;
  expiresAt: Date;
}
