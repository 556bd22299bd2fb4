/** Works on all items, never on more than `size` at a time. */
export async function inPool<T>(size: number, items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values(); // one iterator for all workers: each takes the next item that is left
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: size }, worker));
}
