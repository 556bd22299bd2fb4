import type { Measure } from "./work/measure";

export type WorkName = "W1" | "W2" | "W3" | "W4" | "W6" | "MemStore";

/** One piece of work of one size. */
export interface Job {
  readonly work: WorkName;
  readonly n: number;
  readonly repetitions: number;
}

export type JobResult = { readonly measures: Measure[] } | { readonly problem: string };
