import type { MetricSample } from "../../../worker/emulator/features/recording/metric-sample";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { percentile } from "./percentile";

/** All samples of one of the program's own metrics with the same labels, in order. */
export interface OwnSeries {
  readonly key: string;
  readonly name: string;
  readonly type: MetricSample["type"];
  readonly labels: string;
  /** Records of the samples. */
  readonly records: number[];
  /** Milliseconds since 1970. */
  readonly times: number[];
  readonly values: number[];
}

/** What a program measured itself; follows its recording when asked. */
export class OwnMetrics {
  readonly #series = new Map<string, OwnSeries>();
  #seen = 0;

  constructor(private readonly recording: RecordReader) {}

  get series(): readonly OwnSeries[] {
    return [...this.#series.values()];
  }

  /** Goes on for as long as `hasTime` says so; true when every sample is known. */
  follow(hasTime: () => boolean): boolean {
    const metrics = this.recording.ordinals("metric");
    while (this.#seen < metrics.length) {
      const end = Math.min(metrics.length, this.#seen + 64);
      for (; this.#seen < end; this.#seen++) this.#take(metrics.at(this.#seen));
      if (!hasTime()) break;
    }
    return this.#seen === metrics.length;
  }

  #take(record: number): void {
    const { name, type, labels, value, timeMs } = this.recording.metricAt(record);
    const label = Object.entries(labels)
      .map(([key, text]) => `${key}=${text}`)
      .join(" ");
    const key = `${name}\0${label}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { key, name, type, labels: label, records: [], times: [], values: [] };
      this.#series.set(key, series);
    }
    series.records.push(record);
    series.times.push(timeMs);
    series.values.push(value);
  }
}

/** The samples of a series until a record, in short. */
export interface SeriesFigures {
  readonly series: OwnSeries;
  readonly samples: number;
  readonly sum: number;
  readonly last: number | undefined;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

export function figuresOf(series: OwnSeries, lastRecord: number): SeriesFigures {
  const samples = countUntil(series, lastRecord);
  const values = series.values.slice(0, samples);
  const sum = values.reduce((all, value) => all + value, 0);
  const sorted = Float64Array.from(values).sort();
  return { series, samples, sum, last: values.at(-1), p50: percentile(sorted, 50), p95: percentile(sorted, 95) };
}

/** How many samples stand at or before a record. */
export function countUntil({ records }: OwnSeries, lastRecord: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as number) <= lastRecord) low = middle + 1;
    else high = middle;
  }
  return low;
}
