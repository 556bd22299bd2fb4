import type { EngineOf } from "../../core/service/operations";
import type { DatabaseDriver } from "./driver";
import {
  applyUpdate,
  checkLeftovers,
  compileProjection,
  compileUpdate,
  project,
  type CompiledProjection,
  type CompiledUpdate,
  type Leftovers,
} from "./expressions";
import { args, tableName } from "./input";
import type { Parts } from "./parts";
import { Refusal } from "../../core/service/refusal";
import { refuse } from "./reasons";
import { keyNames } from "./schema";
import type { StoredItem, StoredTable } from "./state";
import type { Item, Key, WriteResult } from "./types";
import { admitItem, copyItem, itemSize, resize } from "./values";
import {
  charge,
  commit,
  deletionOf,
  demandsOf,
  detailsOf,
  objection,
  refuseWrite,
  slotOfItem,
  slotOfKey,
  writeOf,
  type Slot,
} from "./write";

const RETURN_VALUES = ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"] as const;

/** Refuses an update that would change what the item is found by. */
export function checkTargets(update: CompiledUpdate, table: StoredTable): void {
  const target = keyNames(table).find((name) => update.attributes.has(name));
  if (target !== undefined) refuse("keyAsTarget", { name: target });
}

/** The item that an update makes, and what is wrong with it, if anything: nothing is written. */
export function updated(parts: Parts, slot: Slot, key: Item, update: CompiledUpdate): { item: Item; size: number } {
  const { dialect } = parts.state;
  const { table, old } = slot;
  if (old === undefined && !dialect.updateCreates) refuse("noSuchItem", detailsOf(table, key));
  const item = applyUpdate(update, old ? old.item : key, dialect);
  return { item, size: old ? resize(old, item, update.attributes, dialect) : itemSize(item, dialect) };
}

/** The operations on single items. */
export function items(
  parts: Parts,
): Pick<EngineOf<DatabaseDriver>, "putItem" | "getItem" | "findItem" | "updateItem" | "deleteItem"> {
  const { state, capacity } = parts;
  const { dialect } = state;
  const tagged = (stored: StoredItem | undefined): { etag?: string } =>
    dialect.etags && stored ? { etag: dialect.etag(stored.stamp) } : {};

  function read(
    name: unknown,
    key: unknown,
    options: unknown,
  ): { table: StoredTable; key: Key; item: Item | undefined } {
    const fields = options === undefined ? undefined : args.options(options);
    const projection =
      fields?.["projection"] === undefined ? undefined : compileProjection(fields["projection"], dialect);
    const consistent = args.optionalFlag("consistentRead", fields?.["consistentRead"]) ?? false;
    const table = tableName(name);
    const asked = args.object("key", key) as Key;
    const stored = state.tableOfItems(table);
    const { old } = slotOfKey(parts, stored, asked);
    if (stored.billing.mode !== "onDemand")
      capacity.charge(stored, "read", dialect.readUnits(old?.size ?? 0, { consistent, transactional: false }));
    const item = old && (projection ? project(projection, old.item) : copyItem(old.item));
    return { table: stored, key: asked, item };
  }

  /** What an update is about, nested parts alone where it is about those. */
  const touched = ({ changes }: CompiledUpdate): CompiledProjection =>
    compileProjection(
      changes.map(({ path }) => [...path]),
      dialect,
    );

  return {
    putItem(call, name, item, options) {
      const table = tableName(name);
      const fields = options === undefined ? undefined : args.options(options);
      const returnOld = args.optionalFlag("returnOld", fields?.["returnOld"]) ?? false;
      const demands = demandsOf(fields, dialect);
      const admitted = admitItem(item, dialect);
      const slot = slotOfItem(parts, state.tableOfItems(table), admitted.item);
      const write = writeOf(parts, slot, admitted.item, admitted.size);
      const refusal = objection(slot, admitted.item, demands, dialect);
      if (refusal) return refuseWrite(parts, slot, refusal);
      const consumed = charge(parts, write);
      const stored = commit(parts, call, write);
      const result: WriteResult = { consumed };
      if (dialect.etags) Object.assign(result, tagged(stored));
      if (returnOld && slot.old) result.attributes = copyItem(slot.old.item);
      return result;
    },

    getItem(_call, name, key, options) {
      const { table, key: asked, item } = read(name, key, options);
      return item ?? refuse("noSuchItem", detailsOf(table, asked));
    },

    findItem(_call, name, key, options) {
      return read(name, key, options).item;
    },

    updateItem(call, name, key, actions, options) {
      const table = tableName(name);
      const asked = args.object("key", key) as Key;
      const fields = options === undefined ? undefined : args.options(options);
      const returnValues = args.oneOf("returnValues", fields?.["returnValues"] ?? "ALL_NEW", RETURN_VALUES);
      const leftovers: Leftovers = [];
      const update = compileUpdate(actions, dialect, leftovers);
      const demands = demandsOf(fields, dialect, leftovers);
      checkLeftovers(leftovers);
      const stored = state.tableOfItems(table);
      const slot = slotOfKey(parts, stored, asked);
      checkTargets(update, stored);
      const refusal = objection(slot, asked, demands, dialect);
      if (refusal) return refuseWrite(parts, slot, refusal);
      const { item, size } = updated(parts, slot, slot.old ? asked : admitItem(asked, dialect).item, update);
      const write = writeOf(parts, slot, item, size);
      charge(parts, write);
      commit(parts, call, write);
      const shown = returnValues.endsWith("OLD") ? slot.old?.item : item;
      if (returnValues === "NONE" || shown === undefined) return undefined;
      return returnValues.startsWith("UPDATED") ? project(touched(update), shown) : copyItem(shown);
    },

    deleteItem(call, name, key, options) {
      const table = tableName(name);
      const asked = args.object("key", key) as Key;
      const fields = options === undefined ? undefined : args.options(options);
      const returnOld = args.optionalFlag("returnOld", fields?.["returnOld"]) ?? false;
      const demands = demandsOf(fields, dialect);
      const slot = slotOfKey(parts, state.tableOfItems(table), asked);
      const refusal =
        objection(slot, asked, demands, dialect) ??
        (slot.old === undefined && !dialect.toleratesMissing
          ? new Refusal("noSuchItem", detailsOf(slot.table, asked))
          : undefined);
      if (refusal) return refuseWrite(parts, slot, refusal);
      const write = deletionOf(slot);
      const consumed = charge(parts, write);
      commit(parts, call, write);
      return { consumed, ...(returnOld && slot.old && { attributes: copyItem(slot.old.item) }) };
    },
  };
}
