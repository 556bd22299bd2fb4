import { crc32cBase64, md5Base64 } from "../../core/hash";
import { gcpName } from "../../core/resource-names";
import { DAY_MS } from "../../core/units";
import type { Notice, NoticeForms } from "../../services/storage/dialect";
import type { StorageEventName } from "../../services/storage/types";
import { eventarc } from "./eventarc";

interface Words {
  /** In attributes of messages. */
  readonly message: string;
  /** Behind `google.cloud.storage.object.v1.`. */
  readonly event: string;
}

const ARCHIVED: Words = { message: "OBJECT_ARCHIVE", event: "archived" };
const DELETED: Words = { message: "OBJECT_DELETE", event: "deleted" };
const UPDATED: Words = { message: "OBJECT_METADATA_UPDATE", event: "metadataUpdated" };
const WORDS: Readonly<Record<StorageEventName, Words>> = {
  ObjectCreated: { message: "OBJECT_FINALIZE", event: "finalized" },
  ObjectRemoved: DELETED,
  ObjectExpired: DELETED,
  ObjectTransitioned: UPDATED,
  ObjectTagged: UPDATED,
};

/** What was the current object and is kept as a version was archived, not deleted. */
const wordsOf = (notice: Notice): Words =>
  WORDS[notice.name] === DELETED && notice.kept === true ? ARCHIVED : WORDS[notice.name];
const typeOf = (notice: Notice): string => `google.cloud.storage.object.v1.${wordsOf(notice).event}`;
const sourceOf = ({ bucketArn }: Notice): string => `//storage.googleapis.com/${bucketArn}`;
const subjectOf = ({ key }: Notice): string => `objects/${key}`;
const generationOf = ({ version }: Notice): string => version.versionId ?? "";
const isoOf = (ms: number): string => new Date(ms).toISOString();

/** The object, as the JSON API shows it. */
function resource(notice: Notice): Readonly<Record<string, string>> {
  const { bucket, contentType, etag, key, size, storageClass, version } = notice;
  const [generation, written] = [generationOf(notice), isoOf(version.lastModified)];
  return {
    ...{ kind: "storage#object", id: `${bucket}/${key}/${generation}`, name: key, bucket, generation },
    ...{ metageneration: "1", contentType, timeCreated: written, updated: written, storageClass, size: String(size) },
    ...{ md5Hash: md5Base64(version.data), crc32c: crc32cBase64(version.data), etag },
  };
}

/** What goes with a message. */
function attributes(notice: Notice): Readonly<Record<string, string>> {
  const { at, bucket, bucketArn, key, overwrote, ruleId } = notice;
  return {
    notificationConfig: `${bucketArn}/notificationConfigs/${ruleId}`,
    eventType: wordsOf(notice).message,
    payloadFormat: "JSON_API_V1",
    ...{ bucketId: bucket, objectId: key, objectGeneration: generationOf(notice), eventTime: isoOf(at) },
    ...(overwrote !== undefined && { overwroteGeneration: overwrote }),
  };
}

/** How Cloud Storage tells of changes: messages to Pub/Sub, CloudEvents to functions. */
export const gcsNotices: NoticeForms = {
  eventType: ({ name }) => WORDS[name].event,

  parcel(notice, kind) {
    switch (kind) {
      case "queue":
        return { kind, body: JSON.stringify(resource(notice)), attributes: attributes(notice) };
      case "topic":
        return { kind, message: JSON.stringify(resource(notice)), attributes: attributes(notice) };
      case "function":
        return {
          kind,
          payload: {
            ...{ specversion: "1.0", id: notice.eventId, source: sourceOf(notice), type: typeOf(notice) },
            ...{ subject: subjectOf(notice), time: isoOf(notice.at), datacontenttype: "application/json" },
            data: { ...resource(notice) },
          },
        };
      case "bus":
        return {
          ...{ kind, source: sourceOf(notice), detailType: typeOf(notice), detail: { ...resource(notice) } },
          ...{ resources: [subjectOf(notice)], time: notice.at },
        };
      default:
        return undefined;
    }
  },

  retry: { ...eventarc.retry, maxAgeMs: DAY_MS },
  busOf: (eventBus, account) =>
    String(eventBus).startsWith("projects/")
      ? String(eventBus)
      : gcpName(account, "locations", account.region, "channels", String(eventBus)),
  test: undefined,
};
