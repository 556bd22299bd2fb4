import type { EngineOf } from "../../core/service/operations";
import { MIB } from "../../core/units";
import { pageToken } from "../../core/paging";
import type { DatabaseDriver } from "./driver";
import { args, listRequest, tableName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredRecord } from "./state";
import type { StreamRecord } from "./types";
import { sequenceNumber } from "./streams";
import { copyItem } from "./values";

const VIEW_TYPES = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] as const;
const PAGE = { default: 100, max: 1000 };
const PAGE_BYTES = MIB;

/** The operations on change streams; `streams.ts` keeps them. */
export function streamOperations({
  state,
  streams,
}: Parts): Pick<EngineOf<DatabaseDriver>, "updateStreamConfig" | "getStreamRecords"> {
  const { dialect } = state;

  const recordOf = (table: string, record: StoredRecord): StreamRecord => ({
    eventId: record.id,
    eventType: record.type,
    table,
    keys: copyItem(record.keys),
    ...(record.newItem && { newImage: copyItem(record.newItem.item) }),
    ...(record.oldItem && { oldImage: copyItem(record.oldItem.item) }),
    timestamp: new Date(record.at),
    sequenceNumber: sequenceNumber(record.seq),
    ...(record.expired && { userIdentity: { ...dialect.ttlIdentity } }),
  });

  return {
    updateStreamConfig(_call, name, config) {
      const table = tableName(name);
      const fields = args.object("config", config);
      const enabled = args.flag("enabled", fields["enabled"]);
      const viewType = args.oneOf("viewType", fields["viewType"] ?? "NEW_AND_OLD_IMAGES", VIEW_TYPES);
      const stored = state.tableToChange(table);
      const on = stored.stream?.enabled === true;
      if (enabled && on && (dialect.refusesRepeats || stored.stream?.viewType !== viewType))
        refuse("streamState", {
          rule: `table ${table} already has an enabled stream: disable it first`,
          resource: table,
        });
      if (!enabled && !on && dialect.refusesRepeats)
        refuse("streamState", { rule: `table ${table} has no stream to disable`, resource: table });
      if (enabled === on) return;
      if (enabled) {
        state.saveTable({ ...stored, stream: streams.enable(stored, viewType) });
      } else if (stored.stream) {
        streams.disable(stored);
        state.saveTable({ ...stored, stream: { ...stored.stream, enabled: false } });
      }
    },

    getStreamRecords(_call, name, options) {
      const table = tableName(name);
      const fields = args.options(options);
      const position = args.oneOf("position", fields["position"] ?? "TRIM_HORIZON", ["TRIM_HORIZON", "LATEST"]);
      const arn = args.optionalText("streamArn", fields["streamArn"]);
      const { stream, key } = streams.open(table, arn);
      const request = listRequest("getStreamRecords", [stream.arn], fields, PAGE);
      const trimmed = streams.trimmed(key);
      const { last } = streams.position(key);
      const token = request.after === undefined ? undefined : Number(request.after);
      if (token !== undefined && token < trimmed) refuse("streamTrimmed", { table, resource: stream.arn });
      const from = token ?? (position === "LATEST" ? last : trimmed);

      const items: StreamRecord[] = [];
      let bytes = 0;
      let after = from;
      let atEnd = true;
      for (const record of streams.after(key, from)) {
        bytes += record.size;
        if (items.length === request.limit || (items.length > 0 && bytes > PAGE_BYTES)) {
          atEnd = false;
          break;
        }
        items.push(recordOf(stream.table, record));
        after = record.seq;
      }
      // Behind all there is, so that what was read is not missed when it is trimmed.
      if (atEnd) after = last;
      const nextPageToken = pageToken({ ...request, after: String(after) });
      return { shardId: dialect.shardId, items, nextPageToken, atEnd };
    },
  };
}
