const LATEST_MS = 3000;

/** Runs a task when the page has been painted and has nothing better to do; answers how to call it off. */
export function whenIdle(task: () => Promise<void>): () => void {
  let off = false;
  const start = (): void => {
    if (!off) void task();
  };
  // Safari has no requestIdleCallback.
  const later = (): unknown =>
    "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: LATEST_MS }) : setTimeout(start, 200);
  requestAnimationFrame(() => setTimeout(later));
  return () => {
    off = true;
  };
}
