import { md5Hex } from "../../core/hash";
import type { JsonValue } from "../../core/json";
import { arn } from "../../core/resource-names";
import { DAY_MS, SECOND_MS } from "../../core/units";
import type { Notice, NoticeForms } from "../../services/storage/dialect";
import type { EventCause, StorageEvent } from "../../services/storage/events";
import type { StorageEventName } from "../../services/storage/types";
import { encodeKey } from "../../services/storage/urls";

const EMPTY_ETAG = md5Hex("");
/** Whatever S3 does by itself, it does in its own name. */
const S3_ITSELF = "s3.amazonaws.com";

const GROUPS: Readonly<Record<StorageEventName, string>> = {
  ObjectCreated: "ObjectCreated",
  ObjectRemoved: "ObjectRemoved",
  ObjectExpired: "LifecycleExpiration",
  ObjectTransitioned: "LifecycleTransition",
  ObjectTagged: "ObjectTagging",
};

/** As `s3:` and this: the event's name in a record, too. */
const eventName = ({ name, cause }: Pick<StorageEvent, "name" | "cause">): string =>
  name === "ObjectTransitioned" ? GROUPS[name] : `${GROUPS[name]}:${cause}`;

const isGone = ({ name }: StorageEvent): boolean => name === "ObjectRemoved" || name === "ObjectExpired";
const isMarker = ({ cause }: StorageEvent): boolean => cause === "DeleteMarkerCreated";
const isTag = ({ name }: StorageEvent): boolean => name === "ObjectTagged";
const ownVersion = ({ versionId }: StorageEvent): string | undefined => (versionId === "null" ? undefined : versionId);
/** Spaces as `+`, all else as in a URL. */
const encodedKey = (key: string): string => encodeKey(key).replaceAll("%20", "+");

/** What a queue, a topic or a function gets. */
function record(notice: Notice): JsonValue {
  const { account, at, bucket, bucketArn, etag, key, region, requestId, ruleId, sequencer, size } = notice;
  const principal = { principalId: account.accountId };
  const versionId = ownVersion(notice);
  const object = {
    key: encodedKey(key),
    ...(!isGone(notice) && !isTag(notice) && { size }),
    ...(isMarker(notice) ? { eTag: EMPTY_ETAG } : !isGone(notice) && { eTag: etag }),
    ...(versionId !== undefined && { versionId }),
    ...(!isTag(notice) && { sequencer }),
  };
  return {
    eventVersion: isTag(notice) ? "2.3" : "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date(at).toISOString(),
    eventName: eventName(notice),
    userIdentity: principal,
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": requestId, "x-amz-id-2": hostId(requestId) },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: ruleId,
      bucket: { name: bucket, ownerIdentity: principal, arn: bucketArn },
      object,
    },
  };
}

const hostId = (requestId: string): string => `EXAMPLE/${requestId}`;

const DETAIL_TYPES: Readonly<Record<StorageEventName, string>> = {
  ObjectCreated: "Object Created",
  ObjectRemoved: "Object Deleted",
  ObjectExpired: "Object Deleted",
  ObjectTransitioned: "Object Storage Class Changed",
  ObjectTagged: "Object Tags Added",
};

const REASONS: Readonly<Partial<Record<EventCause, string>>> = {
  Put: "PutObject",
  Copy: "CopyObject",
  CompleteMultipartUpload: "CompleteMultipartUpload",
  Delete: "DeleteObject",
  DeleteMarkerCreated: "DeleteObject",
};

/** What a bus gets; nothing in it is encoded. */
function detail(notice: Notice): JsonValue {
  const { account, bucket, cause, etag, key, name, requestId, sequencer, size } = notice;
  const versionId = ownVersion(notice);
  const itself = name === "ObjectExpired" || name === "ObjectTransitioned";
  const reason = name === "ObjectExpired" ? "Lifecycle Expiration" : isTag(notice) ? undefined : REASONS[cause];
  return {
    version: "0",
    bucket: { name: bucket },
    object: {
      key,
      ...(!isGone(notice) && !isTag(notice) && { size }),
      ...(!isGone(notice) && { etag }),
      ...(versionId !== undefined && { "version-id": versionId }),
      ...(!isTag(notice) && { sequencer }),
    },
    "request-id": requestId,
    requester: itself ? S3_ITSELF : account.accountId,
    "source-ip-address": "127.0.0.1",
    ...(reason !== undefined && { reason }),
    ...(isGone(notice) && { "deletion-type": isMarker(notice) ? "Delete Marker Created" : "Permanently Deleted" }),
  };
}

const detailType = ({ name, cause }: StorageEvent): string =>
  name === "ObjectTagged" && cause === "Delete" ? "Object Tags Deleted" : DETAIL_TYPES[name];

/** How S3 tells of changes. */
export const s3Notices: NoticeForms = {
  eventType: eventName,

  parcel(notice, kind) {
    switch (kind) {
      case "queue":
        return { kind, body: JSON.stringify({ Records: [record(notice)] }) };
      case "topic":
        return { kind, message: JSON.stringify({ Records: [record(notice)] }), subject: "Amazon S3 Notification" };
      case "function":
        return { kind, payload: { Records: [record(notice)] } };
      case "bus":
        return {
          ...{ kind, source: "aws.s3", detailType: detailType(notice), detail: detail(notice) },
          ...{ resources: [notice.bucketArn], time: notice.at },
        };
      default:
        return undefined;
    }
  },

  // From one second doubling to five minutes, for a day: what S3 really does is not published.
  retry: {
    steps: [1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * SECOND_MS),
    then: 300 * SECOND_MS,
    maxAgeMs: DAY_MS,
  },
  busOf: (_eventBus, account) => arn(account, { service: "events", resource: "event-bus/default" }),
  test: (bucket, atMs, requestId) =>
    JSON.stringify({
      ...{ Service: "Amazon S3", Event: "s3:TestEvent", Time: new Date(atMs).toISOString() },
      ...{ Bucket: bucket, RequestId: requestId, HostId: hostId(requestId) },
    }),
};
