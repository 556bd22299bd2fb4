/** Leaves the rest of a frame to drawing. */
const SLICE_MS = 8;

/** Takes all steps of long work, a slice of time after the other; `stopped` ends it early, with undefined. */
export async function stepwise<T>(
  steps: Iterator<unknown, T>,
  stopped: () => boolean = () => false,
): Promise<T | undefined> {
  let pauseAt = performance.now() + SLICE_MS;
  while (!stopped()) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < pauseAt) continue;
    await new Promise((resolve) => setTimeout(resolve));
    pauseAt = performance.now() + SLICE_MS;
  }
  return undefined;
}
