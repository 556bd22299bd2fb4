import type { JsonValue } from "../../core/json";
import { azureId } from "../../core/resource-names";
import { DAY_MS } from "../../core/units";
import type { Notice, NoticeForms } from "../../services/storage/dialect";
import type { EventCause } from "../../services/storage/events";
import type { StorageEventName } from "../../services/storage/types";
import { encodeKey } from "../../services/storage/urls";
import { blobUrl } from "./blob-url";
import { eventGrid } from "./event-grid";

/** Nobody is told of tags. */
const TYPES: Readonly<Partial<Record<StorageEventName, string>>> = {
  ObjectCreated: "Microsoft.Storage.BlobCreated",
  ObjectRemoved: "Microsoft.Storage.BlobDeleted",
  ObjectExpired: "Microsoft.Storage.BlobDeleted",
  ObjectTransitioned: "Microsoft.Storage.BlobTierChanged",
};

const APIS: Readonly<Record<EventCause, string>> = {
  Put: "PutBlob",
  Copy: "CopyBlob",
  CompleteMultipartUpload: "PutBlockList",
  Delete: "DeleteBlob",
  DeleteMarkerCreated: "DeleteBlob",
  Transition: "SetBlobTier",
};

/** Of the account: the container's id up to where its services begin. */
const accountId = ({ bucketArn }: Notice): string => bucketArn.slice(0, bucketArn.indexOf("/blobServices/"));
const subject = ({ bucket, key }: Notice): string => `/blobServices/default/containers/${bucket}/blobs/${key}`;

function data({ bucket, cause, contentType, etag, eventId, key, requestId, sequencer, size }: Notice): JsonValue {
  return {
    ...{ api: APIS[cause], clientRequestId: eventId, requestId, eTag: etag, contentType, contentLength: size },
    ...{ blobType: "BlockBlob", url: blobUrl(bucket, encodeKey(key)), sequencer },
    storageDiagnostics: { batchId: eventId },
  };
}

/** As Event Grid sends it. */
function envelope(notice: Notice, eventType: string): JsonValue {
  return {
    ...{ id: notice.eventId, topic: accountId(notice), subject: subject(notice), eventType },
    ...{ eventTime: new Date(notice.at).toISOString(), data: data(notice), dataVersion: "1.0", metadataVersion: "1" },
  };
}

/** How Blob Storage tells of changes: by Event Grid. */
export const blobNotices: NoticeForms = {
  eventType: ({ name }) => TYPES[name],

  parcel(notice, kind) {
    const eventType = TYPES[notice.name] ?? "";
    switch (kind) {
      case "queue":
        return { kind, body: JSON.stringify(envelope(notice, eventType)) };
      case "topic":
        return { kind, message: JSON.stringify(envelope(notice, eventType)) };
      case "function":
        return { kind, payload: envelope(notice, eventType) };
      case "bus":
        return {
          ...{ kind, source: accountId(notice), detailType: eventType, detail: data(notice), time: notice.at },
          resources: [subject(notice)],
        };
      default:
        return undefined;
    }
  },

  retry: { ...eventGrid.retry, maxRetries: eventGrid.maxRetries, maxAgeMs: DAY_MS },
  busOf: (eventBus, account) =>
    String(eventBus).startsWith("/")
      ? String(eventBus)
      : azureId(account, "Microsoft.EventGrid", "topics", String(eventBus)),
  test: undefined,
};
