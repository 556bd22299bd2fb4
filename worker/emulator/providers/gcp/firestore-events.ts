import { toBase64 } from "../../core/bytes";
import type { JsonValue } from "../../core/json";
import { gcpName } from "../../core/resource-names";
import { microTime } from "./micro-time";
import type { StreamOrigin } from "../../services/database/stream-events";
import type { StoredItem, StoredRecord } from "../../services/database/state";
import type { Attr, Item } from "../../services/database/types";
import { documentFields, equal } from "../../services/database/values";

const TYPES = { INSERT: "created", MODIFY: "updated", REMOVE: "deleted" } as const;

function idPart(value: Attr): string {
  if (typeof value === "string") return value;
  return value instanceof Uint8Array ? toBase64(value) : (value as number | bigint).toString();
}

/** Top-level fields in which two documents differ, in order. */
function changedFields(before: Item, after: Item): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => {
    const [old, now] = [before[name], after[name]];
    return old === undefined || now === undefined || !equal(old, now);
  });
}

function event(record: StoredRecord, { table, account }: StreamOrigin): JsonValue {
  const { type, newItem, oldItem } = record;
  const database = gcpName(account, "databases", "(default)");
  const path = ["documents", table, ...Object.values(record.keys).map(idPart)].join("/");
  const documentOf = ({ item, created, stamp }: StoredItem): JsonValue => ({
    name: `${database}/${path}`,
    fields: documentFields(item),
    createTime: microTime(created),
    updateTime: microTime(stamp),
  });
  return {
    specversion: "1.0",
    id: record.id,
    type: `google.cloud.firestore.document.v1.${TYPES[type]}`,
    source: `//firestore.googleapis.com/${database}`,
    subject: path,
    time: new Date(record.at).toISOString(),
    datacontenttype: "application/json",
    data: {
      ...(newItem && { value: documentOf(newItem) }),
      ...(oldItem && { oldValue: documentOf(oldItem) }),
      ...(newItem && oldItem && { updateMask: { fieldPaths: changedFields(oldItem.item, newItem.item) } }),
    },
  };
}

/** What Eventarc sends a function: one event for each record. */
export function firestoreEvent(records: readonly StoredRecord[], origin: StreamOrigin): JsonValue {
  const events = records.map((record) => event(record, origin));
  const [only] = events;
  return events.length === 1 && only !== undefined ? only : events;
}
