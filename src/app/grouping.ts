/** Groups in the order of their first item, items in theirs. */
export function groupBy<T>(items: readonly T[], groupOf: (item: T) => string): [group: string, items: T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(groupOf(item));
    if (group === undefined) groups.set(groupOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
