/** What a metric measures: something that only grows, something that goes up and down, or a spread of values. */
export type MetricType = "counter" | "gauge" | "histogram";

/** Names and values that tell the series of one metric apart. */
export type Labels = Readonly<Record<string, string>>;

/** Upper bounds of a histogram's buckets, included; a last one without bound follows. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts values by bucket. */
export class Spread {
  readonly counts = new Float64Array(BUCKETS.length + 1);
  count = 0;
  sum = 0;

  /** `divisor` makes a value what the bounds are in: values are kept as they came, so that sums of milliseconds stay exact. */
  constructor(readonly divisor: number) {}

  add(value: number): void {
    const bounded = value / this.divisor;
    let bucket = 0;
    while (bucket < BUCKETS.length && bounded > (BUCKETS[bucket] as number)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.count += 1;
    this.sum += value;
  }
}

/** Samples in short: everything about them but their order. */
export class Totals {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  addAll(other: Totals): void {
    this.count += other.count;
    this.sum += other.sum;
    if (other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
  }
}

/** Every sample of one metric with the same labels: all of them in short, and which of them are no longer kept one by one. */
export class Series {
  readonly all = new Totals();
  /** Those that had to make room. */
  readonly folded = new Totals();
  foldedFrom = Infinity;
  foldedTo = -Infinity;
  last = 0;
  lastAt = -Infinity;

  constructor(
    /** Place in the collector's list; samples name their series by it. */
    readonly id: number,
    readonly name: string,
    readonly type: MetricType,
    readonly labels: Labels,
    /** Samples are kept in this part of the metric's unit: 1000 where they are milliseconds of a metric in seconds. */
    readonly divisor: number,
    /** A program's own, as opposed to what the collector counts of calls. */
    readonly own: boolean,
    /** By bucket, where exports need it. */
    readonly spread: Spread | undefined,
  ) {}

  add(value: number, at: number): void {
    this.all.add(value);
    this.spread?.add(value);
    this.last = value;
    this.lastAt = at;
  }

  fold(value: number, at: number): void {
    this.folded.add(value);
    if (at < this.foldedFrom) this.foldedFrom = at;
    if (at > this.foldedTo) this.foldedTo = at;
  }
}
