/** Knows whether a call of the account is being made, and lets things happen right after it. */
export class Turnstile {
  /** Calls that were entered and not left: one inside the other, when a call delivers its events. */
  #inside = 0;
  #waiting: (() => void)[] = [];

  enter(): void {
    this.#inside += 1;
  }

  leave(): void {
    this.#inside -= 1;
    if (this.#inside === 0 && this.#waiting.length > 0) this.#letIn();
  }

  /** Runs `fn` once no call is being made any more: now, or right after the outermost one. */
  after(fn: () => void): void {
    if (this.#inside === 0) fn();
    else this.#waiting.push(fn);
  }

  #letIn(): void {
    // What these make happen in turn waits for its own calls, and comes after those that wait already.
    for (let fns = this.#waiting; fns.length > 0 && this.#inside === 0; fns = this.#waiting) {
      this.#waiting = [];
      for (const fn of fns) fn();
    }
  }
}
