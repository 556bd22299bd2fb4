/** How often each value occurred. Virtual durations take few values, so this stays small however many calls there are. */
export class Distribution {
  readonly #counts = new Map<number, number>();
  #sorted: number[] | undefined;
  #size = 0;

  add(value: number): void {
    const before = this.#counts.get(value);
    this.#counts.set(value, (before ?? 0) + 1);
    this.#size++;
    if (before === undefined) this.#sorted = undefined;
  }

  get size(): number {
    return this.#size;
  }

  /** As `metrics.percentile`: between the two nearest ranks, linearly. `p` from 0 to 100; undefined when there are no values. */
  percentile(p: number): number | undefined {
    if (this.#size === 0) return undefined;
    this.#sorted ??= [...this.#counts.keys()].sort((a, b) => a - b);
    const rank = ((this.#size - 1) * p) / 100;
    const below = this.#at(Math.floor(rank));
    return below + (this.#at(Math.ceil(rank)) - below) * (rank % 1);
  }

  /** The value at a rank, from 0. */
  #at(rank: number): number {
    let passed = 0;
    for (const value of this.#sorted ?? []) {
      passed += this.#counts.get(value) as number;
      if (passed > rank) return value;
    }
    return 0;
  }
}
