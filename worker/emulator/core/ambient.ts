import type { Clock } from "./clock/clock";
import { RealClock } from "./clock/real-clock";
import type { CloudName } from "./error-codes";
import { seededRandom, type Random } from "./random";
import type { CallObserver, ChaosConcern } from "./service/concerns";

/**
 * What a provider, limiter or chaos engine stands in unless it is told otherwise: the run it was made in. Outside of runs that is the machine's own
 * clock and the default seed.
 */
export interface Ambient {
  readonly clock: Clock;
  readonly seed: string | number;
  readonly random: Random;
  /** See every call on every provider made here, whichever door it came through. */
  readonly observers: readonly CallObserver[];
  /** Default milliseconds of every portable call. */
  readonly latencyMs: number;
  /** Weather over every account made here, before that of the account's own chaos engine. */
  readonly chaos?: ChaosConcern | undefined;
  /** Asked before each call; a promise answers instead of it. */
  readonly gate?: () => Promise<never> | undefined;
  /** Holds an answer back now and then, so that a run in a tight loop of calls stays stoppable. */
  readonly pace?: <T>(answer: Promise<T>) => Promise<T>;
  /** A name no other account of this run has: `aws`, `aws#2`. */
  nameInstance(cloud: CloudName): string;
}

/** Names accounts of one cloud in the order they are made. */
export function instanceNames(): (cloud: CloudName) => string {
  const made = new Map<CloudName, number>();
  return (cloud) => {
    const n = (made.get(cloud) ?? 0) + 1;
    made.set(cloud, n);
    return n === 1 ? cloud : `${cloud}#${n}`;
  };
}

export const DEFAULT_SEED = "tabcloud";

function outsideOfRuns(): Ambient {
  return {
    clock: new RealClock(),
    seed: DEFAULT_SEED,
    random: seededRandom(DEFAULT_SEED),
    observers: [],
    latencyMs: 0,
    // Outside of runs accounts are independent of each other, so that tests in one process do not disturb each other.
    nameInstance: (cloud) => cloud,
  };
}

let current: Ambient | undefined;

/** The surroundings of whatever is made now. */
export function ambient(): Ambient {
  return (current ??= outsideOfRuns());
}

/** Opens a run's surroundings; `undefined` closes them. */
export function setAmbient(next: Ambient | undefined): void {
  current = next;
}
