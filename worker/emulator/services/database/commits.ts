import type { Call } from "../../core/service/call";
import type { Expiry } from "./expiry";
import type { Indexing } from "./indexing";
import type { State, StoredItem } from "./state";
import type { Streams } from "./streams";
import type { Write } from "./write";

const MICROS = 1000;

/** Where every change of an item ends: its place in the table, in the indexes, among what expires, and in the stream. */
export class Commits {
  constructor(
    private readonly state: State,
    private readonly indexing: Indexing,
    private readonly expiry: Expiry,
    private readonly streams: Streams,
  ) {}

  /** What a write consumes. */
  cost(write: Write, transactional: boolean): number {
    const { old, next, table } = write;
    const units = this.state.dialect.writeUnits(old?.size ?? 0, next?.size ?? 0, transactional);
    if (table.indexes.length === 0) return units;
    return units + this.indexing.units(write) * (transactional ? 2 : 1);
  }

  /** Does a write; answers what is then there. Nothing refuses any more. */
  apply(call: Call, write: Write, expired = false): StoredItem | undefined {
    const { state } = this;
    const { table, key, next } = write;
    // What has expired is hidden from its table, but it is there, and in the indexes.
    const old = write.old ?? (table.ttl ? state.items.get(key) : undefined);
    const usage = state.usageOf(table.name);
    const stamp = Math.max(state.nowMs() * MICROS, usage.stamp + 1);
    const stored: StoredItem | undefined = next && {
      item: next.item,
      size: next.size,
      stamp,
      created: write.old ? write.old.created : stamp,
    };
    if (stored) state.items.set(key, stored);
    else if (old) state.items.delete(key);
    else return undefined;
    state.usage.set(table.name, { bytes: usage.bytes - (old?.size ?? 0) + (next?.size ?? 0), stamp });
    if (table.indexes.length > 0) this.indexing.update(old === write.old ? write : { ...write, old }, stored, stamp);
    if (table.ttl) this.expiry.moved(table, key, old, stored);
    if (table.stream?.enabled) this.streams.record(call, table, key, write.old, stored, expired);
    return stored;
  }
}
