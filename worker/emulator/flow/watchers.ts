import type { Turnstile } from "../core/service/turnstile";

/** Who wants to know when something becomes possible at a name. */
export class Watchers {
  readonly #watchers = new Map<string, Set<() => void>>();
  /** Names woken while a call was being made: once is enough. */
  readonly #woken = new Set<string>();

  constructor(private readonly turnstile: Turnstile) {}

  watch(name: string, fn: () => void): () => void {
    let watchers = this.#watchers.get(name);
    if (!watchers) this.#watchers.set(name, (watchers = new Set()));
    // The same function may watch twice.
    const own = (): void => fn();
    watchers.add(own);
    return () => {
      if (watchers.delete(own) && watchers.size === 0 && this.#watchers.get(name) === watchers)
        this.#watchers.delete(name);
    };
  }

  has(name: string): boolean {
    return this.#watchers.has(name);
  }

  wake(name: string): void {
    if (this.#woken.has(name)) return;
    this.#woken.add(name);
    this.turnstile.after(() => {
      this.#woken.delete(name);
      for (const fn of [...(this.#watchers.get(name) ?? [])]) fn();
    });
  }
}
