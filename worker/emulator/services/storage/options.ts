import type { ListOpts, Opts } from "../../core/paging";
import type { Tags } from "./types";

/** What a new bucket begins with. */
export interface CreateBucketOptions extends Opts {
  tags?: Tags;
  /** Keep versions from the start; default false. */
  versioning?: boolean;
}

/** Which buckets to list, and how many at once. */
export interface ListBucketsOptions extends ListOpts {
  /** Only names that begin with this. */
  prefix?: string;
}

/** What a new object is given besides its bytes. */
export interface ObjectOptions extends Opts {
  /** MIME type; default `binary/octet-stream` (AWS) or `application/octet-stream`. */
  contentType?: string;
  /** Names and values of your own: 2 KB together (AWS), 8 KB (Azure, whose names must be identifiers; GCP). */
  metadata?: Record<string, string>;
  /** At most 10 (AWS, Azure) or 50 (GCP). */
  tags?: Tags;
  /** Default: the first class of the cloud (`STANDARD`, `Hot`). */
  storageClass?: string;
}

/** What a put gives its object, and on which condition it happens. */
export interface PutObjectOptions extends ObjectOptions {
  /** Only replace the object that has this ETag; Azure and GCP also take `*`: whichever there is. */
  ifMatch?: string;
  /** Only create: refuse when the key has an object. */
  ifNoneMatch?: "*";
}

/** Which version to look at, and on which condition. */
export interface HeadObjectOptions extends Opts {
  /** An earlier version; default: the current one. */
  versionId?: string;
  /** Only if the object has this ETag. */
  ifMatch?: string;
  /** Only if it has another one: a cache that has this ETag is told `NotModified`. */
  ifNoneMatch?: string;
}

/** Which version to read, on which condition, and which bytes of it. */
export interface GetObjectOptions extends HeadObjectOptions {
  /** Bytes from `start` to `end`, both included; without `end`, or past it, to the last byte. */
  range?: { start: number; end?: number };
}

/** Which version to delete; without one, what a delete means depends on the bucket's versioning. */
export interface DeleteObjectOptions extends Opts {
  /** Remove this version for good; default: what deleting the current one means in this bucket. */
  versionId?: string;
}

/** Which keys to list, rolled up where, and how many at once. */
export interface ListObjectsOptions extends ListOpts {
  /** Only keys that begin with this. */
  prefix?: string;
  /** Roll up keys that have this behind the prefix, like folders with `/`. */
  delimiter?: string;
  /** Only keys after this one; a page token goes before it. */
  startAfter?: string;
}

/** Which versions to list, rolled up where, and how many at once. */
export interface ListObjectVersionsOptions extends ListOpts {
  /** Only keys that begin with this. */
  prefix?: string;
  /** Roll up keys that have this behind the prefix, like folders with `/`. */
  delimiter?: string;
}

/** What a copy is given instead of what its source has. */
export interface CopyObjectOptions extends ObjectOptions {
  /** `COPY` (default) carries content type and metadata over; `REPLACE` takes them from this call alone. */
  metadataDirective?: "COPY" | "REPLACE";
}

/** What a signed URL shall allow. */
export interface PresignRequest extends Opts {
  bucket: string;
  /** Need not exist (yet). */
  key: string;
  method: "GET" | "PUT";
  /** Milliseconds from now on; 0 or absent: 15 minutes (AWS, GCP) or 1 hour (Azure). At most 7 days on AWS and GCP. */
  expiresInMs?: number;
}

/** What the holder of a signed URL sends. */
export interface PresignedUse extends Opts {
  /** The one the URL was made for. */
  method: "GET" | "PUT";
  /** With `PUT`: the object's bytes; default none. */
  body?: Uint8Array | string;
  /** With `PUT`: the object's MIME type. */
  contentType?: string;
}

/** Whether to ask what is due, or to do it. */
export interface EvaluateLifecycleOptions extends Opts {
  /** Also do what is due: expire, transition, abort. Default false: change nothing. */
  apply?: boolean;
}

/** One part of an upload. */
export interface UploadPartInput extends Opts {
  /** From 1 to 10,000 (Azure: 50,000). The same number again replaces the part. */
  partNumber: number;
  data: Uint8Array | string;
}

/** Which unfinished uploads to list, and how many at once. */
export interface ListUploadsOptions extends ListOpts {
  /** Only keys that begin with this. */
  prefix?: string;
}

/** A browser's question before a request to another origin. */
export interface CORSRequest extends Opts {
  /** `https://example.com`. */
  origin: string;
  method: string;
  /** Request headers it wants to send. */
  headers?: string[];
}

/** A question to the bucket's policy. */
export interface BucketAccessRequest extends Opts {
  principal: string;
  action: string;
  /** An object; without one, the bucket itself. */
  key?: string;
}

/** How long an archived object shall be readable. */
export interface RestoreOptions extends Opts {
  /** How long the restored object stays readable, in days of 24 hours; at least 1. */
  days: number;
}
