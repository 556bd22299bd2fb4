import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { Distribution } from "./distribution";

/** All samples of one of the program's own metrics with the same labels. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly labels: string;
  readonly samples: number;
  readonly sum: number;
  readonly last: number;
  readonly values: Distribution;
}

type Growing = { -readonly [K in keyof Series]: Series[K] };

/** What a program measured itself; follows its recording when asked. */
export class OwnMetrics {
  readonly #series = new Map<string, Growing>();
  #seen = 0;

  constructor(private readonly recording: RecordReader) {}

  follow(): readonly Series[] {
    const metrics = this.recording.ordinals("metric");
    for (; this.#seen < metrics.length; this.#seen++) {
      const { name, type, labels, value } = this.recording.metricAt(metrics.at(this.#seen));
      const label = Object.entries(labels)
        .map(([key, text]) => `${key}=${text}`)
        .join(" ");
      const key = `${name}\0${label}`;
      let series = this.#series.get(key);
      if (series === undefined) {
        series = { key, name, type, labels: label, samples: 0, sum: 0, last: 0, values: new Distribution() };
        this.#series.set(key, series);
      }
      series.samples++;
      series.sum += value;
      series.last = value;
      series.values.add(value);
    }
    return [...this.#series.values()];
  }
}
