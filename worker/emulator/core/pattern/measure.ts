import type { Branch } from "./branch";
import { malformed } from "./pattern-error";
import type { PatternRules } from "./rules";

/** Outermost names, those inside `$or` too. */
function keysOf(branch: Branch, found = new Set<string>()): Set<string> {
  for (const name of branch.fields.keys()) found.add(name);
  for (const ways of branch.either) for (const way of ways) keysOf(way, found);
  return found;
}

/** Product over all lists of length times depth; the ways of an `$or` add up. */
function combinations({ leaves, fields, either }: Branch, depth: number): number {
  let product = 1;
  for (const { count } of leaves) product *= count * depth;
  for (const field of fields.values()) product *= combinations(field, depth + 1);
  for (const ways of either) product *= ways.reduce((sum, way) => sum + combinations(way, depth), 0);
  return product;
}

/** Refuses a pattern that asks for more than it may. */
export function checkSize(branch: Branch, { maxKeys, maxCombinations }: PatternRules): void {
  if (keysOf(branch).size > maxKeys) malformed("", `about at most ${maxKeys} names`);
  if (maxCombinations === Infinity) return;
  const count = combinations(branch, 0);
  if (count > maxCombinations)
    malformed("", `of at most ${maxCombinations} combinations: list lengths times depths, multiplied`);
}
