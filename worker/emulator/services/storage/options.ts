import type { ListOpts, Opts } from "../../core/paging";
import type { Tags } from "./types";

export interface CreateBucketOptions extends Opts {
  tags?: Tags;
  /** Keep versions from the start; default false. */
  versioning?: boolean;
}

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

export interface PutObjectOptions extends ObjectOptions {
  /** Only replace the object that has this ETag; Azure and GCP also take `*`: whichever there is. */
  ifMatch?: string;
  /** Only create: refuse when the key has an object. */
  ifNoneMatch?: "*";
}

export interface HeadObjectOptions extends Opts {
  /** An earlier version; default: the current one. */
  versionId?: string;
  /** Only if the object has this ETag. */
  ifMatch?: string;
  /** Only if it has another one: a cache that has this ETag is told `NotModified`. */
  ifNoneMatch?: string;
}

export interface GetObjectOptions extends HeadObjectOptions {
  /** Bytes from `start` to `end`, both included; without `end`, or past it, to the last byte. */
  range?: { start: number; end?: number };
}

export interface DeleteObjectOptions extends Opts {
  /** Remove this version for good; default: what deleting the current one means in this bucket. */
  versionId?: string;
}

export interface ListObjectsOptions extends ListOpts {
  /** Only keys that begin with this. */
  prefix?: string;
  /** Roll up keys that have this behind the prefix, like folders with `/`. */
  delimiter?: string;
  /** Only keys after this one; a page token goes before it. */
  startAfter?: string;
}

export interface ListObjectVersionsOptions extends ListOpts {
  /** Only keys that begin with this. */
  prefix?: string;
  /** Roll up keys that have this behind the prefix, like folders with `/`. */
  delimiter?: string;
}

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

export interface EvaluateLifecycleOptions extends Opts {
  /** Also do what is due: expire, transition, abort. Default false: change nothing. */
  apply?: boolean;
}

export interface UploadPartInput extends Opts {
  /** From 1 to 10,000 (Azure: 50,000). The same number again replaces the part. */
  partNumber: number;
  data: Uint8Array | string;
}

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

export interface RestoreOptions extends Opts {
  /** How long the restored object stays readable, in days of 24 hours; at least 1. */
  days: number;
}
