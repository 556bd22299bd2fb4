import type { Measure } from "./work/measure";

/** What a figure has to be at most, as agreed beforehand for a worker in Chromium. */
export interface Goal {
  readonly work: string;
  readonly name: string;
  readonly n: number;
  readonly most: number;
}

export const GOALS: readonly Goal[] = [
  { work: "W1", name: "put", n: 1e5, most: 4000 },
  { work: "W1", name: "get", n: 1e5, most: 3000 },
  { work: "W1", name: "list a page of 100 of one prefix", n: 1e6, most: 60_000 },
  { work: "W2", name: "put", n: 1e5, most: 3000 },
  { work: "W2", name: "get", n: 1e5, most: 3000 },
  { work: "W2", name: "query a partition of 100", n: 1e5, most: 80_000 },
  { work: "W2", name: "conditional update", n: 1e5, most: 4000 },
  { work: "W3", name: "send", n: 1e5, most: 1500 },
  { work: "W3", name: "receive in tens and delete each, a message", n: 1e5, most: 3000 },
  { work: "W3", name: "delete while all are in flight", n: 1e5, most: 2000 },
  { work: "W4", name: "put, all concerns", n: 1e5, most: 4000 },
  { work: "W4", name: "bytes a recorded call", n: 1e5, most: 300 },
  { work: "W4", name: "count calls of one operation", n: 1e5, most: 50_000 },
  { work: "W6", name: "one event through", n: 1e5, most: 20_000 },
  // 10,000 in under two seconds.
  { work: "W6", name: "one event through, recorded in full", n: 1e4, most: 200_000 },
  { work: "P1", name: "Run until every row is there", n: 1e5, most: 1000 },
  { work: "P1", name: "longest main-thread gap", n: 1e5, most: 50 },
  { work: "P2", name: "hello-cloud, warm (median of 20)", n: 1, most: 60 },
  { work: "P2", name: "hello-cloud, first after load", n: 1, most: 250 },
  { work: "T1", name: "Resources: jump anywhere, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T1", name: "Resources: step, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T1", name: "Calls: jump anywhere, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T1", name: "Calls: step, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T1", name: "Console: jump anywhere, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T1", name: "Console: step, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T3", name: "Timeline: zoom and move, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T3", name: "Metrics: jump anywhere, longest main-thread gap", n: 1e5, most: 50 },
  { work: "T2", name: "puts, three lanes against one", n: 1e5, most: 2.5 },
  { work: "T2", name: "hello-cloud, three lanes against one", n: 1, most: 2.5 },
  { work: "P3", name: "first save", n: 1e5, most: 600 },
  { work: "P3", name: "save after 10 changes", n: 1e5, most: 30 },
  { work: "P3", name: "restore", n: 1e5, most: 700 },
  { work: "P4", name: "bytes until readable", n: 1, most: 40 },
  { work: "P4", name: "bytes until Run works", n: 1, most: 200 },
];

/** A call may cost at the largest size at most so many times what it costs at the smallest. */
export const MOST_GROWTH = 2;

export const goalOf = ({ work, name, n }: Measure): Goal | undefined =>
  GOALS.find((it) => it.work === work && it.name === name && it.n === n);
