import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { RetrySchedule, TargetKind, Parcel } from "../../core/flow/contract";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { StorageEvent } from "./events";
import type { StorageReason } from "./reasons";
import type { Stamp } from "./stamp";
import type { StorageEventName, VersioningStatus } from "./types";

/** What a native event name stands for: a portable event, and which of its causes; all of them when none is named. */
export interface NativeEvent {
  readonly name: StorageEventName;
  readonly cause?: string;
}

/** A change as one rule, or the bucket's event bus, is told of it. */
export interface Notice extends StorageEvent {
  readonly ruleId: string;
  readonly account: Account;
}

/** How a cloud words its notices, and how hard it tries. */
export interface NoticeForms {
  /** What the cloud calls such a change; `undefined` where it tells nobody of it. */
  eventType(event: Pick<StorageEvent, "name" | "cause">): string | undefined;
  /** What a target gets of a change that has a name; `undefined` for kinds that get none. */
  parcel(notice: Notice, kind: TargetKind): Parcel | undefined;
  readonly retry: RetrySchedule;
  /** The full name of the bus that a configuration means. */
  busOf(eventBus: string | true, account: Account): string;
  /** What queues and topics get first, as soon as they are named; `undefined` where the cloud sends no such thing. */
  readonly test: ((bucket: string, atMs: number, requestId: string) => string) | undefined;
}

/** What a signed URL says. */
export interface Grant {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** How a cloud writes a grant and its signature into a URL, and reads the times back. */
export interface UrlForm {
  format(objectUrl: string, method: "GET" | "PUT", grant: Grant, signature: string): string;
  /** The times in a query; `undefined` when it has none. */
  parse(query: URLSearchParams): Pick<Grant, "issuedAt" | "expiresAt"> | undefined;
}

/**
 * How one cloud's object storage differs. Figures are fields of their own so that each can be overridden: `{ dialect: { storage: { minPartBytes: 1 } } }`;
 * `Infinity` means no limit.
 */
export interface StorageDialect extends BaseDialect {
  readonly nativeReasons: Readonly<Record<StorageReason, NativeReason>>;

  // ---- buckets ----
  readonly bucketName: NameRule;
  readonly maxBuckets: number;
  bucketArn(bucket: string, account: Account): string;
  /** Whether creating a bucket that is already one's own answers that bucket, where nothing else is asked for. */
  toleratesRecreation(account: Account): boolean;
  /** How long a deleted bucket's name stays taken. */
  readonly nameHoldMs: number;
  /** What deleting a bucket does that still holds something. */
  readonly deleteNonEmpty: "refuse" | "cascade";

  // ---- objects ----
  /** The most that `measureKey` may answer. */
  readonly maxKeyBytes: number;
  measureKey(key: string): number;
  readonly maxKeySegments: number;
  /** Beyond the length. */
  readonly key: NameRule;
  objectArn(bucketArn: string, key: string): string;
  /** `key` comes percent-encoded. */
  objectUrl(bucket: string, key: string, account: Account): string;
  readonly defaultContentType: string;
  readonly maxPutBytes: number;
  readonly maxCopyBytes: number;
  /** The emulator's own limit for the whole account. */
  readonly maxStoredBytes: number;
  readonly maxMetadataBytes: number;
  readonly metadataName: NameRule;
  /** How a metadata name is kept. */
  keepMetadataName(name: string): string;
  readonly maxObjectTags: number;
  readonly objectTag: TagRule;
  readonly maxBucketTags: number;
  readonly bucketTag: TagRule;
  /** From warm to cold; the first is the default. */
  readonly storageClasses: readonly string[];
  /** Classes that must be restored before they can be read, and how long that takes, in milliseconds. */
  readonly archiveClasses: Readonly<Record<string, number>>;
  /** Whether there is such a thing as restoring. */
  readonly restores: boolean;
  etag(data: Uint8Array, stamp: Stamp): string;
  multipartEtag(partEtags: readonly string[], stamp: Stamp): string;
  /** Whether `ifMatch` on a write may be `*`, or come together with `ifNoneMatch`. */
  readonly takesAnyCondition: boolean;
  /** The reason for `ifMatch` on a write without an object. */
  readonly nothingToMatch: "noSuchKey" | "nothingToMatch";
  /** Whether a copy onto itself that changes nothing is refused. */
  readonly refusesIdleCopy: boolean;
  /** Whether deleting what is not there is no error. */
  readonly toleratesMissing: boolean;
  /** Default and most of a page. */
  readonly maxPageItems: number;

  // ---- versions ----
  /** In one instant so many writes can be told apart before the next millisecond is borrowed from. */
  readonly ticksPerMs: number;
  /** The id of a new version, where versions are numbered; `undefined` otherwise. */
  versionId(
    status: VersioningStatus,
    stamp: Stamp,
    randomId: (alphabet: string, digits: number) => string,
  ): string | undefined;
  /** The id under which a version without an own one is known. */
  unnumberedId(stamp: Stamp): string;
  readonly versionIdForm: RegExp;
  /** The only id that can be deleted in a bucket that was never versioned; `undefined` where ids always mean something. */
  readonly unversionedId: string | undefined;
  /** Whether, with versioning not enabled, a write replaces even a numbered version. */
  readonly replacesNumbered: boolean;
  /** Whether a deletion in a bucket that is or was versioned is marked by a version of its own. */
  readonly deleteMarkers: boolean;
  /** Whether the version below becomes current when the current one is removed by its id. */
  readonly promotes: boolean;
  /** What a bucket that was versioned is, switched off. */
  readonly versioningOff: VersioningStatus;

  // ---- uploads ----
  readonly maxParts: number;
  readonly minPartBytes: number;
  readonly maxPartBytes: number;
  /** Whether the finished object is dated by the beginning of its upload. */
  readonly datesUploadByStart: boolean;

  // ---- lifecycle ----
  readonly maxLifecycleRules: number;
  readonly maxRuleIdLength: number;
  /** Fewest days before a transition to a class. */
  readonly minTransitionDays: Readonly<Record<string, number>>;
  /** When something is due that happens `days` days after a moment. */
  lifecycleDue(sinceMs: number, days: number): number;

  // ---- signed URLs ----
  readonly presignDefaultMs: number;
  readonly presignMaxMs: number;
  readonly url: UrlForm;
  /** An object's URL with a query, as groups `bucket`, `path` (percent-encoded) and `query`. */
  readonly objectUrlForm: RegExp;

  // ---- policy, CORS, encryption, notifications ----
  readonly maxPolicyBytes: number;
  readonly maxCorsRules: number;
  readonly corsMethods: readonly string[];
  /** Each algorithm, and whether it is a key service's and takes a key. */
  readonly encryption: Readonly<Record<string, boolean>>;
  readonly nativeEvents: Readonly<Record<string, NativeEvent>>;
  /** Whether two rules may not both fit one change. */
  readonly exclusiveNotifications: boolean;
  readonly namedEventBus: boolean;
  readonly notices: NoticeForms;
}
