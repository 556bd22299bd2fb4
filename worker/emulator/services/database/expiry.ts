import type { TimerId } from "../../core/clock/clock";
import type { Call } from "../../core/service/call";
import { ascending, prefixOf, tupleKey } from "../../core/store/keys";
import { SECOND_MS } from "../../core/units";
import type { Commits } from "./commits";
import type { DatabaseDialect } from "./dialect";
import { keyAttributes } from "./keys";
import type { State, StoredItem, StoredTTL, StoredTable } from "./state";
import { deletionOf } from "./write";

/** The last moment that a `Date` can say. */
const LAST_MS = 8.64e15;
const MICROS_PER_SECOND = 1e6;
const NEVER = -1;

/** When an item expires, in milliseconds since 1970; `undefined` for never. Each is the first millisecond at which it is gone. */
export function expiryOf(ttl: StoredTTL, stored: StoredItem, dialect: DatabaseDialect): number | undefined {
  const { attributeName, defaultTtlSeconds } = ttl;
  const value = Object.hasOwn(stored.item, attributeName) ? stored.item[attributeName] : undefined;
  if (value instanceof Date) return dialect.ttlDates ? value.getTime() : undefined;
  if (value === undefined) return defaultTtlSeconds === undefined ? undefined : lifetime(stored, defaultTtlSeconds);
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  const seconds = Number(value);
  if (dialect.ttlLifetimes && attributeName === dialect.defaultTtlAttribute) return lifetime(stored, seconds);
  return within((Math.floor(seconds) + 1) * SECOND_MS);
}

const within = (ms: number): number | undefined => (Math.abs(ms) <= LAST_MS ? ms : undefined);

function lifetime({ stamp }: StoredItem, seconds: number): number | undefined {
  if (seconds === NEVER || seconds <= 0) return undefined;
  return within(Math.ceil(Math.floor(stamp / MICROS_PER_SECOND) + seconds) * SECOND_MS);
}

/** Deletes what has expired, on the clock: one timer, for what is due first. It is not state: it follows from what expires. */
export class Expiry {
  private timer: TimerId | undefined;
  /** What the timer is for: a key in `expiring`. */
  private awaited: string | undefined;
  private commits: Commits | undefined;

  constructor(private readonly state: State) {}

  /** Deletions are writes like any other. */
  deleteThrough(commits: Commits): void {
    this.commits = commits;
  }

  /** The item, unless it has expired and the cloud hides that. */
  visible({ ttl }: StoredTable, stored: StoredItem | undefined): StoredItem | undefined {
    if (!ttl?.enabled || stored === undefined || !this.state.dialect.hidesExpired) return stored;
    const due = expiryOf(ttl, stored, this.state.dialect);
    return due !== undefined && due <= this.state.nowMs() ? undefined : stored;
  }

  /** After a write: the item expires at another moment. */
  moved({ ttl }: StoredTable, at: string, old: StoredItem | undefined, stored: StoredItem | undefined): void {
    if (!ttl?.enabled) return;
    const from = old && this.placeOf(ttl, at, old);
    const to = stored && this.placeOf(ttl, at, stored);
    if (from === to) return;
    if (from !== undefined) this.state.expiring.delete(from);
    if (to !== undefined && stored !== undefined && !this.tooOld(ttl, stored)) this.state.expiring.set(to, at);
    this.arm();
  }

  /** After TTL was switched on or off, or the table is to go: enters its items anew. */
  reenter(table: StoredTable, before: StoredTTL | undefined): void {
    const { items, expiring } = this.state;
    for (const [at, stored] of items.range({ prefix: prefixOf(table.name) })) {
      const from = before?.enabled ? this.placeOf(before, at, stored) : undefined;
      if (from !== undefined) expiring.delete(from);
      if (table.ttl?.enabled !== true || this.tooOld(table.ttl, stored)) continue;
      const to = this.placeOf(table.ttl, at, stored);
      if (to !== undefined) expiring.set(to, at);
    }
    this.arm();
  }

  /** Arms the timer that the stores call for, and no other. */
  resume(): void {
    this.awaited = undefined;
    if (this.timer !== undefined) this.state.context.cancel(this.timer);
    this.timer = undefined;
    this.arm();
  }

  private placeOf(ttl: StoredTTL, at: string, stored: StoredItem): string | undefined {
    const due = expiryOf(ttl, stored, this.state.dialect);
    return due === undefined ? undefined : tupleKey(ascending(due)) + at;
  }

  private tooOld(ttl: StoredTTL, stored: StoredItem): boolean {
    const due = expiryOf(ttl, stored, this.state.dialect);
    // Due is a second after the moment that the attribute says.
    return due !== undefined && due - SECOND_MS < this.state.nowMs() - this.state.dialect.ttlMaxAgeMs;
  }

  private arm(): void {
    const { context, dialect, expiring } = this.state;
    const [first, at] = expiring.first() ?? [];
    if (first === this.awaited) return;
    if (this.timer !== undefined) context.cancel(this.timer);
    this.timer = undefined;
    this.awaited = first;
    const stored = at === undefined ? undefined : this.state.items.get(at);
    if (at === undefined || stored === undefined) return;
    const table = this.tableOf(at);
    const due = table?.ttl && expiryOf(table.ttl, stored, dialect);
    if (table === undefined || due === undefined) return;
    const input = { table: table.name, key: keyAttributes(table, stored.item) };
    this.timer = context.at(due + dialect.ttlLagMs, "ttlDelete", input, (call) => this.expire(call, table.name, at));
  }

  private tableOf(at: string): StoredTable | undefined {
    return this.state.tables.get(at.slice(0, at.indexOf("\0") + 1));
  }

  private expire(call: Call, name: string, at: string): { deleted: boolean } {
    this.timer = undefined;
    const { state } = this;
    const table = state.table(name);
    const old = state.items.get(at);
    if (old !== undefined) this.commits?.apply(call, deletionOf({ table, key: at, old }), true);
    this.arm();
    return { deleted: old !== undefined };
  }
}
