import type { Transit } from "./transit";

/** Hops that wait for room at their target, by its name, in the order in which they came. */
export class Crowds {
  readonly #crowds = new Map<string, Transit[]>();

  has(name: string): boolean {
    return this.#crowds.has(name);
  }

  join(name: string, transit: Transit): void {
    const crowd = this.#crowds.get(name);
    if (crowd) crowd.push(transit);
    else this.#crowds.set(name, [transit]);
  }

  /** Takes the first. */
  next(name: string): Transit | undefined {
    const crowd = this.#crowds.get(name);
    const first = crowd?.shift();
    if (crowd?.length === 0) this.#crowds.delete(name);
    return first;
  }

  clear(): void {
    this.#crowds.clear();
  }
}
