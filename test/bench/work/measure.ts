/** What was done, how large the world was then, and what one step of it cost. */
export interface Measure {
  /** The piece of work: `W1`. */
  readonly work: string;
  readonly name: string;
  readonly n: number;
  readonly value: number;
  readonly unit: "ns" | "B" | "ms" | "KB" | "";
}

/** Milliseconds, as `performance.now`. */
export type Now = () => number;

/** An answer that is not as expected makes every figure worthless. */
export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`bench: ${what}`);
}

/** Takes down what steps cost, a piece of work and a size at a time. */
export class Stopwatch {
  readonly measures: Measure[] = [];

  constructor(
    private readonly work: string,
    private readonly n: number,
    private readonly now: Now,
  ) {}

  /** Nanoseconds a step of work that takes `steps` of them. */
  async time(name: string, steps: number, work: () => Promise<unknown> | void): Promise<void> {
    const start = this.now();
    await work();
    this.add(name, ((this.now() - start) * 1e6) / steps, "ns");
  }

  add(name: string, value: number, unit: Measure["unit"]): void {
    this.measures.push({ work: this.work, name, n: this.n, value, unit });
  }
}

/** Of several repetitions the fastest figure of each kind: what disturbs a machine only ever makes things slower. */
export function fastest(repetitions: readonly (readonly Measure[])[]): Measure[] {
  const best = new Map<string, Measure>();
  for (const measure of repetitions.flat()) {
    const key = `${measure.work}/${measure.name}/${measure.n}`;
    const known = best.get(key);
    if (known === undefined || measure.value < known.value) best.set(key, measure);
  }
  return [...best.values()];
}
