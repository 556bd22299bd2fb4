import { checkDate, checkFinite } from "../../core/check";
import { nameKey } from "../by-operation";
import type { SampleRing } from "./sample-ring";
import { Totals, type Labels, type MetricType, type Series } from "./series";

/** One measurement. */
export interface Sample {
  readonly name: string;
  readonly type: MetricType;
  readonly value: number;
  readonly labels: Labels;
  readonly at: Date;
}

/** What is asked about: series by their fields, samples by their time. */
interface Selection {
  readonly series: (series: Series) => boolean;
  /** Milliseconds since 1970; `from` is included, `to` is not. */
  readonly from: number;
  readonly to: number;
}

const EVERYTHING: Selection = { series: () => true, from: -Infinity, to: Infinity };

/** Labels whose values are names of the API, where case does not count. */
const NAME_LABELS: ReadonlySet<string> = new Set(["provider", "service", "operation"]);

/** Own labels only: a label may be called `constructor`. */
const valueOf = (labels: Labels, label: string): string | undefined =>
  Object.hasOwn(labels, label) ? labels[label] : undefined;

const hasLabel = (labels: Labels, label: string, wanted: string): boolean => {
  const value = valueOf(labels, label);
  if (value === undefined) return false;
  return value === wanted || (NAME_LABELS.has(label) && nameKey(value) === nameKey(wanted));
};

/**
 * A question to a collector. Filters answer a narrower question and leave this one as it is; the ends (`count`, `sum`, ...) answer it from what has
 * been measured by then.
 *
 * The collector keeps the latest 100,000 samples one by one. Of older ones `count`, `sum`, `avg`, `min`, `max` and `last` still know, unless `between`
 * cuts through them; `percentile` and `results` do not.
 *
 * ```ts
 * metrics.query().byName("call_duration").byLabel("operation", "putObject").percentile(95); // seconds
 * ```
 */
export class MetricsQuery {
  /** @internal */
  constructor(
    private readonly allSeries: readonly Series[],
    private readonly ring: SampleRing,
    private readonly selection: Selection = EVERYTHING,
  ) {}

  /** Only samples of one metric: `"calls_total"`. */
  byName(name: string): MetricsQuery {
    return this.#where((series) => series.name === name);
  }

  /** Only samples of counters, gauges or histograms. */
  byType(type: MetricType): MetricsQuery {
    return this.#where((series) => series.type === type);
  }

  /** Only samples with this label. */
  byLabel(label: string, value: string): MetricsQuery {
    return this.byLabels({ [label]: value });
  }

  /** Only samples with all of these labels. */
  byLabels(labels: Labels): MetricsQuery {
    const wanted = Object.entries(labels);
    return this.#where((series) => wanted.every(([label, value]) => hasLabel(series.labels, label, value)));
  }

  /** Only samples at `from` or later, and before `to`. @throws CloudError `InvalidArgument` for an invalid date. */
  between(from: Date, to: Date): MetricsQuery {
    return this.#narrow({
      from: Math.max(this.selection.from, checkDate("from", from).getTime()),
      to: Math.min(this.selection.to, checkDate("to", to).getTime()),
    });
  }

  /** How many samples there are. */
  count(): number {
    return this.#totals().count;
  }

  /** The sum of their values; 0 when there are none. */
  sum(): number {
    return this.#totals().sum;
  }

  /** The mean of their values; `undefined` when there are none. */
  avg(): number | undefined {
    const { count, sum } = this.#totals();
    return count === 0 ? undefined : sum / count;
  }

  /** The least value; `undefined` when there is none. */
  min(): number | undefined {
    const { count, min } = this.#totals();
    return count === 0 ? undefined : min;
  }

  /** The greatest value; `undefined` when there is none. */
  max(): number | undefined {
    const { count, max } = this.#totals();
    return count === 0 ? undefined : max;
  }

  /** The latest value; `undefined` when there is none. */
  last(): number | undefined {
    let last = this.#lastFolded();
    this.#visit(({ divisor }, value) => (last = value / divisor));
    return last;
  }

  /**
   * The value that `p` of 100 samples do not exceed, between neighbours in proportion; `undefined` when there are none.
   * @throws CloudError `InvalidArgument` for `p` outside of 0 to 100.
   */
  percentile(p: number): number | undefined {
    checkFinite("p", p, { min: 0, max: 100 });
    const values: number[] = [];
    this.#visit((series, value) => void values.push(value / series.divisor));
    return percentileOf(Float64Array.from(values).sort(), p);
  }

  /** The same question for each value of a label; samples without it are under `""`. */
  groupBy(label: string): Map<string, MetricsQuery> {
    const values = new Set(this.#selected().map(({ labels }) => valueOf(labels, label) ?? ""));
    return new Map(
      [...values].sort().map((value) => [value, this.#where(({ labels }) => (valueOf(labels, label) ?? "") === value)]),
    );
  }

  /** The samples that are still kept one by one, oldest first. */
  results(): Sample[] {
    const samples: Sample[] = [];
    this.#visit(({ name, type, labels, divisor }, value, at) => {
      samples.push({ name, type, value: value / divisor, labels, at: new Date(at) });
    });
    return samples;
  }

  #where(series: (series: Series) => boolean): MetricsQuery {
    const before = this.selection.series;
    return this.#narrow({ series: (each) => before(each) && series(each) });
  }

  #narrow(change: Partial<Selection>): MetricsQuery {
    return new MetricsQuery(this.allSeries, this.ring, { ...this.selection, ...change });
  }

  /** The series that were asked for and have any sample at all. */
  #selected(): Series[] {
    return this.allSeries.filter((series) => series.all.count > 0 && this.selection.series(series));
  }

  #visit(visit: (series: Series, value: number, at: number) => void): void {
    const { from, to } = this.selection;
    const chosen: (Series | undefined)[] = [];
    for (const series of this.#selected()) chosen[series.id] = series;
    this.ring.forEach((id, value, at) => {
      const series = chosen[id];
      if (series && at >= from && at < to) visit(series, value, at);
    });
  }

  #totals(): Totals {
    const { from, to } = this.selection;
    const whole = from === -Infinity && to === Infinity;
    const bySeries = new Map<Series, Totals>();
    for (const series of this.#selected()) {
      if (whole) bySeries.set(series, series.all);
      else if (series.foldedFrom >= from && series.foldedTo < to) bySeries.set(series, copyOf(series.folded));
      else bySeries.set(series, new Totals());
    }
    if (!whole) this.#visit((series, value) => bySeries.get(series)?.add(value));
    return added(bySeries);
  }

  #lastFolded(): number | undefined {
    const { from, to } = this.selection;
    const inTime = this.#selected().filter(({ lastAt }) => lastAt >= from && lastAt < to);
    const latest = inTime.reduce<Series | undefined>((a, b) => (a && a.lastAt > b.lastAt ? a : b), undefined);
    return latest && latest.last / latest.divisor;
  }
}

function copyOf(totals: Totals): Totals {
  const copy = new Totals();
  copy.addAll(totals);
  return copy;
}

/** All of it in the metrics' units. Divided only at the end, so that sums of whole milliseconds are exact. */
function added(bySeries: ReadonlyMap<Series, Totals>): Totals {
  const byDivisor = new Map<number, Totals>();
  for (const [{ divisor }, totals] of bySeries) {
    const sum = byDivisor.get(divisor) ?? new Totals();
    sum.addAll(totals);
    byDivisor.set(divisor, sum);
  }
  const total = new Totals();
  for (const [divisor, { count, sum, min, max }] of byDivisor) {
    total.addAll(Object.assign(new Totals(), { count, sum: sum / divisor, min: min / divisor, max: max / divisor }));
  }
  return total;
}

/** The `p`th percentile of sorted values: at rank (n - 1) p / 100, between two neighbours in proportion. */
export function percentileOf(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const rank = ((sorted.length - 1) * p) / 100;
  const below = sorted[Math.floor(rank)] as number;
  const above = sorted[Math.ceil(rank)] as number;
  return below === above ? below : below + (above - below) * (rank - Math.floor(rank));
}
