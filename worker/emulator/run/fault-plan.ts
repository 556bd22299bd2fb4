import type { Clock } from "../core/clock/clock";
import { CloudError } from "../core/errors";
import type { Random } from "../core/random";
import type { ChaosConcern } from "../core/service/concerns";
import { ChaosEngine } from "../features/chaos/chaos-engine";
import {
  delayed,
  latencySpike,
  probabilisticFailure,
  serviceOutage,
  throttle,
  type Effect,
  type Scenario,
} from "../features/chaos/scenarios";
import type { InjectedCall } from "../features/injected-error";
import type { FaultRule } from "./faults";

/** The fault lab's rules as weather that begins now; nothing when there are none. */
export function faultWeather(rules: readonly FaultRule[], clock: Clock, random: Random): ChaosConcern | undefined {
  if (rules.length === 0) return undefined;
  const chaos = new ChaosEngine({ clock, rng: random, remembers: false });
  for (const rule of rules) chaos.apply(faultScenario(rule, random.fork(`faults/${rule.id}`)));
  return chaos;
}

/** One rule, on a stream of chance of its own, whose errors say where they come from. */
function faultScenario(rule: FaultRule, random: Random): Scenario {
  const weather = weatherOf(rule);
  return {
    name: `fault "${rule.id}": ${weather.name}`,
    durationMs: weather.durationMs,
    start(startMs) {
      const act = weather.start(startMs, random);
      return (call, now) => {
        const effect = act(call, now);
        return effect?.error === undefined ? effect : { ...effect, error: signed(effect.error, rule, call) };
      };
    },
  };
}

function weatherOf({ kind, service, operation, fromMs, forMs, amount, code = "Unavailable" }: FaultRule): Scenario {
  switch (kind) {
    case "latency":
      return delayed(fromMs, latencySpike(service, amount, forMs, operation));
    case "errors":
      return silent(fromMs, probabilisticFailure(service, operation, code, amount, fromMs + forMs));
    case "throttle":
      return delayed(fromMs, throttle(service, operation, amount, forMs));
    case "outage":
      return delayed(fromMs, serviceOutage(service, forMs, operation));
  }
}

/**
 * A scenario whose effects show only from `fromMs` on, while it draws its chance for every call from the start: which call is hit then hangs on the
 * call alone, and not on how many came before the window, which any other rule's latency would change.
 */
function silent(fromMs: number, scenario: Scenario): Scenario {
  return {
    ...scenario,
    start(startMs, random) {
      const act = scenario.start(startMs, random);
      return (call, now) => {
        const effect = act(call, now);
        return now >= startMs + fromMs ? effect : undefined;
      };
    },
  };
}

const WHAT: Readonly<Record<FaultRule["kind"], (rule: FaultRule, call: InjectedCall) => string>> = {
  latency: () => "late",
  errors: (_, { service, operation }) => `${service}.${operation} failed`,
  throttle: ({ amount }) => `more than ${amount} ${amount === 1 ? "call" : "calls"} a second`,
  outage: (_, { service }) => `${service} is away`,
};

/** `details.fault` is what hits are counted by. */
function signed(error: NonNullable<Effect["error"]>, rule: FaultRule, call: InjectedCall): CloudError {
  const message = `${WHAT[rule.kind](rule, call)} (injected by the fault lab: ${rule.id})`;
  return CloudError.from({ ...error.toJSON(), message, details: { fault: rule.id } });
}
