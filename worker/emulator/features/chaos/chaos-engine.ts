import { ambient } from "../../core/ambient";
import type { Clock } from "../../core/clock/clock";
import type { CloudName } from "../../core/error-codes";
import type { CloudError } from "../../core/errors";
import type { Random } from "../../core/random";
import type { Call } from "../../core/service/call";
import type { ChaosConcern } from "../../core/service/concerns";
import type { InjectedCall } from "../injected-error";
import { checkScenario, merged, type ActiveScenario, type Effect, type Scenario } from "./scenarios";

/** Options of a {@link ChaosEngine}. */
export interface ChaosEngineOptions {
  /** Where time comes from; default: the run's clock, outside of runs a `RealClock`. */
  clock?: Clock;
  /** Where chance comes from; default: the run's. Each scenario draws from a stream of its own. */
  rng?: Random;
  /** Whether `recorded()` knows what was done to calls; default true. */
  remembers?: boolean;
}

/** A scenario that has been applied. */
export interface AppliedScenario {
  readonly id: number;
  /** The scenario as it was written. */
  readonly name: string;
  readonly startsAt: Date;
  /** The first moment at which it acts no more. */
  readonly endsAt: Date;
  /** Ends it now. */
  stop(): void;
}

/** What chaos did to one call. */
export interface ChaosRecord {
  readonly when: Date;
  readonly provider?: CloudName;
  readonly service: string;
  readonly operation: string;
  readonly latencyMs: number;
  readonly error?: CloudError;
}

interface Running {
  readonly applied: AppliedScenario;
  readonly endMs: number;
  readonly act: ActiveScenario;
}

/**
 * Weather over a whole provider: it hits every call, whoever makes it. Scenarios start when they are applied; latencies add up, and the error of the
 * scenario applied first wins.
 *
 * ```ts
 * const chaos = new ChaosEngine();
 * const aws = newAWS({ chaos });
 * chaos.apply(serviceOutage("storage", 5000)); // for 5 seconds of the clock every storage call is Unavailable
 * ```
 */
export class ChaosEngine implements ChaosConcern {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #running = new Map<number, Running>();
  readonly #remembers: boolean;
  #records: ChaosRecord[] = [];
  #made = 0;

  constructor({ clock, rng, remembers = true }: ChaosEngineOptions = {}) {
    this.#remembers = remembers;
    this.#clock = clock ?? ambient().clock;
    this.#random = rng ?? ambient().random;
  }

  /** Starts a scenario at the clock's present moment. @throws CloudError `InvalidArgument` for what is no scenario. */
  apply(scenario: Scenario): AppliedScenario {
    checkScenario("scenario", scenario);
    const id = ++this.#made;
    const startMs = this.#clock.nowMs();
    const endMs = startMs + scenario.durationMs;
    const applied: AppliedScenario = {
      id,
      name: scenario.name,
      startsAt: new Date(startMs),
      endsAt: new Date(endMs),
      stop: () => void this.#running.delete(id),
    };
    const act = scenario.start(startMs, this.#random.fork(`chaos/${id}`));
    this.#running.set(id, { applied, endMs, act });
    return applied;
  }

  /** What the weather does to a call now: it is recorded, and counted, as a call. */
  check(service: string, operation: string): Effect {
    return this.#hit({ service, operation, input: undefined }) ?? { latencyMs: 0 };
  }

  /** The scenarios that have not ended, in the order in which they were applied. */
  active(): AppliedScenario[] {
    this.#dropEnded(this.#clock.nowMs());
    return [...this.#running.values()].map(({ applied }) => applied);
  }

  /** What was done to calls so far, oldest first; calls that nothing was done to are not there. */
  recorded(): ChaosRecord[] {
    return this.#records.map((record) => ({ ...record, when: new Date(record.when) }));
  }

  /** Forgets what was recorded; scenarios go on. */
  reset(): void {
    this.#records = [];
  }

  /** Ends every scenario. */
  stop(): void {
    this.#running.clear();
  }

  /** Called by the pipeline for each call of a provider. */
  disturb(call: Call): Effect | undefined {
    if (this.#running.size === 0) return undefined;
    const { provider, service } = call.site;
    // Few scenarios look at the input, and it is an object to be made for every call.
    return this.#hit({
      provider,
      service,
      operation: call.operation,
      get input() {
        return call.input;
      },
    });
  }

  #hit(call: InjectedCall): Effect | undefined {
    const nowMs = this.#clock.nowMs();
    this.#dropEnded(nowMs);
    const effect = merged(this.#acts(), call, nowMs);
    if (effect && this.#remembers) {
      const { provider, service, operation } = call;
      this.#records.push({ when: new Date(nowMs), ...(provider && { provider }), service, operation, ...effect });
    }
    return effect;
  }

  *#acts(): Generator<ActiveScenario> {
    for (const { act } of this.#running.values()) yield act;
  }

  #dropEnded(nowMs: number): void {
    for (const [id, { endMs }] of this.#running) if (nowMs >= endMs) this.#running.delete(id);
  }
}
