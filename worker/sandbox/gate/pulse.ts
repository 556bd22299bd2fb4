/** Milliseconds that a tick may count for, at most. */
const longestTickMs = 500;
const silenceMs = 2_000;
/** Parsing and running the emulator's code, on a slow machine. */
const bootMs = 15_000;

/**
 * Whether a program worker is still there. Counts time in ticks, a late tick as a short one: when the machine slept, or had no time for us either, the
 * program is not to blame.
 */
export class Pulse {
  static readonly tickMs = 250;

  /** Time that the program had to run in. */
  activeMs = 0;
  silentMs = 0;
  /** Number of the latest ping; 0 before the first. */
  asked = 0;
  private waiting = false;

  constructor(private lastTick: number) {}

  /** Anything from the program is a sign of life: how much it may say is limited elsewhere. */
  heard(): void {
    this.silentMs = 0;
  }

  /** Whether a pong answers the ping that is waiting for one. */
  answered(id: number): boolean {
    const expected = this.waiting && id === this.asked;
    this.waiting = false;
    return expected;
  }

  /** `ask`: send ping number {@link asked}. */
  tick(now: number, booted: boolean): "silent" | "ask" | "wait" {
    const passed = Math.min(now - this.lastTick, longestTickMs);
    this.lastTick = now;
    this.activeMs += passed;
    this.silentMs += passed;
    if (this.silentMs >= (booted ? silenceMs : bootMs)) return "silent";
    if (this.waiting || !booted) return "wait";
    this.waiting = true;
    this.asked++;
    return "ask";
  }
}
