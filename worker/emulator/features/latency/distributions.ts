import { checkDuration, checkFinite, invalid } from "../../core/check";
import type { Random } from "../../core/random";

/** How long calls take, as a draw of chance for each. */
export class Distribution {
  constructor(
    /** As it was written: `uniform(10, 50)`. */
    readonly name: string,
    private readonly draw: (random: Random) => number,
  ) {}

  /** The next duration: whole milliseconds, not below 0. */
  sample(random: Random): number {
    return Math.max(0, Math.round(this.draw(random)));
  }
}

/** Every call takes `ms` milliseconds. @throws CloudError `InvalidArgument` below 0 or not finite. */
export function fixed(ms: number): Distribution {
  checkDuration("ms", ms);
  return new Distribution(`fixed(${ms})`, () => ms);
}

/** Anything from `min` to `max` milliseconds, all alike. @throws CloudError `InvalidArgument` below 0, not finite, or `max` below `min`. */
export function uniform(min: number, max: number): Distribution {
  checkDuration("min", min);
  checkFinite("max", max, { min });
  return new Distribution(`uniform(${min}, ${max})`, (random) => min + (max - min) * random.next());
}

/** A bell around `mean`, `sd` wide, cut off at 0. @throws CloudError `InvalidArgument` below 0 or not finite. */
export function normal(mean: number, sd: number): Distribution {
  checkDuration("mean", mean);
  checkDuration("sd", sd);
  return new Distribution(`normal(${mean}, ${sd})`, (random) => mean + sd * bell(random));
}

/** Mostly short, now and then long: waiting times between independent events. @throws CloudError `InvalidArgument` below 0 or not finite. */
export function exponential(mean: number): Distribution {
  checkDuration("mean", mean);
  return new Distribution(`exponential(${mean})`, (random) => -mean * Math.log(1 - random.next()));
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/**
 * What real services look like, by what their dashboards say: half of the calls take up to `p50`, 99 of 100 up to `p99` milliseconds.
 * @throws CloudError `InvalidArgument` unless 0 < p50 <= p99, both finite.
 */
export function logNormal({ p50, p99 }: { p50: number; p99: number }): Distribution {
  if (checkDuration("p50", p50) === 0) invalid("p50", "above 0", p50);
  checkFinite("p99", p99, { min: p50 });
  const sigma = Math.log(p99 / p50) / Z99;
  return new Distribution(`logNormal(${p50}, ${p99})`, (random) => p50 * Math.exp(sigma * bell(random)));
}

/**
 * One of a few durations, each as often as its weight says: `choice([[10, 9], [500, 1]])` takes 500 ms once in ten calls.
 * @throws CloudError `InvalidArgument` for a negative number, or when all weights are 0.
 */
export function choice(options: readonly (readonly [ms: number, weight: number])[]): Distribution {
  if (!Array.isArray(options)) invalid("options", "an array of [ms, weight]", options);
  const list = options.map(([ms, weight]) => [checkDuration("ms", ms), checkDuration("weight", weight)] as const);
  const total = list.reduce((sum, [, weight]) => sum + weight, 0);
  if (!(total > 0 && total < Infinity)) invalid("options", "a list with a weight above 0", options);
  const name = `choice(${list.map(([ms, weight]) => `${ms}: ${weight}`).join(", ")})`;
  return new Distribution(name, (random) => {
    let left = random.next() * total;
    for (const [ms, weight] of list) {
      left -= weight;
      if (left < 0) return ms;
    }
    return list.findLast(([, weight]) => weight > 0)?.[0] ?? 0;
  });
}

/** A draw of the standard normal distribution (Box and Muller), always from two numbers, so that streams stay in step. */
function bell(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
