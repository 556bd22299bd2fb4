/**
 * The row that a key leads to in a list of `count` rows, from row `at` (-1 when none is chosen) and with `page` rows to a page; `undefined` for keys that do not
 * move through lists.
 */
export function rowAfter(event: KeyboardEvent, at: number, count: number, page: number): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return undefined;
  const row = target(event.key, at, count, page);
  return row === undefined ? undefined : Math.max(0, Math.min(row, count - 1));
}

function target(key: string, at: number, count: number, page: number): number | undefined {
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at - 1;
  if (key === "PageDown") return at + page;
  if (key === "PageUp") return at - page;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}
