import type { JsonValue } from "../../core/json";
import { SECOND_MS } from "../../core/units";
import type { StreamOrigin } from "../../services/database/stream-events";
import type { StoredItem, StoredRecord } from "../../services/database/state";
import type { Item } from "../../services/database/types";
import { copyItem } from "../../services/database/values";

const MICROS_PER_SECOND = 1e6;
const OPERATIONS = { INSERT: "create", MODIFY: "replace", REMOVE: "delete" } as const;

/** Cosmos DB keeps nothing that JSON cannot say. */
const jsonOf = (item: Item): { [name: string]: JsonValue } => copyItem(item) as { [name: string]: JsonValue };

function documentOf(
  { item, stamp }: StoredItem,
  lsn: number,
  etag: StreamOrigin["etag"],
): { [name: string]: JsonValue } {
  return { ...jsonOf(item), _ts: Math.floor(stamp / MICROS_PER_SECOND), _etag: etag(stamp), _lsn: lsn };
}

/** One change in all-versions mode; what the view leaves out is absent, but for the key. */
function change({ seq, at, type, keys, newItem, oldItem }: StoredRecord, { etag }: StreamOrigin): JsonValue {
  return {
    ...(type !== "REMOVE" && { current: newItem ? documentOf(newItem, seq, etag) : jsonOf(keys) }),
    ...(oldItem && { previous: documentOf(oldItem, seq, etag) }),
    metadata: { operationType: OPERATIONS[type], lsn: seq, crts: Math.floor(at / SECOND_MS) },
  };
}

/** What the change feed trigger sends a function: whole items in latest-version mode, else changes. */
export function cosmosDBEvent(records: readonly StoredRecord[], origin: StreamOrigin): JsonValue {
  return records.map((record) =>
    origin.viewType === "NEW_IMAGE" && record.newItem
      ? documentOf(record.newItem, record.seq, origin.etag)
      : change(record, origin),
  );
}
