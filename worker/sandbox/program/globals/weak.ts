import { define } from "./define";

/** A reference that never lets go: when a real one does is the garbage collector's whim. For the same reason there is no FinalizationRegistry. */
class LastingWeakRef<T extends object> {
  readonly #target: T;

  constructor(target: T) {
    this.#target = target;
  }

  deref(): T {
    return this.#target;
  }
}

export function installWeak(): void {
  Object.defineProperty(LastingWeakRef, "name", { value: "WeakRef" });
  define(globalThis, "WeakRef", LastingWeakRef);
}
