const DIRS = 1000;

/** Object `i` of W1: keys over 1,000 folders. */
export const keyOf = (i: number): string => `${folderOf(i)}obj-${String(i).padStart(7, "0")}`;
export const folderOf = (i: number): string => `dir-${String(i % DIRS).padStart(3, "0")}/`;
export const foldersOf = (n: number): number => Math.min(n, DIRS);

/** How many objects of `n` are in each folder; for `n` that the number of folders divides. */
export const inFolder = (n: number): number => n / DIRS;

/** The same shuffle every time (xorshift32), so that runs can be compared. */
export function shuffled(n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let state = 0x9e3779b9;
  for (let i = n - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    const item = order[i] as number;
    order[i] = order[j] as number;
    order[j] = item;
  }
  return order;
}
