/** A sample of a program's own metric. */
export interface MetricSample {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}
