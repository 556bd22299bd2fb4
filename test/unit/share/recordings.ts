import fc from "fast-check";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";

/** What a test's run did: a call with some data, or a line on the console. */
export type Step = { readonly key: string; readonly size: number } | { readonly say: string };

/** What the page would have after a run of these steps. */
export function recordingOf(steps: readonly Step[], start = Date.UTC(2026, 0, 1)): RecordReader {
  const reader = new RecordReader();
  const log = new RecordLog({ onPage: (page) => reader.addPage(page) });
  let n = 0;
  for (const step of steps) {
    // The clock goes with the calls: what is said takes no time.
    if ("say" in step) {
      log.appendConsole("log", step.say, start + n);
      continue;
    }
    const { key, size } = step;
    const data = new Uint8Array(size).fill(++n);
    log.appendEntry({
      provider: "aws",
      service: "storage",
      operation: size % 2 === 0 ? "putObject" : "copyObject",
      timestamp: new Date(start + n),
      input: { bucket: "photos", key, data, tags: new Map([["size", size]]) },
      output: { key, size, lastModified: new Date(start + n), ratio: size / 3 },
    });
  }
  log.seal();
  return reader;
}

export const callOf = (i: number): Step => ({ key: `key-${i}`, size: i % 7 });
export const callsOf = (n: number): Step[] => Array.from({ length: n }, (_, i) => callOf(i));

const call = fc.record({ key: fc.string({ maxLength: 8 }), size: fc.integer({ min: 0, max: 50 }) });
export const calls = fc.array(call, { minLength: 1, maxLength: 400, size: "max" });
