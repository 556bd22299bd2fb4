import { fromHex } from "../../core/bytes";
import { md5Hex } from "../../core/hash";
import { arn } from "../../core/resource-names";
import { utf8Length } from "../../core/bytes";
import { ANYTHING, AWS_TAG } from "../../core/service/name-rules";
import { DAY_MS, GIB, HOUR_MS, KIB, MIB, MINUTE_MS } from "../../core/units";
import { IPV4, MAX_STORED_BYTES } from "../../services/storage/common";
import type { NativeEvent, StorageDialect } from "../../services/storage/dialect";
import { midnightFrom } from "../../services/storage/due";
import { join } from "../../services/storage/payload";
import { version4 } from "../../services/storage/urls";
import { s3Notices } from "./s3-events";

const VERSION_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

/** S3's event names and what each stands for. */
const nativeEvents: Readonly<Record<string, NativeEvent>> = {
  "s3:ObjectCreated:*": { name: "ObjectCreated" },
  "s3:ObjectCreated:Put": { name: "ObjectCreated", cause: "Put" },
  "s3:ObjectCreated:Copy": { name: "ObjectCreated", cause: "Copy" },
  "s3:ObjectCreated:CompleteMultipartUpload": { name: "ObjectCreated", cause: "CompleteMultipartUpload" },
  "s3:ObjectRemoved:*": { name: "ObjectRemoved" },
  "s3:ObjectRemoved:Delete": { name: "ObjectRemoved", cause: "Delete" },
  "s3:ObjectRemoved:DeleteMarkerCreated": { name: "ObjectRemoved", cause: "DeleteMarkerCreated" },
  "s3:LifecycleExpiration:*": { name: "ObjectExpired" },
  "s3:LifecycleExpiration:Delete": { name: "ObjectExpired", cause: "Delete" },
  "s3:LifecycleExpiration:DeleteMarkerCreated": { name: "ObjectExpired", cause: "DeleteMarkerCreated" },
  "s3:LifecycleTransition": { name: "ObjectTransitioned" },
  "s3:ObjectTagging:*": { name: "ObjectTagged" },
  "s3:ObjectTagging:Put": { name: "ObjectTagged", cause: "Put" },
  "s3:ObjectTagging:Delete": { name: "ObjectTagged", cause: "Delete" },
};

const nativeReasons: StorageDialect["nativeReasons"] = {
  badArgument: "InvalidArgument",
  badPageToken: "InvalidArgument",
  noSuchBucket: "NoSuchBucket",
  bucketTaken: "BucketAlreadyOwnedByYou",
  bucketBeingDeleted: "OperationAborted",
  bucketNotEmpty: "BucketNotEmpty",
  badBucketName: "InvalidBucketName",
  tooManyBuckets: { native: "TooManyBuckets", httpStatus: 400 },
  // An answer to HEAD has no body to name anything else in.
  noSuchKey: { native: (_details, { operation }) => (operation === "headObject" ? "NotFound" : "NoSuchKey") },
  noSuchVersion: { native: (_details, { operation }) => (operation === "headObject" ? "NotFound" : "NoSuchVersion") },
  badVersionId: "InvalidArgument",
  versionIsMarker: "MethodNotAllowed",
  badKey: "InvalidURI",
  emptyKey: "InvalidArgument",
  keyTooLong: "KeyTooLongError",
  tooLarge: "EntityTooLarge",
  badMetadata: "InvalidArgument",
  metadataTooLarge: "MetadataTooLarge",
  badTags: "InvalidTag",
  badStorageClass: "InvalidStorageClass",
  storageFull: "QuotaExceeded",
  conditionFailed: "PreconditionFailed",
  objectExists: "PreconditionFailed",
  nothingToMatch: "NoSuchKey",
  conditionUnsupported: "NotImplemented",
  notModified: "NotModified",
  badRange: "InvalidRange",
  archived: "InvalidObjectState",
  notArchived: "InvalidObjectState",
  restoreRunning: "RestoreAlreadyInProgress",
  restoreUnsupported: "NotImplemented",
  copyOntoItself: "InvalidRequest",
  copyOfMarker: "InvalidRequest",
  copyTooLarge: "InvalidRequest",
  noSuchUpload: "NoSuchUpload",
  noParts: "MalformedXML",
  noPartList: "InvalidRequest",
  partMissing: "InvalidPart",
  partOrder: "InvalidPartOrder",
  partTooSmall: "EntityTooSmall",
  noLifecycle: "NoSuchLifecycleConfiguration",
  badLifecycle: "MalformedXML",
  badLifecycleValue: "InvalidArgument",
  noPolicy: "NoSuchBucketPolicy",
  badPolicy: "MalformedPolicy",
  noCors: "NoSuchCORSConfiguration",
  badCors: "MalformedXML",
  badCorsValue: "InvalidRequest",
  badEncryption: "MalformedXML",
  badEncryptionKey: "InvalidArgument",
  badNotification: "InvalidArgument",
  urlExpired: "AccessDenied",
  urlAltered: "SignatureDoesNotMatch",
  urlMethod: "SignatureDoesNotMatch",
};

/** Amazon S3. */
export const s3: StorageDialect = {
  native: "S3",
  field: "s3",
  nativeReasons,

  bucketName: {
    must: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    mustNot: [/\.\./, IPV4, /^(?:xn--|sthree-|amzn-s3-demo-)/, /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/],
    rule: "3 to 63 of a-z, 0-9, . and -, with a letter or digit at both ends, without .. and no IP address or reserved name",
  },
  maxBuckets: 10_000,
  bucketArn: (bucket, account) => arn(account, { service: "s3", region: "", accountId: "", resource: bucket }),
  toleratesRecreation: ({ region }) => region === "us-east-1",
  nameHoldMs: 0,
  deleteNonEmpty: "refuse",

  maxKeyBytes: 1024,
  measureKey: utf8Length,
  maxKeySegments: Infinity,
  key: ANYTHING,
  objectArn: (bucketArn, key) => `${bucketArn}/${key}`,
  objectUrl: (bucket, key, { region }) => `https://${bucket}.s3.${region}.amazonaws.com/${key}`,
  defaultContentType: "binary/octet-stream",
  maxPutBytes: 5 * GIB,
  maxCopyBytes: 5 * GIB,
  maxStoredBytes: MAX_STORED_BYTES,
  maxMetadataBytes: 2 * KIB,
  metadataName: { must: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, rule: "a header name: letters, digits and - _ ." },
  keepMetadataName: (name) => name.toLowerCase(),
  maxObjectTags: 10,
  objectTag: AWS_TAG,
  maxBucketTags: 50,
  bucketTag: AWS_TAG,
  storageClasses: [
    "STANDARD",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
  ],
  archiveClasses: { GLACIER: 4 * HOUR_MS, DEEP_ARCHIVE: 12 * HOUR_MS },
  restores: true,
  etag: (data) => md5Hex(data),
  multipartEtag: (partEtags) => `${md5Hex(join(partEtags.map(fromHex)))}-${partEtags.length}`,
  takesAnyCondition: false,
  nothingToMatch: "noSuchKey",
  refusesIdleCopy: true,
  toleratesMissing: true,
  maxPageItems: 1000,

  ticksPerMs: 1000,
  versionId: (status, _stamp, randomId) => (status === "Enabled" ? randomId(VERSION_ID_LETTERS, 32) : undefined),
  unnumberedId: () => "null",
  versionIdForm: /^(?:null|[A-Za-z0-9._]{32})$/,
  unversionedId: "null",
  replacesNumbered: false,
  deleteMarkers: true,
  promotes: true,
  versioningOff: "Suspended",

  maxParts: 10_000,
  minPartBytes: 5 * MIB,
  maxPartBytes: 5 * GIB,
  datesUploadByStart: true,

  maxLifecycleRules: 1000,
  maxRuleIdLength: 255,
  minTransitionDays: { STANDARD_IA: 30, ONEZONE_IA: 30 },
  lifecycleDue: (sinceMs, days) => midnightFrom(sinceMs + days * DAY_MS),

  presignDefaultMs: 15 * MINUTE_MS,
  presignMaxMs: 7 * DAY_MS,
  url: version4("X-Amz", "AWS4-HMAC-SHA256"),
  objectUrlForm: /^https:\/\/(?<bucket>[a-z0-9.-]+)\.s3\.[a-z0-9-]+\.amazonaws\.com\/(?<path>[^?#]+)\?(?<query>[^#]*)$/,

  maxPolicyBytes: 20 * KIB,
  maxCorsRules: 100,
  corsMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"],
  encryption: { AES256: false, "aws:kms": true, "aws:kms:dsse": true },
  nativeEvents,
  exclusiveNotifications: true,
  namedEventBus: false,
  notices: s3Notices,
};
