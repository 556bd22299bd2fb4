import { ambient } from "../../core/ambient";
import { checkFunction, checkNonEmptyString, checkOneOf, invalid } from "../../core/check";
import type { Clock } from "../../core/clock/clock";
import type { Random } from "../../core/random";
import type { Call } from "../../core/service/call";
import type { InjectionConcern } from "../../core/service/concerns";
import { ANY, ByOperation, nameKey } from "../by-operation";
import { checkErrorSource, type ErrorSource, type InjectedCall } from "../injected-error";
import type { InjectionPolicy } from "./policies";
import { Rule, type InjectionPhase, type RuleId, type RuleInfo } from "./rule";

/** Options of an {@link ErrorInjector}. */
export interface ErrorInjectorOptions {
  /** Where `check` takes time from; default: the run's clock, outside of runs a `RealClock`. */
  clock?: Clock;
  /** Where chance comes from; default: the run's. Each rule draws from a stream of its own. */
  rng?: Random;
}

/** Narrows an injection rule. */
export interface InjectionRuleOptions {
  /** Only calls for which this is true are counted and may fail. */
  when?: (call: InjectedCall) => boolean;
  /** `"before"` (default): the driver is not called. `"after"`: it is, and its answer is lost, as when a connection breaks. */
  phase?: InjectionPhase;
}

/** What became of the rules that a call reached. */
interface Verdict {
  readonly phase: InjectionPhase;
  readonly error: Error;
}

/**
 * Makes calls fail on purpose, by rules.
 *
 * ```ts
 * const injector = new ErrorInjector();
 * injector.set("storage", "getObject", "Unavailable", everyN(3));
 * const photos = new Bucket(cloud, { injector }); // every third getObject fails
 * ```
 */
export class ErrorInjector implements InjectionConcern {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #rules = new Map<string, Rule>();
  readonly #matching = new ByOperation((service, operation) => this.#rulesFor(service, operation));
  readonly #lost = new WeakMap<Call, Error>();
  #made = 0;

  constructor({ clock, rng }: ErrorInjectorOptions = {}) {
    this.#clock = clock ?? ambient().clock;
    this.#random = rng ?? ambient().random;
  }

  /**
   * Adds a rule for an operation of a service, or replaces the one there, with its count. `"*"` stands for any; a call is shown to the rule of the
   * exact pair first, then `service:*`, `*:operation`, `*:*`, and the first that fires wins.
   *
   * @param error What the call fails with: a `CloudError` (copied for each call), a code, or a function that makes an error for each call.
   * @throws CloudError `InvalidArgument` for an empty name, no error or no policy.
   */
  set(
    service: string,
    operation: string,
    error: ErrorSource,
    policy: InjectionPolicy,
    { when, phase = "before" }: InjectionRuleOptions = {},
  ): RuleId {
    const key = pairKey(checkNonEmptyString("service", service), checkNonEmptyString("operation", operation));
    checkErrorSource("error", error);
    if (typeof policy?.fires !== "function") invalid("policy", "a policy, for example everyN(3)", policy);
    if (when !== undefined) checkFunction("when", when);
    checkOneOf("phase", phase, ["before", "after"]);
    const id = ++this.#made;
    const random = this.#random.fork(`inject/${nameKey(service)}/${nameKey(operation)}/${id}`);
    this.#rules.set(key, new Rule({ id, service, operation, phase, error, policy, when, random }));
    this.#matching.clear();
    return id;
  }

  /** Takes away the rule of a pair; answers whether there was one. */
  remove(service: string, operation: string): boolean {
    this.#matching.clear();
    return this.#rules.delete(pairKey(service, operation));
  }

  /** Takes away every rule. */
  reset(): void {
    this.#matching.clear();
    this.#rules.clear();
  }

  /** The rules with their counts, in the order in which their pairs were first set. */
  rules(): RuleInfo[] {
    return [...this.#rules.values()].map((rule) => rule.info);
  }

  /** Shows the rules a call that is not made: counts it, and answers the error it would fail with, whatever the phase. */
  check(service: string, operation: string, input?: unknown): Error | undefined {
    const nowMs = this.#clock.nowMs();
    return decide(this.#rulesFor(service, operation), nowMs, () => ({ service, operation, input }))?.error;
  }

  /** Called by the pipeline before the driver. */
  before(call: Call): Error | undefined {
    const rules = this.#matching.get(call.site.service, call.operation);
    if (rules.length === 0) return undefined;
    const verdict = decide(rules, call.startedAt, () => describe(call));
    if (verdict?.phase !== "after") return verdict?.error;
    this.#lost.set(call, verdict.error);
    return undefined;
  }

  /** Called by the pipeline after the driver has done its work. */
  after(call: Call): Error | undefined {
    return this.#lost.get(call);
  }

  #rulesFor(service: string, operation: string): Rule[] {
    const pairs = [pairKey(service, operation), pairKey(service, ANY), pairKey(ANY, operation), pairKey(ANY, ANY)];
    return [...new Set(pairs)].flatMap((pair) => this.#rules.get(pair) ?? []);
  }
}

const pairKey = (service: string, operation: string): string => `${nameKey(service)}:${nameKey(operation)}`;

const describe = (call: Call): InjectedCall => ({
  provider: call.site.provider,
  service: call.site.service,
  operation: call.operation,
  input: call.input,
});

function decide(rules: readonly Rule[], nowMs: number, describeCall: () => InjectedCall): Verdict | undefined {
  for (const rule of rules) {
    const error = rule.decide(nowMs, describeCall);
    if (error) return { phase: rule.phase, error };
  }
  return undefined;
}
