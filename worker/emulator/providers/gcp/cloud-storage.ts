import { toBase64, utf8Length } from "../../core/bytes";
import { GCP_LABEL, LETTER_TAG } from "../../core/service/name-rules";
import { DAY_MS, GIB, KIB, MIB, MINUTE_MS, TIB } from "../../core/units";
import { IPV4, MAX_STORED_BYTES } from "../../services/storage/common";
import type { StorageDialect } from "../../services/storage/dialect";
import type { Stamp } from "../../services/storage/stamp";
import { version4 } from "../../services/storage/urls";
import { gcsNotices } from "./cloud-storage-events";

const TICKS_PER_MS = 1000;
const METAGENERATION = 1;

/** The write time in microseconds. */
const generation = ({ ms, tick }: Stamp): number => ms * TICKS_PER_MS + tick;

/** A number as protocol buffers write it: seven bits a byte, the low ones first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

/** Generation and metageneration as fields 1 and 2 of a message. */
const etag = (stamp: Stamp): string =>
  toBase64(Uint8Array.from([0x08, ...varint(generation(stamp)), 0x10, ...varint(METAGENERATION)]));

const nativeReasons: StorageDialect["nativeReasons"] = {
  badArgument: "invalid",
  badPageToken: "invalid",
  noSuchBucket: "notFound",
  bucketTaken: "conflict",
  bucketBeingDeleted: "conflict",
  bucketNotEmpty: "conflict",
  badBucketName: "invalid",
  tooManyBuckets: "quotaExceeded",
  noSuchKey: "notFound",
  noSuchVersion: "notFound",
  badVersionId: "invalid",
  versionIsMarker: "notFound",
  badKey: "invalid",
  emptyKey: "required",
  keyTooLong: "invalid",
  tooLarge: { native: "uploadTooLarge", httpStatus: 413 },
  badMetadata: "invalid",
  metadataTooLarge: "invalid",
  badTags: "invalid",
  badStorageClass: "invalid",
  storageFull: "quotaExceeded",
  conditionFailed: "conditionNotMet",
  objectExists: "conditionNotMet",
  nothingToMatch: "conditionNotMet",
  conditionUnsupported: "notImplemented",
  notModified: "NotModified",
  badRange: "requestedRangeNotSatisfiable",
  archived: "invalid",
  notArchived: "invalid",
  restoreRunning: "conflict",
  restoreUnsupported: "notImplemented",
  copyOntoItself: "invalid",
  copyOfMarker: "invalid",
  copyTooLarge: "invalid",
  noSuchUpload: "notFound",
  noParts: "invalid",
  noPartList: "invalid",
  partMissing: "InvalidPart",
  partOrder: "InvalidPartOrder",
  partTooSmall: "EntityTooSmall",
  noLifecycle: "notFound",
  badLifecycle: "invalid",
  badLifecycleValue: "invalid",
  noPolicy: "notFound",
  badPolicy: "invalid",
  noCors: "notFound",
  badCors: "invalid",
  badCorsValue: "invalid",
  badEncryption: "invalid",
  badEncryptionKey: "invalid",
  badNotification: "invalid",
  urlExpired: "ExpiredToken",
  urlAltered: "SignatureDoesNotMatch",
  urlMethod: "SignatureDoesNotMatch",
};

/** Google Cloud Storage. */
export const gcs: StorageDialect = {
  native: "Cloud Storage",
  field: "gcs",
  nativeReasons,

  bucketName: {
    must: /^(?=.{3,222}$)[a-z0-9][a-z0-9._-]*[a-z0-9]$/,
    mustNot: [/[^.]{64}/, /\.\./, IPV4, /^goog/, /google/],
    rule: "3 to 63 (with dots 222, 63 between them) of a-z, 0-9, . _ and -, with a letter or digit at both ends and no IP address or google in it",
  },
  maxBuckets: Infinity,
  bucketArn: (bucket) => `projects/_/buckets/${bucket}`,
  toleratesRecreation: () => false,
  nameHoldMs: 0,
  deleteNonEmpty: "refuse",

  maxKeyBytes: 1024,
  measureKey: utf8Length,
  maxKeySegments: Infinity,
  key: {
    must: /^[^\r\n]*$/,
    mustNot: [/^\.\.?$/, /^\.well-known\/acme-challenge\//],
    rule: "without line breaks, neither . nor .., and not below .well-known/acme-challenge/",
  },
  objectArn: (bucketArn, key) => `${bucketArn}/objects/${key}`,
  objectUrl: (bucket, key) => `https://storage.googleapis.com/${bucket}/${key}`,
  defaultContentType: "application/octet-stream",
  maxPutBytes: 5 * TIB,
  maxCopyBytes: Infinity,
  maxStoredBytes: MAX_STORED_BYTES,
  maxMetadataBytes: 8 * KIB,
  metadataName: { must: /^\P{Cc}+$/u, rule: "1 or more characters, no control characters" },
  keepMetadataName: (name) => name,
  maxObjectTags: 50,
  objectTag: LETTER_TAG,
  maxBucketTags: 64,
  bucketTag: GCP_LABEL,
  storageClasses: ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"],
  archiveClasses: {},
  restores: false,
  etag: (_data, stamp) => etag(stamp),
  multipartEtag: (_partEtags, stamp) => etag(stamp),
  takesAnyCondition: true,
  nothingToMatch: "nothingToMatch",
  refusesIdleCopy: false,
  toleratesMissing: false,
  maxPageItems: 1000,

  ticksPerMs: TICKS_PER_MS,
  versionId: (_status, stamp) => String(generation(stamp)),
  unnumberedId: (stamp) => String(generation(stamp)),
  versionIdForm: /^\d{1,19}$/,
  unversionedId: undefined,
  replacesNumbered: true,
  deleteMarkers: false,
  promotes: false,
  versioningOff: "Unversioned",

  maxParts: 10_000,
  minPartBytes: 5 * MIB,
  maxPartBytes: 5 * GIB,
  datesUploadByStart: false,

  maxLifecycleRules: 100,
  maxRuleIdLength: 256,
  minTransitionDays: {},
  lifecycleDue: (sinceMs, days) => sinceMs + days * DAY_MS,

  presignDefaultMs: 15 * MINUTE_MS,
  presignMaxMs: 7 * DAY_MS,
  url: version4("X-Goog", "GOOG4-HMAC-SHA256"),
  objectUrlForm: /^https:\/\/storage\.googleapis\.com\/(?<bucket>[^/?#]+)\/(?<path>[^?#]+)\?(?<query>[^#]*)$/,

  maxPolicyBytes: 20 * KIB,
  maxCorsRules: 100,
  corsMethods: ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS"],
  encryption: { AES256: false, cloudkms: true },
  nativeEvents: {},
  exclusiveNotifications: false,
  namedEventBus: true,
  notices: gcsNotices,
};
