import { holdTime } from "../core/clock/holds";
import { macrotask } from "../core/clock/macrotask";

/** Calls between two breaths: often enough to answer the watchdog, seldom enough to cost nothing. */
const CALLS_PER_BREATH = 500;

/**
 * A program that does nothing but await calls never yields to its worker's event loop: no ping would be answered and no Stop heard. So every so
 * many calls an answer arrives one macrotask late, with time held meanwhile. Counted in calls and handed out in order, it is the same in every run.
 */
export class Pacer {
  private calls = 0;
  private last: Promise<void> = Promise.resolve();
  private stopped = false;
  private closed = false;

  /** `pause` may wait longer, for instance until the page has taken in what was sent. */
  constructor(private readonly pause: (() => Promise<void> | undefined) | undefined) {}

  pace<T>(answer: Promise<T>): Promise<T> {
    if (this.closed) {
      answer.catch(() => undefined);
      return new Promise(() => undefined);
    }
    if (++this.calls % CALLS_PER_BREATH !== 0) return answer;
    answer.catch(() => undefined);
    const release = holdTime();
    // One after the other: two answers that are both late must come in the order of their calls, however long a pause takes.
    this.last = this.last.then(() => this.breathe());
    return this.last.then(() => {
      release();
      return answer;
    });
  }

  /** A run that is ending gives no late answer any more. */
  stop(): void {
    this.stopped = true;
  }

  /** From here on nothing is answered at all: the run has ended while its program goes on. */
  close(): void {
    this.closed = true;
    this.stop();
  }

  private async breathe(): Promise<void> {
    await new Promise<void>(macrotask);
    await this.pause?.();
    if (this.stopped) await new Promise<never>(() => undefined);
  }
}
