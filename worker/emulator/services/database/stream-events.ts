import { itemJson } from "./values";
import type { JsonValue } from "../../core/json";
import type { Account } from "../../core/service/service";
import type { StoredRecord } from "./state";
import type { StreamViewType } from "./types";

/** Where records come from, for the events that are made of them. */
export interface StreamOrigin {
  readonly table: string;
  readonly streamArn: string;
  readonly viewType: StreamViewType;
  readonly account: Account;
  /** Who deletes what has expired. */
  readonly identity: { readonly type: string; readonly principalId: string };
  readonly etag: (stamp: number) => string;
}

/** The record in DynamoDB's JSON: what filters of mappings look at, on every cloud. */
export function filterable({ type, keys, newItem, oldItem }: StoredRecord): JsonValue {
  const dynamodb = {
    Keys: itemJson(keys),
    ...(newItem && { NewImage: itemJson(newItem.item) }),
    ...(oldItem && { OldImage: itemJson(oldItem.item) }),
  };
  return { eventName: type, dynamodb };
}
