import { tupleKey } from "../../core/store/keys";
import type { FindSource, StreamEntry, StreamSource } from "../../core/flow/event-sources";
import type { Parts } from "./parts";
import type { StoredRecord, StoredTable } from "./state";
import { filterable, type StreamOrigin } from "./stream-events";
import { recordPlace, seqOf, sequenceNumber, type OpenStream } from "./streams";

/** How event source mappings read the streams: by the name of a stream, or of a table that has one. */
export function streamSources({ state, streams }: Parts): FindSource {
  const { dialect, context } = state;
  /** Stored records of the entries that were given out, so that events are made of what a mapping kept. */
  const records = new WeakMap<StreamEntry, StoredRecord>();

  function entryOf({ stream }: OpenStream, record: StoredRecord): StreamEntry {
    const place = context.flow.recall(recordPlace(stream.arn, record.seq));
    const entry: StreamEntry = {
      sequenceNumber: sequenceNumber(record.seq),
      name: dialect.recordName(record),
      at: record.at,
      key: record.itemKey,
      size: record.size,
      filterable: filterable(record),
      ...(place && { place }),
    };
    records.set(entry, record);
    return entry;
  }

  function sourceOf(open: OpenStream): StreamSource {
    const { stream, key } = open;
    const { account } = context;
    const origin: StreamOrigin = {
      ...{ table: stream.table, streamArn: stream.arn, viewType: stream.viewType, account },
      identity: dialect.ttlIdentity,
      etag: (stamp) => dialect.etag(stamp),
    };
    const { last } = streams.position(key);
    return {
      kind: "stream",
      arn: stream.arn,
      enabled: stream.status === "ENABLED",
      shardId: dialect.shardId,
      last: last === 0 ? undefined : sequenceNumber(last),
      read(after, limit) {
        const entries: StreamEntry[] = [];
        for (const record of streams.after(key, after === undefined ? 0 : seqOf(after))) {
          if (entries.length === limit) break;
          entries.push(entryOf(open, record));
        }
        return entries;
      },
      event: (entries) =>
        dialect.streamEvent(
          entries.flatMap((entry) => records.get(entry) ?? []),
          origin,
        ),
    };
  }

  /** A table that has never had a stream: there to be told so. */
  const noStream = ({ arn }: StoredTable): StreamSource => ({
    ...{ kind: "stream", arn, enabled: false, shardId: dialect.shardId, last: undefined },
    read: () => [],
    event: () => [],
  });

  return (name) => {
    const own = streams.find(name);
    if (own) return sourceOf(own);
    // The name of a table is the end of its name in full, on every cloud.
    const table = state.tables.get(tupleKey(name.slice(name.lastIndexOf("/") + 1)));
    if (table?.arn !== name) return undefined;
    const open = streams.of(table);
    return open ? sourceOf(open) : noStream(table);
  };
}
