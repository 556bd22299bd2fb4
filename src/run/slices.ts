/** Leaves the rest of a frame to drawing. */
const SLICE_MS = 8;

/**
 * Does long work a frame at a time, the first slice at once. `step` goes on while `hasTime` says so and answers whether all is done; after each
 * slice `tell` hears that.
 * @returns What stops it.
 */
export function inSlices(step: (hasTime: () => boolean) => boolean, tell: (done: boolean) => void): () => void {
  let frame: number | undefined;
  const go = (): void => {
    const end = performance.now() + SLICE_MS;
    const done = step(() => performance.now() < end);
    frame = done ? undefined : requestAnimationFrame(go);
    tell(done);
  };
  go();
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
