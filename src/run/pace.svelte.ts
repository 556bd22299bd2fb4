/** Between two looks at a recording that is growing. */
const EVERY_MS = 250;

/**
 * A version that a costly view can follow: at most four times a second while a run goes on, and at once when it has ended.
 * Call while a component is being made.
 */
export function paced(version: () => number, urgent: () => boolean): { readonly current: number } {
  let current = $state(0);
  let last = -Infinity;
  $effect(() => {
    const now = version();
    const wait = urgent() ? 0 : Math.max(0, last + EVERY_MS - performance.now());
    const take = (): void => {
      last = performance.now();
      current = now;
    };
    if (wait === 0) return take();
    const timer = setTimeout(take, wait);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return current;
    },
  };
}
