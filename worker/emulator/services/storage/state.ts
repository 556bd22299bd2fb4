import type { ServiceContext } from "../../core/service/service";
import type { MemStore } from "../../core/store/mem-store";
import { ascending, descending, tupleKey } from "../../core/store/keys";
import type { StorageDialect } from "./dialect";
import { refuse } from "./reasons";
import { nextStamp, type Stamp } from "./stamp";
import type {
  BucketPolicy,
  CORSRule,
  EncryptionConfig,
  LifecycleRule,
  NotificationConfig,
  Tags,
  VersioningStatus,
} from "./types";

/** A bucket and everything that is configured on it. Moments in stored values are milliseconds since 1970. */
export interface StoredBucket {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly versioning: VersioningStatus;
  readonly tags: Tags;
  readonly lifecycle?: readonly LifecycleRule[];
  readonly policy?: BucketPolicy;
  readonly cors?: readonly CORSRule[];
  readonly encryption?: EncryptionConfig;
  readonly notifications?: NotificationConfig;
}

/** What an object is given when it is written, besides its bytes. */
export interface Attributes {
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly storageClass: string;
}

/** One version of an object; in a bucket without versioning, the object. */
export interface Version extends Attributes {
  readonly key: string;
  readonly data: Uint8Array;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
  readonly stamp: Stamp;
  /** Absent where versions are not numbered; see `StorageDialect.unnumberedId`. */
  readonly versionId?: string | undefined;
  /** Not an object but the mark of its deletion. */
  readonly marker?: true;
  readonly noncurrentSince?: number;
  readonly restore?: { readonly readyAt: number; readonly expiresAt: number };
}

export interface StoredUpload extends Attributes {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly createdAt: number;
  readonly stamp: Stamp;
}

export interface StoredPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly size: number;
  readonly data: Uint8Array;
}

/** Running totals of a bucket, under its name. */
export interface Usage {
  /** Bytes of all versions and open parts. */
  readonly bytes: number;
  /** The last write's. */
  readonly stamp?: Stamp | undefined;
}

const NOTHING: Usage = { bytes: 0 };

/** Orders versions of one key from new to old. */
export const newestFirst = ({ ms, tick }: Stamp): string => descending(ms) + descending(tick);
/** Orders uploads of one key from old to new. */
export const oldestFirst = ({ ms, tick }: Stamp): string => ascending(ms) + ascending(tick);

export const versionKey = (bucket: string, version: Pick<Version, "key" | "stamp">): string =>
  tupleKey(bucket, version.key, newestFirst(version.stamp));
export const uploadKey = (upload: StoredUpload): string =>
  tupleKey(upload.bucket, upload.key, oldestFirst(upload.stamp));
export const partKey = (upload: StoredUpload, partNumber: number): string =>
  tupleKey(upload.bucket, upload.uploadId, ascending(partNumber));

/** The stores of one account's storage, and what keeps their totals. */
export class State {
  /** By name. */
  readonly buckets: MemStore<StoredBucket>;
  /** When a bucket was deleted whose name is still held, by name. */
  readonly holds: MemStore<number>;
  /** Current versions that are no delete markers, by bucket and key: what gets, heads and lists see. */
  readonly objects: MemStore<Version>;
  /** All other versions, by bucket, key and age: newest first. */
  readonly versions: MemStore<Version>;
  /** Key of each of those in `versions`, by bucket, key and version id. */
  readonly versionIds: MemStore<string>;
  /** By bucket, key and age: oldest first. */
  readonly uploads: MemStore<StoredUpload>;
  /** Key of each in `uploads`, by bucket, key and upload id. */
  readonly uploadIds: MemStore<string>;
  /** By bucket, upload id and number. */
  readonly parts: MemStore<StoredPart>;
  /** By bucket name. */
  readonly usage: MemStore<Usage>;
  /**
   * Bytes of all buckets. Outside the journal, since a put would pay for a store as much as for its object: it changes last of all in a call, when nothing
   * refuses any more, and is added up anew when stores are restored.
   */
  private heldBytes = 0;

  constructor(readonly context: ServiceContext<StorageDialect>) {
    this.buckets = context.store("buckets");
    this.holds = context.store("holds");
    this.objects = context.store("objects");
    this.versions = context.store("versions");
    this.versionIds = context.store("versionIds", { internal: true });
    this.uploads = context.store("uploads");
    this.uploadIds = context.store("uploadIds", { internal: true });
    this.parts = context.store("parts");
    this.usage = context.store("usage", { internal: true });
  }

  get dialect(): StorageDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /** The bucket of this (checked) name, or the refusal. */
  bucket(name: string): StoredBucket {
    return this.buckets.get(tupleKey(name)) ?? refuse("noSuchBucket", { bucket: name, resource: name });
  }

  saveBucket(bucket: StoredBucket): void {
    this.buckets.set(tupleKey(bucket.name), bucket);
  }

  /** The stamp that the next write to a bucket gets; taken once `book` is told of it. */
  nextStamp(bucket: string): Stamp {
    return nextStamp(this.usage.get(bucket)?.stamp, this.nowMs(), this.dialect.ticksPerMs);
  }

  /** Refuses what would make the account hold more than it may. */
  reserve(bytes: number): void {
    const max = this.dialect.maxStoredBytes;
    const size = this.heldBytes + bytes;
    if (bytes > 0 && size > max) refuse("storageFull", { size, max });
  }

  /** Enters a change of what a bucket holds, and the stamp that was used. */
  book(bucket: string, bytes: number, stamp?: Stamp): void {
    const own = this.usage.get(bucket) ?? NOTHING;
    if (bytes !== 0 || stamp) this.usage.set(bucket, { bytes: own.bytes + bytes, stamp: stamp ?? own.stamp });
    this.heldBytes += bytes;
  }

  /** After the stores were restored: adds up what is kept outside of them. */
  recount(): void {
    this.heldBytes = 0;
    for (const [, { bytes }] of this.usage.range({})) this.heldBytes += bytes;
  }
}
