import type { Random } from "../../../emulator/core/random";
import { defineMethods } from "./define";

/** `Math.random` from the run's seed. */
export function installChance(random: Random): void {
  defineMethods(Math, { random: () => random.next() });
}
