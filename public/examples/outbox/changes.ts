import type { HandlerEvent } from "tabcloud";

/** One change of an item. Numbers may come as text: AWS and GCP write them so. */
export interface Change {
  /** The item as it was; absent when it is new. */
  readonly before?: Record<string, string | number>;
  /** The item as it is; absent when it is gone. */
  readonly after?: Record<string, string | number>;
}

/** DynamoDB and Firestore say the type of each value: `{ total: { N: "5" } }`, `{ total: { integerValue: "5" } }`. */
const plain = (typed: HandlerEvent) =>
  typed && Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, Object.values(value as object)[0]]));

/** Each cloud tells of changes in its own way; this makes one list of it. */
export function changesOf(event: HandlerEvent): Change[] {
  // DynamoDB: records with both images.
  if (event.Records)
    return event.Records.map(({ dynamodb }: HandlerEvent) => ({
      before: plain(dynamodb.OldImage),
      after: plain(dynamodb.NewImage),
    }));
  // Cosmos DB: a list of changes.
  if (Array.isArray(event)) return event.map(({ previous, current }) => ({ before: previous, after: current }));
  // Firestore: one change a call.
  return [{ before: plain(event.data.oldValue?.fields), after: plain(event.data.value?.fields) }];
}
