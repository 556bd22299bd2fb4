/** A receiver that waits. */
export class Waiter {
  /** Resolves when it is its turn to look. */
  ready!: Promise<void>;
  woken = false;
  /** Its time is over: it takes what there is, be it nothing. */
  over = false;
  private resolve!: () => void;
  private reject!: (reason: unknown) => void;

  constructor() {
    this.sleep();
  }

  wake(): void {
    this.woken = true;
    this.resolve();
  }

  /** Waits again, at the same place in the line. */
  sleep(): void {
    this.woken = false;
    this.ready = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  abort(reason: unknown): void {
    this.reject(reason);
  }
}

/**
 * Receivers that wait, in the order of their calls. One is woken at a time; when it has been served, and there is something left, the next one: so that nobody is
 * passed over.
 */
export class Line {
  private readonly waiters = new Set<Waiter>();

  get size(): number {
    return this.waiters.size;
  }

  /** Whether the first one is awake and not served yet: what is visible is for it. */
  get isServing(): boolean {
    return this.first?.woken === true;
  }

  join(waiter: Waiter): void {
    this.waiters.add(waiter);
  }

  leave(waiter: Waiter): void {
    this.waiters.delete(waiter);
  }

  /** Wakes the first one that there is something for: anything that is `ready`, or the end of its time. */
  wakeNext(ready: boolean): void {
    for (const waiter of this.waiters) {
      // It calls again when it has been served.
      if (waiter.woken) return;
      if (ready || waiter.over) return waiter.wake();
    }
  }

  wakeAll(): void {
    for (const waiter of this.waiters) waiter.wake();
  }

  private get first(): Waiter | undefined {
    for (const waiter of this.waiters) return waiter;
    return undefined;
  }
}
