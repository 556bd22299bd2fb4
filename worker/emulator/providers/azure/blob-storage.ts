import { azureId } from "../../core/resource-names";
import { ANYTHING, LETTER_TAG } from "../../core/service/name-rules";
import { DAY_MS, HOUR_MS, KIB, MIB, SECOND_MS } from "../../core/units";
import { MAX_STORED_BYTES } from "../../services/storage/common";
import type { StorageDialect, UrlForm } from "../../services/storage/dialect";
import type { Stamp } from "../../services/storage/stamp";
import { fromIsoMoment, isoMoment } from "../../services/storage/urls";
import { blobNotices } from "./blob-storage-events";
import { ACCOUNT, blobUrl } from "./blob-url";

/** 100 ns ticks from the start of the year 1 to 1970. */
const TICKS_BEFORE_1970 = 621_355_968_000_000_000n;
const TICKS_PER_MS = 10_000;

/** The write time in ticks, in hex. */
const etag = ({ ms, tick }: Stamp): string =>
  `0x${(TICKS_BEFORE_1970 + BigInt(ms) * BigInt(TICKS_PER_MS) + BigInt(tick)).toString(16).toUpperCase()}`;

/** The write time to the tick: `2026-04-01T12:00:00.0000000Z`. */
const versionId = ({ ms, tick }: Stamp): string =>
  `${new Date(ms).toISOString().slice(0, -1)}${String(tick).padStart(4, "0")}Z`;

/** A service's shared access signature: for one blob, with a permission and an end. */
const sharedAccess: UrlForm = {
  format(objectUrl, method, { expiresAt }, signature) {
    const permission = method === "GET" ? "r" : "cw";
    return `${objectUrl}?sv=2023-11-03&sr=b&sp=${permission}&se=${encodeURIComponent(isoMoment(expiresAt))}&sig=${signature}`;
  },
  parse(query) {
    const expiresAt = fromIsoMoment(query.get("se"));
    return expiresAt === undefined ? undefined : { issuedAt: 0, expiresAt };
  },
};

const nativeReasons: StorageDialect["nativeReasons"] = {
  badArgument: "InvalidInput",
  badPageToken: "InvalidQueryParameterValue",
  noSuchBucket: "ContainerNotFound",
  bucketTaken: "ContainerAlreadyExists",
  bucketBeingDeleted: "ContainerBeingDeleted",
  bucketNotEmpty: "ContainerNotEmpty",
  badBucketName: "InvalidResourceName",
  tooManyBuckets: "QuotaExceeded",
  noSuchKey: "BlobNotFound",
  noSuchVersion: "BlobNotFound",
  badVersionId: "InvalidQueryParameterValue",
  versionIsMarker: "BlobNotFound",
  badKey: "InvalidUri",
  emptyKey: "InvalidUri",
  keyTooLong: "InvalidUri",
  tooLarge: { native: "RequestBodyTooLarge", httpStatus: 413 },
  badMetadata: "InvalidMetadata",
  metadataTooLarge: "MetadataTooLarge",
  badTags: "InvalidTagName",
  badStorageClass: "InvalidHeaderValue",
  storageFull: "QuotaExceeded",
  conditionFailed: "ConditionNotMet",
  objectExists: { native: "BlobAlreadyExists", httpStatus: 409 },
  nothingToMatch: "ConditionNotMet",
  conditionUnsupported: "UnsupportedHeader",
  notModified: "NotModified",
  badRange: "InvalidRange",
  archived: { native: "BlobArchived", httpStatus: 409 },
  notArchived: { native: "InvalidBlobTier", httpStatus: 409 },
  restoreRunning: "BlobBeingRehydrated",
  restoreUnsupported: "NotImplemented",
  copyOntoItself: "InvalidInput",
  copyOfMarker: "InvalidInput",
  copyTooLarge: "InvalidInput",
  noSuchUpload: "InvalidBlockList",
  noParts: "InvalidBlockList",
  noPartList: "InvalidBlockList",
  partMissing: "InvalidBlockList",
  partOrder: "InvalidBlockList",
  partTooSmall: "InvalidBlockList",
  noLifecycle: "ResourceNotFound",
  badLifecycle: "InvalidXmlDocument",
  badLifecycleValue: "InvalidXmlDocument",
  noPolicy: "ResourceNotFound",
  badPolicy: "InvalidInput",
  noCors: "ResourceNotFound",
  badCors: "InvalidXmlDocument",
  badCorsValue: "InvalidXmlDocument",
  badEncryption: "InvalidXmlDocument",
  badEncryptionKey: "InvalidXmlDocument",
  badNotification: "InvalidRequest",
  urlExpired: "AuthenticationFailed",
  urlAltered: "AuthenticationFailed",
  urlMethod: "AuthorizationPermissionMismatch",
};

/** Azure Blob Storage, block blobs in the one account `mockstorage`. */
export const blobStorage: StorageDialect = {
  native: "Blob Storage",
  field: "blobStorage",
  nouns: { bucket: "container", object: "blob" },
  nativeReasons,

  bucketName: {
    must: /^(?:\$root|\$web|\$logs|[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/,
    mustNot: [/--/],
    rule: "3 to 63 of a-z, 0-9 and -, with a letter or digit at both ends and without --",
  },
  maxBuckets: Infinity,
  bucketArn: (bucket, account) =>
    azureId(account, "Microsoft.Storage", "storageAccounts", ACCOUNT, "blobServices", "default", "containers", bucket),
  toleratesRecreation: () => false,
  nameHoldMs: 30 * SECOND_MS,
  deleteNonEmpty: "cascade",

  // Counted in characters.
  maxKeyBytes: 1024,
  measureKey: (key) => key.length,
  maxKeySegments: 254,
  key: ANYTHING,
  objectArn: (bucketArn, key) => `${bucketArn}/blobs/${key}`,
  objectUrl: blobUrl,
  defaultContentType: "application/octet-stream",
  maxPutBytes: 5000 * MIB,
  maxCopyBytes: Infinity,
  maxStoredBytes: MAX_STORED_BYTES,
  maxMetadataBytes: 8 * KIB,
  metadataName: {
    must: /^[\p{L}_][\p{L}\p{N}_]*$/u,
    rule: "an identifier: letters, digits and _, not beginning with a digit",
  },
  keepMetadataName: (name) => name,
  maxObjectTags: 10,
  objectTag: LETTER_TAG,
  maxBucketTags: 50,
  bucketTag: LETTER_TAG,
  storageClasses: ["Hot", "Cool", "Cold", "Archive"],
  archiveClasses: { Archive: 15 * HOUR_MS },
  restores: true,
  etag: (_data, stamp) => etag(stamp),
  multipartEtag: (_partEtags, stamp) => etag(stamp),
  takesAnyCondition: true,
  nothingToMatch: "nothingToMatch",
  refusesIdleCopy: false,
  toleratesMissing: false,
  maxPageItems: 5000,

  ticksPerMs: TICKS_PER_MS,
  versionId: (status, stamp) => (status === "Enabled" ? versionId(stamp) : undefined),
  unnumberedId: versionId,
  versionIdForm: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/,
  unversionedId: undefined,
  replacesNumbered: false,
  deleteMarkers: false,
  promotes: false,
  versioningOff: "Unversioned",

  maxParts: 50_000,
  minPartBytes: 0,
  maxPartBytes: 4000 * MIB,
  datesUploadByStart: false,

  maxLifecycleRules: 100,
  maxRuleIdLength: 256,
  minTransitionDays: {},
  lifecycleDue: (sinceMs, days) => sinceMs + days * DAY_MS,

  presignDefaultMs: HOUR_MS,
  presignMaxMs: Infinity,
  url: sharedAccess,
  objectUrlForm: new RegExp(
    `^https://${ACCOUNT}\\.blob\\.core\\.windows\\.net/(?<bucket>[^/?#]+)/(?<path>[^?#]+)\\?(?<query>[^#]*)$`,
  ),

  maxPolicyBytes: 20 * KIB,
  maxCorsRules: 5,
  corsMethods: ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "MERGE", "PATCH"],
  encryption: { AES256: false, "Microsoft.Keyvault": true },
  nativeEvents: {},
  exclusiveNotifications: false,
  namedEventBus: true,
  notices: blobNotices,
};
