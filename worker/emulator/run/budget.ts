import type { RunLimits } from "../../protocol";

const HOW_TO_RAISE = (name: keyof RunLimits): string =>
  `Raise "${name}" in Settings (or the link's limits) if the program really needs more.`;

const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

const MESSAGES: { readonly [K in Exclude<keyof RunLimits, "wallMs">]: (limit: number) => string } = {
  calls: (n) => `The run made ${count(n)} calls, its limit: is there a loop that never ends?`,
  timers: (n) => `${count(n)} timers fired, the run's limit: is there an interval that is never cleared?`,
  virtualMs: (n) =>
    `The run's clock moved ${count(Math.round(n / 86_400_000))} days, its limit: is there a timer that always sets another?`,
  consoleLines: (n) => `The run printed ${count(n)} lines, its limit.`,
  recordedBytes: (n) =>
    `The recording holds ${count(Math.round(n / 1_048_576))} MB, the run's limit: are the payloads larger than they need be?`,
};

/** Counts what a run uses. The limit that is reached first ends the run, once, with a message that says how to raise it. */
export class Budget {
  private readonly used = { calls: 0, timers: 0, consoleLines: 0 };
  private over = false;

  constructor(
    private readonly limits: RunLimits,
    private readonly onLimit: (message: string) => void,
  ) {}

  /** Calls that were let through. */
  get calls(): number {
    return Math.min(this.used.calls, this.limits.calls);
  }

  /** One more of something countable; false when that is too many. */
  spend(what: "calls" | "timers" | "consoleLines"): boolean {
    return ++this.used[what] <= this.limits[what] || this.end(what);
  }

  /** Checks a size that something else measures; false when it is too large. */
  check(what: "virtualMs" | "recordedBytes", size: number): boolean {
    return size <= this.limits[what] || this.end(what);
  }

  private end(what: Exclude<keyof RunLimits, "wallMs">): false {
    if (!this.over) {
      this.over = true;
      this.onLimit(`${MESSAGES[what](this.limits[what])} ${HOW_TO_RAISE(what)}`);
    }
    return false;
  }
}
