import { setAmbient } from "../../emulator/core/ambient";
import { macrotask } from "../../emulator/core/clock/macrotask";
import type * as tabcloud from "../../emulator/program";
import { openRun, type Run } from "../../emulator/run";
import { DEFAULT_SETTINGS } from "../../emulator/run/settings";

/** Before it begins: a worker that is wanted again at once is left alone, and so is a page that still draws what the last run came to. */
const REST_MS = 400;
const CALLS = 5000;
/** Between two looks at whether the worker is wanted: about a millisecond. */
const CALLS_AT_ONCE = 50;

/**
 * Calls in a run that nobody sees, while a worker waits for its program. By the time that comes, the JavaScript engine has optimized the path of every call, which a
 * program of many calls would have to go slowly until then.
 */
export class Practice {
  #run: Run | undefined;
  #over = false;
  #calling: Promise<void> | undefined;

  /** `wait` takes real milliseconds. */
  async begin(wait: (ms: number) => Promise<void>): Promise<void> {
    await wait(REST_MS);
    if (this.#over) return;
    this.#run = openRun(DEFAULT_SETTINGS, { onPage: () => undefined, onEnd: () => undefined });
    const { Bucket, cloud } = this.#run.exports as unknown as typeof tabcloud;
    const bucket = new Bucket(cloud);
    await bucket.createBucket("practice");
    for (let done = 0; done < CALLS && !this.#over; done += CALLS_AT_ONCE) {
      this.#calling = putSome(bucket, done);
      await this.#calling;
      await new Promise<void>(macrotask);
    }
    this.#close();
  }

  /** From when this resolves on, nothing of it is under way. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#calling;
    this.#close();
  }

  #close(): void {
    if (!this.#run) return;
    this.#run.close({ reason: "completed" });
    this.#run = undefined;
    // The last to hold what it made.
    setAmbient(undefined);
  }
}

async function putSome(bucket: tabcloud.Bucket, from: number): Promise<void> {
  for (let i = from; i < from + CALLS_AT_ONCE; i++)
    await bucket.putObject("practice", `${i % 100}/${i}`, i % 2 === 0 ? "text" : Uint8Array.of(i));
}
