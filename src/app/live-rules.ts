/** A run that goes on behind what is shown. */
export interface LiveRun<R> {
  /** What came of it; undefined when it was stopped. */
  readonly ended: Promise<R | undefined>;
  stop(): void;
}

export interface LiveParts<R> {
  setTimer(fn: () => void, ms: number): number;
  clearTimer(timer: number): void;
  /** Starts a run of the program as it is now; undefined when that cannot be at the moment. */
  start(): LiveRun<R> | undefined;
  /** How it went: `good` is shown at once, `bad` may be half-typed, `unstarted` never ran and is not worth showing. */
  judge(result: R): "good" | "bad" | "unstarted";
  show(result: R): void;
  /** Why what is shown is not of the program as it is now. */
  note(text: string | undefined): void;
}

/** After the last key. */
export const PAUSE_MS = 300;
/** A failure is shown only to someone who has stopped typing: half a word fails, too. */
export const FAILURE_MS = 1_200;
/** Shorter runs need no word about them. */
export const LONG_MS = 500;

/** When live mode runs, what it drops and what it shows. */
export class LiveRules<R> {
  #timers: number[] = [];
  #current: LiveRun<R> | undefined;

  constructor(private readonly parts: LiveParts<R>) {}

  /** The program or its settings changed: whatever was running or waiting is of the past. */
  edited(): void {
    this.cancel();
    this.#after(PAUSE_MS, () => this.#start());
  }

  /** Drops what is running or waiting. */
  cancel(): void {
    for (const timer of this.#timers) this.parts.clearTimer(timer);
    this.#timers = [];
    this.#current?.stop();
    this.#current = undefined;
  }

  #start(): void {
    const run = this.parts.start();
    if (run === undefined) return this.#after(PAUSE_MS, () => this.#start());
    this.#current = run;
    this.#after(LONG_MS, () => this.parts.note("running"));
    void run.ended.then((result) => {
      if (this.#current !== run) return;
      this.cancel();
      if (result !== undefined) this.#take(result);
    });
  }

  #take(result: R): void {
    const how = this.parts.judge(result);
    if (how === "good") return this.#show(result);
    this.parts.note(how === "bad" ? "it fails now" : "it does not compile now");
    if (how === "bad") this.#after(FAILURE_MS, () => this.#show(result));
  }

  #show(result: R): void {
    this.parts.note(undefined);
    this.parts.show(result);
  }

  #after(ms: number, fn: () => void): void {
    this.#timers.push(this.parts.setTimer(fn, ms));
  }
}
