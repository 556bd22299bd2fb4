import type { RangeOptions } from "../../core/store/range";
import { prefixOf } from "../../core/store/keys";
import { args } from "./input";
import { projectedNames, resolve } from "./indexing";
import { indexPrefix } from "./keys";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { findIndex, keyNames } from "./schema";
import type { CompiledProjection } from "./expressions";
import type { KeyPair, StoredIndex, StoredItem, StoredTable } from "./state";

/** What is queried or scanned: a table, or one of its indexes. */
export interface Source {
  readonly table: StoredTable;
  readonly index: StoredIndex | undefined;
  /** What it is ordered by. */
  readonly pair: KeyPair;
  /** What all its keys begin with. */
  readonly prefix: string;
  /** The only attributes that it holds; `undefined` for all. */
  readonly names: ReadonlySet<string> | undefined;
  walk(range: RangeOptions): Iterable<[string, StoredItem | undefined]>;
}

/** The table or index that a call reads, or the refusal. */
export function openSource(parts: Parts, name: string, indexName: string | undefined): Source {
  const { state, indexing } = parts;
  const table = state.tableOfItems(name);
  if (indexName === undefined) {
    const prefix = prefixOf(name);
    return {
      table,
      index: undefined,
      pair: table,
      prefix,
      names: undefined,
      walk: (range) => state.items.range(range),
    };
  }
  const index = findIndex(table, indexName);
  if (index.status !== "ACTIVE")
    refuse("indexNotReady", { index: indexName, status: index.status, resource: indexName });
  return {
    ...{ table, index, pair: index, prefix: indexPrefix(name, indexName), names: projectedNames(table, index) },
    *walk(range) {
      indexing.settle();
      for (const [key, entry] of state.entries.range(range)) yield [key, resolve(state, entry)];
    },
  };
}

/** Refuses a consistent read of what need not be consistent; answers whether one was asked for. */
export function consistency({ index }: Source, asked: unknown): boolean {
  const consistent = args.optionalFlag("consistentRead", asked) ?? false;
  if (consistent && index?.kind === "global")
    refuse("badQuery", {
      argument: "consistentRead",
      rule: "false on a global index: it shows writes only after a while",
    });
  return consistent;
}

/**
 * The attributes that a read sees of each item; `undefined` for all. A local index fetches from its table what it does not hold, a global one cannot.
 */
export function viewOf(source: Source, projection: CompiledProjection | undefined): ReadonlySet<string> | undefined {
  const { names, index } = source;
  if (names === undefined || index === undefined || projection === undefined) return names;
  const lacking = [...projection.attributes].filter((name) => !names.has(name));
  if (lacking.length === 0) return names;
  if (index.kind === "local") return undefined;
  const rule = `of attributes that index ${index.name} holds: ${lacking.join(", ")} is not projected`;
  return refuse("badQuery", { argument: "projection", rule });
}

/** The names that a query is by: those of the source, and of the table behind it. */
export const namesOfKeys = ({ table, pair }: Source): Set<string> => new Set([...keyNames(pair), ...keyNames(table)]);
