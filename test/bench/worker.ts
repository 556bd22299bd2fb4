/** The worker that the benches run in; bundled as one classic script. */
import type { Job, JobResult, WorkName } from "./job";
import { memStore } from "./work/mem-store";
import { fastest, type Measure, type Now } from "./work/measure";
import { w1 } from "./work/w1";
import { w2 } from "./work/w2";
import { w3 } from "./work/w3";
import { w4 } from "./work/w4";
import { w6 } from "./work/w6";

const WORKS: Record<WorkName, (n: number, now: Now) => Promise<Measure[]>> = {
  MemStore: memStore,
  W1: w1,
  W2: w2,
  W3: w3,
  W4: w4,
  W6: w6,
};

async function perform({ work, n, repetitions }: Job): Promise<JobResult> {
  const results: Measure[][] = [];
  try {
    for (let i = 0; i < repetitions; i++) results.push(await WORKS[work](n, () => performance.now()));
    return { measures: fastest(results) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

self.onmessage = ({ data }: MessageEvent<Job>) => void perform(data).then((result) => self.postMessage(result));
