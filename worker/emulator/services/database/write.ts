import type { Call } from "../../core/service/call";
import { Refusal, type RefusalDetails } from "../../core/service/refusal";
import type { Fields } from "../../core/service/arguments";
import type { DatabaseDialect } from "./dialect";
import { compileCondition, holds, type CompiledCondition, type Leftovers } from "./expressions";
import { args } from "./input";
import { itemKey, keyOf, shownKey } from "./keys";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { keyNames } from "./schema";
import type { StoredItem, StoredTable } from "./state";
import type { Item, Key } from "./types";
import { copyItem } from "./values";

/** What a write asks of the item that is there. */
export interface Demands {
  readonly condition: CompiledCondition | undefined;
  readonly ifMatch: string | undefined;
  readonly returnOldOnFailure: boolean;
}

const NO_DEMANDS: Demands = { condition: undefined, ifMatch: undefined, returnOldOnFailure: false };

/** The demands that a call's options make. */
export function demandsOf(options: Fields | undefined, dialect: DatabaseDialect, leftovers?: Leftovers): Demands {
  if (options === undefined) return NO_DEMANDS;
  const { condition, ifMatch, returnOldOnFailure } = options;
  const etag = args.optionalText("ifMatch", ifMatch);
  if (etag !== undefined && !dialect.etags) refuse("etagsUnsupported");
  return {
    condition:
      condition === undefined ? undefined : compileCondition("ConditionExpression", condition, dialect, leftovers),
    ifMatch: etag,
    returnOldOnFailure: args.optionalFlag("returnOldOnFailure", returnOldOnFailure) ?? false,
  };
}

/** A place in a table, and what is there. */
export interface Slot {
  readonly table: StoredTable;
  /** In `items`. */
  readonly key: string;
  readonly old: StoredItem | undefined;
}

/** A write that has passed all checks of its own. */
export interface Write extends Slot {
  /** Absent: a deletion. */
  readonly next: { readonly item: Item; readonly size: number } | undefined;
  /** Where the new item is in each of the table's indexes. */
  readonly entries: readonly (string | undefined)[];
}

const NO_ENTRIES: Write["entries"] = [];

/** The slot of an item that is about to be put. */
export function slotOfItem({ state, expiry }: Parts, table: StoredTable, item: Item): Slot {
  const key = itemKey(table, item, state.dialect);
  return { table, key, old: expiry.visible(table, state.items.get(key)) };
}

/** The slot of a key. */
export function slotOfKey({ state, expiry }: Parts, table: StoredTable, key: Key): Slot {
  const at = keyOf(table, key, state.dialect);
  return { table, key: at, old: expiry.visible(table, state.items.get(at)) };
}

/** The write of a new item; refuses what an index cannot take. */
export function writeOf({ indexing }: Parts, slot: Slot, item: Item, size: number): Write {
  const { table, key, old } = slot;
  const entries = table.indexes.length === 0 ? NO_ENTRIES : indexing.entryKeys(table, item, key);
  return { table, key, old, next: { item, size }, entries };
}

export const deletionOf = ({ table, key, old }: Slot): Write => ({
  table,
  key,
  old,
  next: undefined,
  entries: NO_ENTRIES,
});

/** What refusals say of an item. */
export const detailsOf = (table: StoredTable, key: Item): RefusalDetails => ({
  table: table.name,
  key: shownKey(table, key),
  resource: table.name,
});

/** Why a write must not be done as things stand; `undefined` when nothing speaks against it. */
export function objection(slot: Slot, key: Item, demands: Demands, dialect: DatabaseDialect): Refusal | undefined {
  const { table, old } = slot;
  const { condition, ifMatch, returnOldOnFailure } = demands;
  if (ifMatch !== undefined) {
    if (old === undefined) return new Refusal("noSuchItem", detailsOf(table, key));
    if (dialect.etag(old.stamp) !== ifMatch) return new Refusal("etagDiffers", detailsOf(table, key));
  }
  if (condition === undefined || holds(condition, old?.item, dialect)) return undefined;
  return new Refusal("conditionFailed", {
    ...detailsOf(table, key),
    // It asked for no item of this key, and there is one.
    taken: old !== undefined && keyNames(table).some((name) => condition.notExists.has(name)),
    ...(returnOldOnFailure && old !== undefined && { item: copyItem(old.item) }),
  });
}

/**
 * Refuses because of the item that is there. That costs capacity, and a call that throws leaves nothing behind: on a table with a budget it answers a promise
 * instead, and what was taken stays taken.
 */
export function refuseWrite(
  { capacity, state }: Parts,
  { table, old }: Slot,
  refusal: Refusal,
): never | Promise<never> {
  if (table.billing.mode === "onDemand") throw refusal;
  const stored = old?.size ?? 0;
  capacity.charge(table, "write", state.dialect.writeUnits(stored, stored, false));
  return Promise.reject(refusal);
}

/** Takes what a write consumes, or refuses; answers how much. */
export function charge({ capacity, commits }: Parts, write: Write): number {
  const units = commits.cost(write, false);
  if (write.table.billing.mode !== "onDemand") capacity.charge(write.table, "write", units);
  return units;
}

/** Does a write for a call. */
export const commit = ({ commits }: Parts, call: Call, write: Write): StoredItem | undefined =>
  commits.apply(call, write);
