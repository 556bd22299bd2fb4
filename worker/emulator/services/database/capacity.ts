import { SECOND_MS } from "../../core/units";
import { refuse } from "./reasons";
import type { Capacity, State, StoredTable } from "./state";

type Kind = "read" | "write";

/** What rounding may have taken. */
const SLACK = 1e-9;

/** What provisioned tables have left: a bucket each for reads and writes, filled by the clock, that holds some minutes of it. */
export class Capacities {
  constructor(private readonly state: State) {}

  /** Takes units if there are so many; a table without a budget has any number. */
  take(table: StoredTable, kind: Kind, units: number): boolean {
    if (table.billing.mode === "onDemand") return true;
    const left = this.left(table);
    // What could never be paid at once is paid from a full bucket, and owed.
    if (left[kind] + SLACK < Math.min(units, this.most(table, kind))) return false;
    this.state.capacity.set(table.name, { ...left, [kind]: left[kind] - units });
    return true;
  }

  /** Takes units, or refuses. */
  charge(table: StoredTable, kind: Kind, units: number): void {
    if (!this.take(table, kind, units)) this.refuse(table, kind, units);
  }

  refuse(table: StoredTable, kind: Kind, units: number): never {
    const rate = this.rate(table, kind);
    const missing = Math.min(units, this.most(table, kind)) - this.left(table)[kind];
    const retryAfterMs = Math.max(1, Math.ceil((SECOND_MS * missing) / rate));
    return refuse("throttled", { table: table.name, kind, units: rate, retryAfterMs, resource: table.name });
  }

  /** After the budget changed: what was saved stays, as far as it fits. */
  adjust(table: StoredTable, before: StoredTable): void {
    if (table.billing.mode === "onDemand") {
      this.state.capacity.delete(table.name);
      return;
    }
    if (before.billing.mode === "onDemand") return;
    const { read, write, at } = this.left(before);
    this.state.capacity.set(table.name, {
      read: Math.min(read, this.most(table, "read")),
      write: Math.min(write, this.most(table, "write")),
      at,
    });
  }

  private left(table: StoredTable): Capacity {
    const at = this.state.nowMs();
    const before = this.state.capacity.get(table.name);
    const most = { read: this.most(table, "read"), write: this.most(table, "write") };
    if (before === undefined) return { ...most, at };
    const seconds = Math.max(0, at - before.at) / SECOND_MS;
    const filled = (kind: Kind): number => Math.min(most[kind], before[kind] + seconds * this.rate(table, kind));
    return { read: filled("read"), write: filled("write"), at };
  }

  private most(table: StoredTable, kind: Kind): number {
    return this.rate(table, kind) * this.state.dialect.burstSeconds;
  }

  private rate({ billing }: StoredTable, kind: Kind): number {
    if (billing.mode === "onDemand") return Infinity;
    return kind === "read" ? billing.readUnits : billing.writeUnits;
  }
}
