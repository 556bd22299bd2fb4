import type { Clock } from "../core/clock/clock";
import { nextTurn } from "../core/clock/turns";
import { CloudError } from "../core/errors";
import type { CloudName } from "../core/error-codes";
import { LoopGuard } from "./loop-guard";

type Job = () => unknown;

/** Steps of the event loop that a job gets to end in before the next one starts: enough for a function that waits for nothing but calls. */
const TICKS = 32;
/** Jobs between two turns, so that the event loop is not held up. */
const JOBS_A_TURN = 256;

/**
 * Starts what runs the program's code: on a later turn, one after the other in the order in which it fell due, before the clock moves on. One that waits for
 * something does not hold up the next.
 */
export class Dispatcher {
  readonly guard: LoopGuard;
  #due: Job[] = [];
  #next = 0;
  #asked = false;
  /** Jobs run, or what they have set going does. */
  #busy = false;
  #release: (() => void) | undefined;
  #stopped = false;
  /** Rises with every job that starts or ends. */
  #events = 0;

  constructor(
    private readonly clock: Clock,
    private readonly provider: CloudName,
  ) {
    this.guard = new LoopGuard(clock);
  }

  /** Jobs that have not started. */
  get waiting(): number {
    return this.#due.length - this.#next;
  }

  dispatch(job: Job): void {
    this.#due.push(job);
    this.#ask();
  }

  /** The program itself asks for something that will be dispatched. */
  asked(): void {
    if (!this.#busy) this.guard.allow();
  }

  /** Resolves when nothing is due and nothing runs that is not parked. */
  async settle(): Promise<void> {
    const release = this.clock.hold?.();
    try {
      let seen: number;
      do {
        seen = this.#events;
        this.#ask();
        await new Promise<void>(nextTurn);
        if (this.guard.tripped && this.waiting > 0) throw this.#loop();
      } while (this.waiting > 0 || this.#busy || seen !== this.#events);
    } finally {
      release?.();
    }
  }

  #ask(): void {
    if (this.#asked || this.#busy || this.waiting === 0) return;
    if (this.guard.tripped) return this.#stop();
    this.#asked = true;
    this.#release ??= this.clock.hold?.();
    nextTurn(() => {
      this.#asked = false;
      void this.#turn();
    });
  }

  async #turn(): Promise<void> {
    this.#busy = true;
    for (let started = 0; started < JOBS_A_TURN && this.waiting > 0 && !this.guard.tripped; started++) {
      const job = this.#due[this.#next++] as Job;
      if (this.#next === this.#due.length) {
        this.#due = [];
        this.#next = 0;
      }
      await this.#run(job);
    }
    // What is left of the last ones runs to where it waits for something real, and still counts as theirs.
    nextTurn(() => {
      this.#busy = false;
      if (this.waiting > 0 && !this.guard.tripped) return this.#ask();
      this.#letGo();
      this.#ask();
    });
  }

  async #run(job: Job): Promise<void> {
    this.#events += 1;
    let ended = false;
    const end = (): void => {
      ended = true;
      this.#events += 1;
    };
    const answer = started(job);
    if (!(answer instanceof Promise)) return;
    // A job that rejects has a fault of its own, which must not go unseen.
    void answer.finally(end);
    for (let tick = 0; tick < TICKS && !ended; tick++) await Promise.resolve();
  }

  #letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Goes on when the clock has moved, whatever moves it. */
  #stop(): void {
    this.#letGo();
    if (this.#stopped) return;
    this.#stopped = true;
    const goOn = (): void => {
      this.#stopped = false;
      this.#ask();
    };
    this.clock.setTimer(1, goOn, { label: "deliveries go on", background: true });
  }

  #loop(): CloudError {
    return new CloudError(
      "ResourceExhausted",
      `more than 10,000 deliveries at one moment: is this a loop? ${this.waiting} more wait until the clock moves`,
      { provider: this.provider, operation: "settle", nativeCode: "RecursiveInvocation" },
    );
  }
}

function started(job: Job): unknown {
  try {
    return job();
  } catch (error) {
    return Promise.reject(error);
  }
}
