import { defineMethods } from "./define";
import type { Chance } from "./present";

/** `Math.random` from the run's seed. */
export function installChance(chance: Chance): void {
  defineMethods(Math, { random: () => chance.next() });
}
