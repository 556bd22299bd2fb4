import type { TimerId } from "../../core/clock/clock";
import type { Call } from "../../core/service/call";
import { prefixOf, tupleKey } from "../../core/store/keys";
import type { Expiry } from "./expiry";
import type { Indexing } from "./indexing";
import type { State, StoredIndex, StoredTable } from "./state";
import type { Streams } from "./streams";

/** Takes tables and indexes out of their passing states, on the clock. The timers are not state: they follow from it. */
export class Transitions {
  private readonly timers = new Map<string, TimerId>();

  constructor(
    private readonly state: State,
    private readonly indexing: Indexing,
    private readonly expiry: Expiry,
    private readonly streams: Streams,
  ) {}

  /** Saves a table, and sees to it that what passes ends in time. */
  save(table: StoredTable): void {
    this.state.saveTable(table);
    this.arm(table);
  }

  /** Removes a table and all that is in it. Stream records stay until they are old. */
  drop(table: StoredTable): void {
    const { state } = this;
    if (table.ttl?.enabled) {
      this.expiry.reenter({ ...table, ttl: { ...table.ttl, enabled: false } }, table.ttl);
    }
    this.streams.disable(table);
    for (const [key] of state.items.range({ prefix: prefixOf(table.name) })) state.items.delete(key);
    this.indexing.clear(table.name);
    state.usage.delete(table.name);
    state.capacity.delete(table.name);
    state.tables.delete(tupleKey(table.name));
    this.disarm(table.name);
  }

  /** Arms the timers that the stored tables call for, and no others. */
  resume(): void {
    for (const name of [...this.timers.keys()]) this.disarm(name);
    for (const [, table] of this.state.tables.range()) this.arm(table);
  }

  private arm(table: StoredTable): void {
    this.disarm(table.name);
    const due = Math.min(table.until ?? Infinity, ...table.indexes.map(({ until }) => until ?? Infinity));
    if (due === Infinity) return;
    const { context } = this.state;
    const input = { table: table.name, status: table.status };
    this.timers.set(
      table.name,
      context.at(due, "tableTransition", input, (call) => this.advance(call, table.name)),
    );
  }

  private disarm(table: string): void {
    const timer = this.timers.get(table);
    if (timer !== undefined) this.state.context.cancel(timer);
    this.timers.delete(table);
  }

  private advance(_call: Call, name: string): { status: string } {
    this.timers.delete(name);
    const { until, ...table } = this.state.table(name);
    const now = this.state.nowMs();
    const over = (moment: number | undefined): boolean => moment !== undefined && moment <= now;
    if (over(until) && table.status === "DELETING") {
      this.drop(table);
      return { status: "DELETED" };
    }
    const indexes: StoredIndex[] = [];
    for (const { until: ends, ...index } of table.indexes) {
      if (!over(ends)) indexes.push(ends === undefined ? index : { ...index, until: ends });
      else if (index.status === "CREATING") indexes.push({ ...index, status: "ACTIVE" });
      else this.indexing.clear(name, index.name);
    }
    const status = over(until) ? "ACTIVE" : table.status;
    this.save({ ...table, ...(until !== undefined && !over(until) && { until }), status, indexes });
    return { status };
  }
}
