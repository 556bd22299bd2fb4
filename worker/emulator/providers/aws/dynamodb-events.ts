import type { JsonValue } from "../../core/json";
import { SECOND_MS } from "../../core/units";
import type { StreamOrigin } from "../../services/database/stream-events";
import { sequenceNumber } from "../../services/database/streams";
import type { StoredRecord } from "../../services/database/state";
import { itemJson } from "../../services/database/values";

function recordEvent(record: StoredRecord, { streamArn, viewType, account, identity }: StreamOrigin): JsonValue {
  const { newItem, oldItem } = record;
  return {
    eventID: record.id,
    eventName: record.type,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: account.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.at / SECOND_MS),
      Keys: itemJson(record.keys),
      ...(newItem && { NewImage: itemJson(newItem.item) }),
      ...(oldItem && { OldImage: itemJson(oldItem.item) }),
      SequenceNumber: sequenceNumber(record.seq),
      SizeBytes: record.size,
      StreamViewType: viewType,
    },
    eventSourceARN: streamArn,
    ...(record.expired && { userIdentity: { ...identity } }),
  };
}

/** What Lambda sends a function for a batch of a stream. */
export const dynamoDBEvent = (records: readonly StoredRecord[], origin: StreamOrigin): JsonValue => ({
  Records: records.map((record) => recordEvent(record, origin)),
});
