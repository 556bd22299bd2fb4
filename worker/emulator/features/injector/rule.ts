import type { Random } from "../../core/random";
import { asError, injectedError, type ErrorSource, type InjectedCall } from "../injected-error";
import type { InjectionPolicy } from "./policies";

/** Names a rule of an injector. */
export type RuleId = number;

/** `before`: the driver is not called. `after`: it is, and its answer is lost on the way back. */
export type InjectionPhase = "before" | "after";

/** A rule as `injector.rules()` shows it. */
export interface RuleInfo {
  readonly id: RuleId;
  readonly service: string;
  readonly operation: string;
  readonly phase: InjectionPhase;
  /** The policy as it was written: `everyN(3)`. */
  readonly policy: string;
  /** Calls that reached the rule. */
  readonly calls: number;
  /** Calls that it made fail. */
  readonly fired: number;
}

interface RuleSpec {
  readonly id: RuleId;
  readonly service: string;
  readonly operation: string;
  readonly phase: InjectionPhase;
  readonly error: ErrorSource;
  readonly policy: InjectionPolicy;
  readonly when: ((call: InjectedCall) => boolean) | undefined;
  readonly random: Random;
}

/** One rule with its count. */
export class Rule {
  #calls = 0;
  #fired = 0;

  constructor(private readonly spec: RuleSpec) {}

  get phase(): InjectionPhase {
    return this.spec.phase;
  }

  get info(): RuleInfo {
    const { id, service, operation, phase, policy } = this.spec;
    return { id, service, operation, phase, policy: policy.name, calls: this.#calls, fired: this.#fired };
  }

  /** The error this rule makes of a call, if it fires. `describe` is asked only when the rule wants to know the call. */
  decide(nowMs: number, describe: () => InjectedCall): Error | undefined {
    const { when, policy, random, error } = this.spec;
    try {
      if (when && !when(describe())) return undefined;
      this.#calls += 1;
      if (!policy.fires({ count: this.#calls, nowMs, random })) return undefined;
    } catch (thrown) {
      // A program's own predicate that throws makes the call fail; it must not throw into whoever made the call.
      return asError(thrown);
    }
    this.#fired += 1;
    return injectedError(error, describe());
  }
}
