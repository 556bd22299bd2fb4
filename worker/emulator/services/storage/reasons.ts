import { denied, full, invalid, missing, quoted, taken, unimplemented, type Message } from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type RefusalDetails, type Refuse } from "../../core/service/refusal";

const object = ({ bucket, key }: RefusalDetails): string => `${quoted(key)} in bucket ${quoted(bucket)}`;

const wrongState = (httpStatus: number, message: Message): Reason => ({
  code: "FailedPrecondition",
  httpStatus,
  message,
});

/** Everything storage can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(
    () => "pageToken must be the nextPageToken of a page of this very listing: same bucket, prefix and delimiter",
  ),

  noSuchBucket: missing(({ bucket }) => `there is no bucket ${quoted(bucket)}: create it first, or check its name`),
  bucketTaken: taken(
    ({ bucket }) => `bucket ${quoted(bucket)} already exists: choose another name or use the one that is there`,
  ),
  bucketBeingDeleted: wrongState(
    409,
    ({ bucket, freeInMs }) =>
      `bucket ${quoted(bucket)} was just deleted: its name is free again in ${String(freeInMs)} ms`,
  ),
  bucketNotEmpty: wrongState(
    409,
    ({ bucket }) =>
      `bucket ${quoted(bucket)} is not empty: delete its objects first, and all their versions and delete markers`,
  ),
  badBucketName: invalid(({ bucket, rule }) => `${quoted(bucket)} is no bucket name: it must be ${String(rule)}`),
  tooManyBuckets: full(
    ({ max }) => `the account has ${String(max)} buckets, and no more are allowed: delete one first`,
  ),

  noSuchKey: missing((details) => `there is no object ${object(details)}`),
  noSuchVersion: missing(
    (details) => `there is no version ${quoted(details.versionId)} of ${object(details)}: see listObjectVersions`,
  ),
  badVersionId: invalid(
    ({ versionId }) => `${quoted(versionId)} is no version id here: take one from putObject or listObjectVersions`,
  ),
  versionIsMarker: wrongState(
    405,
    (details) =>
      `version ${quoted(details.versionId)} of ${object(details)} is a delete marker: it has no data and can only be deleted`,
  ),
  badKey: invalid(({ rule }) => `a key must be ${String(rule)}`),
  emptyKey: invalid(() => "a key must have at least one character"),
  keyTooLong: invalid(({ length, max }) => `a key may be at most ${String(max)} long, not ${String(length)}`),
  tooLarge: invalid(
    ({ size, max }) =>
      `the data are ${String(size)} bytes, and at most ${String(max)} are allowed: use a multipart upload, or smaller parts`,
  ),
  badMetadata: invalid(),
  metadataTooLarge: invalid(
    ({ size, max }) =>
      `the metadata are ${String(size)} bytes, names and values together, and at most ${String(max)} are allowed`,
  ),
  badTags: invalid(),
  badStorageClass: invalid(
    ({ storageClass, known }) => `${quoted(storageClass)} is no storage class here: use one of ${String(known)}`,
  ),
  storageFull: full(
    ({ size, max }) =>
      `the emulator would hold ${String(size)} bytes, and at most ${String(max)} are allowed: delete something, or raise dialect.storage.maxStoredBytes`,
  ),

  conditionFailed: wrongState(
    412,
    (details) => `${object(details)} does not have the ETag ${quoted(details.etag)}: read it again`,
  ),
  objectExists: wrongState(412, (details) => `${object(details)} already exists, and ifNoneMatch "*" only creates`),
  nothingToMatch: wrongState(412, (details) => `there is no object ${object(details)} whose ETag could match`),
  conditionUnsupported: unimplemented(({ rule }) => `this cloud does not take ${String(rule)} on a write`),
  notModified: wrongState(304, (details) => `${object(details)} still has the ETag ${quoted(details.etag)}`),
  badRange: {
    ...invalid(
      ({ start, size }) => `a range from byte ${String(start)} is past the end: the object has ${String(size)} bytes`,
    ),
    httpStatus: 416,
  },

  archived: wrongState(
    403,
    (details) =>
      `${object(details)} is in storage class ${String(details.storageClass)}: restore it first with restoreObject`,
  ),
  notArchived: wrongState(
    403,
    (details) => `${object(details)} is not archived (storage class ${String(details.storageClass)}): read it as it is`,
  ),
  restoreRunning: wrongState(
    409,
    (details) => `${object(details)} is being restored already: it can be read at ${String(details.readyAt)}`,
  ),
  restoreUnsupported: unimplemented(
    () => "archived objects are always readable on this cloud: there is nothing to restore",
  ),

  copyOntoItself: invalid(
    (details) =>
      `copying ${object(details)} onto itself changes nothing: use metadataDirective "REPLACE" or name a storageClass`,
  ),
  copyOfMarker: invalid(
    (details) => `version ${quoted(details.versionId)} of ${object(details)} is a delete marker and cannot be copied`,
  ),
  copyTooLarge: invalid(
    ({ size, max }) =>
      `the source is ${String(size)} bytes, and at most ${String(max)} can be copied at once: copy it in parts`,
  ),

  noSuchUpload: missing(
    (details) =>
      `there is no open upload ${quoted(details.uploadId)} for ${object(details)}: it was completed or aborted, or never begun`,
  ),
  noParts: invalid(() => "an upload is completed with at least one part"),
  noPartList: invalid(() => "parts must be an array of { partNumber, etag? }"),
  partMissing: invalid(
    ({ partNumber }) => `part ${String(partNumber)} was not uploaded, or has another ETag: upload it again`,
  ),
  partOrder: invalid(
    ({ partNumber }) => `part ${String(partNumber)} is not in ascending order: list the parts by number, each once`,
  ),
  partTooSmall: invalid(
    ({ partNumber, size, min }) =>
      `part ${String(partNumber)} is ${String(size)} bytes, and every part but the last needs ${String(min)}`,
  ),

  noLifecycle: missing(({ bucket }) => `bucket ${quoted(bucket)} has no lifecycle rules`),
  badLifecycle: invalid(),
  badLifecycleValue: invalid(),
  noPolicy: missing(({ bucket }) => `bucket ${quoted(bucket)} has no policy`),
  badPolicy: invalid(),
  noCors: missing(({ bucket }) => `bucket ${quoted(bucket)} has no CORS rules`),
  badCors: invalid(),
  badCorsValue: invalid(),
  badEncryption: invalid(),
  badEncryptionKey: invalid(),
  badNotification: invalid(),

  urlExpired: denied(({ expiresAt }) => `this URL expired at ${String(expiresAt)}: generate a new one`),
  urlAltered: denied(() => "this URL was not signed here, or was altered: generate a new one"),
  urlMethod: denied(({ method }) => `this URL was not signed for ${String(method)}: generate one for it`),
} satisfies Record<string, Reason>;

export type StorageReason = keyof typeof reasons;

/** Stops the call with one of storage's reasons. */
export const refuse: Refuse<StorageReason> = refuseAny;
