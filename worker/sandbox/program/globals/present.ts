import type { Clock } from "../../../emulator/core/clock/clock";
import type { Random } from "../../../emulator/core/random";
import type { Run } from "../../../emulator/run";

/** What built-ins need of a clock. */
export type Now = Pick<Clock, "nowMs">;
/** What built-ins need of a stream of chance. */
export type Chance = Pick<Random, "next">;

/** The clock and the chance that this realm's built-ins go by: those of the run it follows. Built-ins are in place before there is a program's run. */
export class Present {
  #clock: Now;
  #chance: Chance;
  readonly clock: Now = { nowMs: () => this.#clock.nowMs() };
  readonly chance: Chance = { next: () => this.#chance.next() };

  constructor(run: Pick<Run, "clock" | "random">) {
    this.#clock = run.clock;
    this.#chance = run.random;
  }

  follow({ clock, random }: Pick<Run, "clock" | "random">): void {
    this.#clock = clock;
    this.#chance = random.fork("Math.random");
  }
}
