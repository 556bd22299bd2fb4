import { checkInteger, checkMoment, checkProbability, invalid } from "../../core/check";
import type { Random } from "../../core/random";

/** What a policy decides by. */
export interface Attempt {
  /** Calls that reached the rule, this one included: 1, 2, 3, ... */
  readonly count: number;
  /** Milliseconds since 1970, when the call began. */
  readonly nowMs: number;
  /** The rule's own stream of chance. */
  readonly random: Random;
}

/** When an injection rule fires. Stateless: what it needs to know of earlier calls is in the attempt. */
export interface InjectionPolicy {
  /** Shown by `injector.rules()`. */
  readonly name: string;
  /** Whether this attempt fails. */
  fires(attempt: Attempt): boolean;
}

const policy = (name: string, fires: InjectionPolicy["fires"]): InjectionPolicy => Object.freeze({ name, fires });

/** Every call fails. */
export function always(): InjectionPolicy {
  return policy("always()", () => true);
}

/** Calls n, 2n, 3n, ... fail. @throws CloudError `InvalidArgument` unless `n` is a whole number of at least 1. */
export function everyN(n: number): InjectionPolicy {
  checkInteger("n", n, { min: 1 });
  return policy(`everyN(${n})`, ({ count }) => count % n === 0);
}

/** Each call fails with probability `p`, the same calls in every run of a seed. @throws CloudError `InvalidArgument` outside of 0 to 1. */
export function probabilistic(p: number): InjectionPolicy {
  checkProbability("p", p);
  return policy(`probabilistic(${p})`, ({ random }) => random.next() < p);
}

/** Calls 1 to `n` fail, then none. @throws CloudError `InvalidArgument` unless `n` is a whole number of at least 0. */
export function firstN(n: number): InjectionPolicy {
  checkInteger("n", n, { min: 0 });
  return policy(`firstN(${n})`, ({ count }) => count <= n);
}

/** Only call `k` fails. @throws CloudError `InvalidArgument` unless `k` is a whole number of at least 1. */
export function nth(k: number): InjectionPolicy {
  checkInteger("k", k, { min: 1 });
  return policy(`nth(${k})`, ({ count }) => count === k);
}

/** Calls 1 to `n` pass, then all fail. @throws CloudError `InvalidArgument` unless `n` is a whole number of at least 0. */
export function afterN(n: number): InjectionPolicy {
  checkInteger("n", n, { min: 0 });
  return policy(`afterN(${n})`, ({ count }) => count > n);
}

/** The first calls fail where the list says `true`; those after it pass. */
export function sequence(fails: readonly boolean[]): InjectionPolicy {
  const list: readonly unknown[] = Array.isArray(fails) ? [...(fails as readonly unknown[])] : [undefined];
  if (list.some((each) => typeof each !== "boolean")) invalid("fails", "an array of booleans", fails);
  return policy(`sequence(${list.join(", ")})`, ({ count }) => list[count - 1] === true);
}

/** Calls that begin at `from` or later, and before `to`, fail. @throws CloudError `InvalidArgument` for a bad date, or `to` before `from`. */
export function during(from: Date | number | string, to: Date | number | string): InjectionPolicy {
  const [start, end] = [checkMoment("from", from), checkMoment("to", to)];
  if (end < start) invalid("to", "not before from", to);
  const name = `during(${new Date(start).toISOString()}, ${new Date(end).toISOString()})`;
  return policy(name, ({ nowMs }) => nowMs >= start && nowMs < end);
}
