import type { ResourceKind } from "../../../worker/emulator/core/service/resources";
import { showLine } from "../../ui/value";
import { valueAt } from "./content";
import { firstParts, type ResourceNode } from "./tree";

/** What a row of the tree says: a resource whose key says little by what people call it. Reads its value, so only of rows on the screen. */
export function titleOf(node: ResourceNode): string {
  const { account, kind, key, label } = node;
  const store = account.stores.get(kind.store);
  if (store === undefined || !store.has(key)) return label;
  const parent = account.service.resources.find((it) => it.kind === kind.parent?.kind);
  const grid = parent?.viewer?.of === kind.kind ? parent.viewer : undefined;
  if (parent && grid?.keys) return rowTitle(node, parent, grid.keys, grid.columns[0]) ?? label;
  const title = kind.title === undefined ? undefined : valueAt(store.valueOf(key), kind.title);
  return typeof title === "string" && title !== "" ? title : label;
}

/** Of a row in a table: its keys' values. */
function rowTitle(
  { account, kind, key }: ResourceNode,
  parent: ResourceKind,
  paths: readonly string[],
  attributes = "",
): string | undefined {
  const table = account.stores.get(parent.store)?.valueOf(firstParts(key, kind.parent?.parts ?? 0));
  const item = valueAt(account.stores.get(kind.store)?.valueOf(key), attributes);
  const values = paths
    .map((path) => valueAt(table, path))
    .filter((name) => typeof name === "string")
    .map((name) => valueAt(item, name));
  const texts = values.map((value) => (typeof value === "string" ? value : showLine(value)));
  return texts.length === 0 || values.includes(undefined) ? undefined : texts.join(" / ");
}
