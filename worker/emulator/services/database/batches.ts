import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import type { DatabaseDriver } from "./driver";
import { compileProjection, project } from "./expressions";
import { args, batchArgs, tableName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { BatchWrite, Item, Key } from "./types";
import { admitItem, copyItem } from "./values";
import { commit, deletionOf, slotOfItem, slotOfKey, writeOf, type Write } from "./write";

/** One entry of a batch, and how to look at it again when its turn comes: entries before it may have changed what is there. */
interface Entry {
  readonly key: string;
  readonly size: number;
  write(): Write;
}

/** The operations on several items at once, each done by itself. */
export function batches(
  parts: Parts,
): Pick<EngineOf<DatabaseDriver>, "batchPutItems" | "batchGetItems" | "batchWriteItems"> {
  const { state, capacity, commits } = parts;
  const { dialect } = state;

  function checkCount(argument: string, value: unknown, max: number): unknown[] {
    const list = batchArgs.list(argument, value, (element) => element);
    if (list.length === 0) batchArgs.complain(argument, "at least one");
    if (list.length > max) batchArgs.complain(argument, `at most ${max}, not ${list.length}`);
    return list;
  }

  function checkKeys(argument: string, keys: readonly string[]): void {
    if (dialect.refusesDuplicates && new Set(keys).size < keys.length)
      batchArgs.complain(argument, "of different keys: one is there twice");
  }

  /** Does entries in order, as far as the budget goes; answers how many. */
  function perform(call: Call, argument: string, entries: readonly Entry[]): number {
    checkKeys(
      argument,
      entries.map(({ key }) => key),
    );
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size > dialect.maxBatchBytes) refuse("tooLarge", { size, max: dialect.maxBatchBytes });
    for (const [done, entry] of entries.entries()) {
      const write = entry.write();
      const units = commits.cost(write, false);
      if (!capacity.take(write.table, "write", units)) {
        if (done === 0) capacity.refuse(write.table, "write", units);
        return done;
      }
      commit(parts, call, write);
    }
    return entries.length;
  }

  function putEntry(name: string, value: unknown): { item: Item; size: number; entry: () => Entry } {
    const { item, size } = admitItem(value, dialect);
    const entry = (): Entry => {
      const table = state.tableOfItems(name);
      const write = (): Write => writeOf(parts, slotOfItem(parts, table, item), item, size);
      // Also so that an index that cannot take it refuses before anything is done.
      return { key: write().key, size, write };
    };
    return { item, size, entry };
  }

  const deleteEntry = (name: string, key: Key) => (): Entry => {
    const slot = slotOfKey(parts, state.tableOfItems(name), key);
    return { key: slot.key, size: 0, write: () => deletionOf(slotOfKey(parts, slot.table, key)) };
  };

  return {
    batchPutItems(call, name, items, options) {
      const table = tableName(name);
      args.options(options);
      const puts = checkCount("items", items, dialect.maxBatchPuts).map((item) => putEntry(table, item));
      state.tableOfItems(table);
      const done = perform(
        call,
        "items",
        puts.map(({ entry }) => entry()),
      );
      return { unprocessed: puts.slice(done).map(({ item }) => copyItem(item)) };
    },

    batchWriteItems(call, writes, options) {
      args.options(options);
      const entries = checkCount("writes", writes, dialect.maxBatchPuts).map((each, i) => {
        const { table, put, deleteKey } = batchArgs.object(`writes[${i}]`, each);
        const name = tableName(table);
        if ((put === undefined) === (deleteKey === undefined))
          batchArgs.complain(`writes[${i}]`, "either a put or a deleteKey");
        if (put === undefined) {
          const key = batchArgs.object(`writes[${i}].deleteKey`, deleteKey) as Key;
          return {
            entry: deleteEntry(name, key),
            again: (): BatchWrite => ({ table: name, deleteKey: copyItem(key) }),
          };
        }
        const { item, entry } = putEntry(name, put);
        return { entry, again: (): BatchWrite => ({ table: name, put: copyItem(item) }) };
      });
      const done = perform(
        call,
        "writes",
        entries.map(({ entry }) => entry()),
      );
      return { unprocessed: entries.slice(done).map(({ again }) => again()) };
    },

    batchGetItems(_call, name, keys, options) {
      const table = tableName(name);
      const fields = args.options(options);
      const projection =
        fields["projection"] === undefined ? undefined : compileProjection(fields["projection"], dialect);
      const consistent = args.optionalFlag("consistentRead", fields["consistentRead"]) ?? false;
      const asked = checkCount("keys", keys, dialect.maxBatchGets).map(
        (key, i) => batchArgs.object(`keys[${i}]`, key) as Key,
      );
      const stored = state.tableOfItems(table);
      const slots = asked.map((key) => slotOfKey(parts, stored, key));
      checkKeys(
        "keys",
        slots.map(({ key }) => key),
      );
      const items: Item[] = [];
      let bytes = 0;
      for (const [done, { old }] of slots.entries()) {
        const units = dialect.readUnits(old?.size ?? 0, { consistent, transactional: false });
        bytes += old?.size ?? 0;
        const fits = bytes <= dialect.maxBatchBytes;
        if (!fits || !capacity.take(stored, "read", units)) {
          if (done === 0 && fits) capacity.refuse(stored, "read", units);
          return { items, unprocessedKeys: asked.slice(done).map(copyItem) };
        }
        if (old) items.push(projection ? project(projection, old.item) : copyItem(old.item));
      }
      return { items, unprocessedKeys: [] };
    },
  };
}
