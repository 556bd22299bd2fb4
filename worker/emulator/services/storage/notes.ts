import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { StorageDialect } from "./dialect";
import type { StorageReason } from "./reasons";

const UPLOADS = ["createMultipartUpload", "uploadPart", "completeMultipartUpload", "listParts"];
const WRITES = ["putObject", "copyObject", "createMultipartUpload"];
const DELETES = ["deleteObject", "deleteObjects"];
const PRESIGNED = ["generatePresignedURL", "usePresignedURL"];

const fields: FieldNotes<StorageDialect> = {
  bucketName: { about: "Which names a bucket may have.", topic: "bucketNames", operations: ["createBucket"] },
  maxBuckets: {
    about: "How many buckets an account may have, where the provider option `quotas` counts them.",
    topic: "buckets",
    operations: ["createBucket"],
  },
  bucketArn: { about: "What a bucket is called in full.", topic: "buckets" },
  toleratesRecreation: {
    about: "Whether creating a bucket that is one's own already answers that bucket instead of refusing.",
    topic: "createBucket",
    operations: ["createBucket"],
  },
  nameHoldMs: {
    about: "How long the name of a deleted bucket stays taken.",
    topic: "deleteBucket",
    unit: "ms",
    operations: ["createBucket"],
  },
  deleteNonEmpty: {
    about: "Whether deleting a bucket that still holds something is refused, or deletes all of it.",
    topic: "deleteBucket",
    operations: ["deleteBucket"],
  },

  maxKeyBytes: { about: "How long a key may be.", topic: "keys" },
  measureKey: { about: "In what the length of a key is counted.", topic: "keys" },
  maxKeySegments: { about: "How many path segments a key may have.", topic: "keys" },
  key: { about: "What a key may look like, beyond its length.", topic: "keys" },
  objectArn: { about: "What an object is called in full.", topic: "keys" },
  objectUrl: { about: "Where an object is on the web.", topic: "signedUrls", operations: PRESIGNED },
  defaultContentType: {
    about: "The content type of an object that was written without one.",
    topic: "metadata",
  },
  maxPutBytes: {
    about: "How large an object may be that is written in one call.",
    topic: "limits",
    unit: "bytes",
    operations: ["putObject", "usePresignedURL"],
  },
  maxCopyBytes: {
    about: "How large an object may be that is copied in one call.",
    topic: "limits",
    unit: "bytes",
    operations: ["copyObject"],
  },
  maxStoredBytes: {
    about: "How much the emulator holds for an account; its own limit, which the real cloud does not have.",
    topic: "limits",
    unit: "bytes",
  },
  maxMetadataBytes: {
    about: "How large all metadata of an object may be, names and values together.",
    topic: "metadata",
    unit: "bytes",
    operations: WRITES,
  },
  metadataName: { about: "Which names metadata may have.", topic: "metadata", operations: WRITES },
  keepMetadataName: { about: "How the name of metadata is kept.", topic: "metadata" },
  maxObjectTags: { about: "How many tags an object may have.", topic: "tags" },
  objectTag: { about: "What the tags of an object may look like.", topic: "tags" },
  maxBucketTags: { about: "How many tags a bucket may have.", topic: "bucketTags", operations: ["putBucketTagging"] },
  bucketTag: {
    about: "What the tags of a bucket may look like.",
    topic: "bucketTags",
    operations: ["putBucketTagging"],
  },
  storageClasses: { about: "Which storage classes there are; the first is the default.", topic: "classes" },
  archiveClasses: {
    about: "Which classes must be restored before they are read, and how long that takes.",
    topic: "archive",
    unit: "ms",
  },
  restores: {
    about: "Whether archived objects have to be restored at all.",
    topic: "archive",
    operations: ["restoreObject"],
  },
  etag: { about: "What an ETag is made of.", topic: "etags" },
  multipartEtag: {
    about: "What the ETag of an object that was uploaded in parts is made of.",
    topic: "etags",
  },
  takesAnyCondition: {
    about: 'Whether a write may ask for ifMatch "*", or for ifMatch and ifNoneMatch at once.',
    topic: "conditions",
    operations: ["putObject"],
  },
  nothingToMatch: {
    about: "What a write with ifMatch is answered when there is no object.",
    topic: "conditions",
    operations: ["putObject"],
  },
  refusesIdleCopy: {
    about: "Whether a copy of an object onto itself that changes nothing is refused.",
    topic: "copies",
    operations: ["copyObject"],
  },
  toleratesMissing: {
    about: "Whether deleting an object that is not there is no error.",
    topic: "deletes",
    operations: DELETES,
  },
  maxPageItems: { about: "How many items a page of a list has, unless fewer are asked for.", topic: "lists" },

  ticksPerMs: { about: "How finely moments of writing are told apart.", topic: "versions" },
  versionId: { about: "Which id a new version gets.", topic: "versions" },
  unnumberedId: { about: "Under which id a version without one of its own is known.", topic: "versions" },
  versionIdForm: { about: "What a version id looks like.", topic: "versions" },
  unversionedId: {
    about: "Which version id can be deleted in a bucket that was never versioned.",
    topic: "versions",
    operations: DELETES,
  },
  replacesNumbered: {
    about: "Whether, with versioning off, a write replaces even a version that was kept before.",
    topic: "versions",
  },
  deleteMarkers: {
    about: "Whether deleting in a versioned bucket adds a delete marker, a version of its own.",
    topic: "markers",
  },
  promotes: {
    about: "Whether the version below becomes the current one when the current one is deleted by its id.",
    topic: "markers",
  },
  versioningOff: { about: "What a bucket is when its versioning is switched off again.", topic: "versions" },

  maxParts: { about: "How many parts an upload may have.", topic: "uploads", operations: UPLOADS },
  minPartBytes: {
    about: "How large every part of an upload but the last must be.",
    topic: "uploads",
    unit: "bytes",
    operations: ["completeMultipartUpload"],
  },
  maxPartBytes: {
    about: "How large a part of an upload may be.",
    topic: "uploads",
    unit: "bytes",
    operations: ["uploadPart"],
  },
  datesUploadByStart: {
    about: "Whether an object that was uploaded in parts is dated by the beginning of its upload, and not by its end.",
    topic: "uploads",
  },

  maxLifecycleRules: {
    about: "How many lifecycle rules a bucket may have.",
    topic: "lifecycle",
    operations: ["putLifecycleConfig"],
  },
  maxRuleIdLength: {
    about: "How long the id of a lifecycle rule may be.",
    topic: "lifecycle",
    operations: ["putLifecycleConfig"],
  },
  minTransitionDays: {
    about: "How many days an object stays in its class before it may move to a cooler one.",
    topic: "lifecycle",
    unit: "days",
    operations: ["putLifecycleConfig"],
  },
  lifecycleDue: { about: "At which moment of the day an object is due.", topic: "lifecycle" },

  presignDefaultMs: {
    about: "How long a signed URL is good for when nothing is asked for.",
    topic: "signedUrls",
    unit: "ms",
    operations: PRESIGNED,
  },
  presignMaxMs: {
    about: "How long a signed URL may be good for.",
    topic: "signedUrls",
    unit: "ms",
    operations: PRESIGNED,
  },
  url: { about: "How a signed URL is written.", topic: "signedUrls", operations: PRESIGNED },
  objectUrlForm: { about: "What the URL of an object looks like.", topic: "signedUrls", operations: PRESIGNED },

  maxPolicyBytes: { about: "How large a bucket's policy may be.", topic: "policies", unit: "bytes" },
  maxCorsRules: { about: "How many CORS rules there may be.", topic: "cors", operations: ["putCORSConfig"] },
  corsMethods: { about: "Which methods a CORS rule may allow.", topic: "cors" },
  encryption: {
    about: "Which ways of encryption there are, and whether one takes a key of your own.",
    topic: "encryption",
    operations: ["putEncryptionConfig", "getEncryptionConfig"],
  },
  nativeEvents: {
    about: "Which native names of events are understood.",
    topic: "events",
    operations: ["putNotificationConfig"],
  },
  exclusiveNotifications: {
    about: "Whether two notification rules that fit the same change are refused.",
    topic: "events",
    operations: ["putNotificationConfig"],
  },
  namedEventBus: {
    about: "Whether events can be sent to an event bus of any name, and not only to the default one.",
    topic: "events",
    operations: ["putNotificationConfig"],
  },
  notices: { about: "In which words others are told of a change.", topic: "events" },
};

const reasons: Readonly<Record<StorageReason, readonly (keyof StorageDialect)[]>> = {
  badArgument: ["maxParts", "presignMaxMs"],
  badPageToken: [],
  noSuchBucket: [],
  bucketTaken: ["toleratesRecreation"],
  bucketBeingDeleted: ["nameHoldMs"],
  bucketNotEmpty: ["deleteNonEmpty"],
  badBucketName: ["bucketName"],
  tooManyBuckets: ["maxBuckets"],
  noSuchKey: ["toleratesMissing", "nothingToMatch"],
  noSuchVersion: ["replacesNumbered", "promotes"],
  badVersionId: ["versionIdForm", "unversionedId"],
  versionIsMarker: ["deleteMarkers"],
  badKey: ["key", "maxKeySegments"],
  emptyKey: [],
  keyTooLong: ["maxKeyBytes", "measureKey"],
  tooLarge: ["maxPutBytes", "maxPartBytes"],
  badMetadata: ["metadataName"],
  metadataTooLarge: ["maxMetadataBytes"],
  badTags: ["maxObjectTags", "objectTag", "maxBucketTags", "bucketTag"],
  badStorageClass: ["storageClasses"],
  storageFull: ["maxStoredBytes"],
  conditionFailed: ["etag", "multipartEtag"],
  objectExists: [],
  nothingToMatch: ["nothingToMatch"],
  conditionUnsupported: ["takesAnyCondition"],
  notModified: ["etag", "multipartEtag"],
  badRange: [],
  archived: ["archiveClasses"],
  notArchived: ["archiveClasses", "restores"],
  restoreRunning: ["archiveClasses", "restores"],
  restoreUnsupported: ["restores"],
  copyOntoItself: ["refusesIdleCopy"],
  copyOfMarker: ["deleteMarkers"],
  copyTooLarge: ["maxCopyBytes"],
  noSuchUpload: [],
  noParts: [],
  noPartList: [],
  partMissing: [],
  partOrder: [],
  partTooSmall: ["minPartBytes"],
  noLifecycle: [],
  badLifecycle: ["maxLifecycleRules", "maxRuleIdLength", "minTransitionDays", "storageClasses"],
  badLifecycleValue: ["maxRuleIdLength", "minTransitionDays", "storageClasses"],
  noPolicy: [],
  badPolicy: ["maxPolicyBytes"],
  noCors: [],
  badCors: ["maxCorsRules", "corsMethods"],
  badCorsValue: ["corsMethods"],
  badEncryption: ["encryption"],
  badEncryptionKey: ["encryption"],
  badNotification: ["nativeEvents", "exclusiveNotifications", "namedEventBus"],
  urlExpired: ["presignDefaultMs"],
  urlAltered: [],
  urlMethod: [],
};

/** An identifier or a native name, made by the fields given. */
const form = (...made: (keyof StorageDialect)[]): ValueNote => ({ fields: made, form: true });
const decided = (...by: (keyof StorageDialect)[]): ValueNote => ({ fields: by });

const values: ServiceNotes["values"] = {
  etag: form("etag", "multipartEtag"),
  ifMatch: form("etag", "multipartEtag"),
  ifNoneMatch: form("etag", "multipartEtag"),
  versionId: form("versionId", "unnumberedId"),
  uploadId: form(),
  arn: form("bucketArn"),
  region: form(),
  url: form("url", "objectUrl"),
  pageToken: form(),
  nextPageToken: form(),
  nativeCode: form("nativeReasons"),
  message: form(),
  storageClass: form("storageClasses"),
  transitionStorageClass: form("storageClasses"),
  // What a program asks for, all clouds keep; only their word for "anything" is another.
  contentType: form("defaultContentType"),
  lastModified: form("datesUploadByStart"),
  algorithm: form("encryption"),
  metadata: decided("keepMetadataName"),
  // Names are a person's own, also where they are called like something here.
  tags: decided(),
  deleteMarker: decided("deleteMarkers"),
  deleted: decided("toleratesMissing", "deleteMarkers"),
  isLatest: decided("deleteMarkers", "promotes"),
  versioning: decided("versioningOff"),
  status: decided("versioningOff"),
  isTruncated: decided("maxPageItems"),
  readyAt: decided("archiveClasses"),
  expiresAt: decided("presignDefaultMs"),
};

/** Why the same call on storage comes out differently on another cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
