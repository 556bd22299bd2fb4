import {
  checkDuration,
  checkFinite,
  checkNonEmptyString,
  checkProbability,
  checkString,
  invalid,
} from "../../core/check";
import { CloudError } from "../../core/errors";
import type { Random } from "../../core/random";
import { ANY, nameKey } from "../by-operation";
import { checkErrorSource, injectedError, type ErrorSource, type InjectedCall } from "../injected-error";

/** What a scenario does to one call. */
export interface Effect {
  readonly latencyMs: number;
  readonly error?: CloudError;
}

/** A scenario that has started: asked for every call, also for those that another one makes fail. */
export type ActiveScenario = (call: InjectedCall, nowMs: number) => Effect | undefined;

/** Bad weather of some kind, for some time. Made by {@link serviceOutage} and its like, started by `ChaosEngine.apply`. */
export interface Scenario {
  /** As it was written: `serviceOutage("storage", 5000)`. */
  readonly name: string;
  /** From the start until nothing of it acts any more. */
  readonly durationMs: number;
  /** Called by the engine when the scenario begins: answers what acts from then on. */
  start(startMs: number, random: Random): ActiveScenario;
}

/** Acts from `startMs` on and before its end, on the calls it is meant for. */
function scenario(
  name: string,
  durationMs: number,
  concerns: (call: InjectedCall) => boolean,
  open: (startMs: number, random: Random) => ActiveScenario,
): Scenario {
  return Object.freeze({
    name,
    durationMs: checkDuration("durationMs", durationMs),
    start(startMs: number, random: Random): ActiveScenario {
      const act = open(startMs, random);
      return (call, now) =>
        now >= startMs && now < startMs + durationMs && concerns(call) ? act(call, now) : undefined;
    },
  });
}

/** The calls of a service (`"*"`: of all), and of one operation unless that is `""` or `"*"`. */
function callsOf(service: string, operation: string): (call: InjectedCall) => boolean {
  const [wantedService, wanted] = [
    nameKey(checkNonEmptyString("service", service)),
    nameKey(checkString("operation", operation)),
  ];
  const anyOperation = wanted === "" || wanted === ANY;
  return (call) =>
    (wantedService === ANY || nameKey(call.service) === wantedService) &&
    (anyOperation || nameKey(call.operation) === wanted);
}

const outage = (call: InjectedCall): Effect => {
  const away = new CloudError("Unavailable", `${call.service} is away (chaos: service outage)`);
  return { latencyMs: 0, error: injectedError(away, call) };
};

/**
 * Every operation of a service (`"*"`: of all), or only the one named last, fails with `Unavailable`.
 *
 * ```ts
 * chaos.apply(serviceOutage("storage", 5000)); // nothing works
 * chaos.apply(serviceOutage("storage", 5000, "putObject")); // reading still does
 * ```
 * @throws CloudError `InvalidArgument` for a negative duration.
 */
export function serviceOutage(service: string, durationMs: number, operation = ""): Scenario {
  const name = `serviceOutage("${service}", ${durationMs}${only(operation)})`;
  return scenario(name, durationMs, callsOf(service, operation), () => outage);
}

/**
 * Every operation of a service (`"*"`: of all), or only the one named last, takes `extraMs` milliseconds more.
 * @throws CloudError `InvalidArgument` for a negative duration.
 */
export function latencySpike(service: string, extraMs: number, durationMs: number, operation = ""): Scenario {
  const effect = { latencyMs: Math.round(checkDuration("extraMs", extraMs)) };
  const name = `latencySpike("${service}", ${extraMs}, ${durationMs}${only(operation)})`;
  return scenario(name, durationMs, callsOf(service, operation), () => () => effect);
}

const only = (operation: string): string => (operation === "" ? "" : `, "${operation}"`);

/**
 * Calls of an operation (`""`: of all) fail with probability `p`, the same calls in every run of a seed.
 * @throws CloudError `InvalidArgument` for `p` outside of 0 to 1, or a negative duration.
 */
export function probabilisticFailure(
  service: string,
  operation: string,
  error: ErrorSource,
  p: number,
  durationMs: number,
): Scenario {
  checkErrorSource("error", error);
  checkProbability("p", p);
  const name = `probabilisticFailure("${service}", "${operation}", ${p}, ${durationMs})`;
  return scenario(name, durationMs, callsOf(service, operation), (_start, random) => (call) => {
    return random.next() < p ? { latencyMs: 0, error: injectedError(error, call) } : undefined;
  });
}

const SECOND = 1000;

/**
 * In each whole second of the clock the first `qps` calls of an operation (`""`: of all) pass, the others fail with `Throttled`; less than 1 counts
 * as 1. @throws CloudError `InvalidArgument` for a `qps` that is not finite, or a negative duration.
 */
export function throttle(service: string, operation: string, qps: number, durationMs: number): Scenario {
  const passing = Math.max(1, Math.floor(checkFinite("qps", qps)));
  const name = `throttle("${service}", "${operation}", ${qps}, ${durationMs})`;
  return scenario(name, durationMs, callsOf(service, operation), () => {
    let second = NaN;
    let calls = 0;
    return (call, now) => {
      const present = Math.floor(now / SECOND);
      if (present !== second) [second, calls] = [present, 0];
      calls += 1;
      if (calls <= passing) return undefined;
      const retryAfterMs = (present + 1) * SECOND - now;
      const refused = new CloudError("Throttled", `more than ${passing} calls a second (chaos: throttle)`, {
        retryAfterMs,
      });
      return { latencyMs: 0, error: injectedError(refused, call) };
    };
  });
}

const everyCall = (): boolean => true;

/** Several scenarios at once, each within its own time. Latencies add up, the first error wins. */
export function composite(...parts: Scenario[]): Scenario {
  parts.forEach((part, i) => checkScenario(`part ${i + 1}`, part));
  const durationMs = Math.max(0, ...parts.map((part) => part.durationMs));
  return scenario(`composite(${parts.map(({ name }) => name).join(", ")})`, durationMs, everyCall, (start, random) => {
    const active = parts.map((part, i) => part.start(start, random.fork(String(i + 1))));
    return (call, now) => merged(active, call, now);
  });
}

/** A scenario that starts `startInMs` milliseconds later. @throws CloudError `InvalidArgument` for a negative duration. */
export function delayed(startInMs: number, later: Scenario): Scenario {
  checkDuration("startInMs", startInMs);
  checkScenario("scenario", later);
  const name = `delayed(${startInMs}, ${later.name})`;
  return scenario(name, startInMs + later.durationMs, everyCall, (start, random) =>
    later.start(start + startInMs, random),
  );
}

/**
 * A service that is away for `downMs`, back for `upMs`, and so on, beginning with away.
 * @throws CloudError `InvalidArgument` for a negative duration, or when both are 0.
 */
export function flapping(service: string, downMs: number, upMs: number, durationMs: number): Scenario {
  const period = checkDuration("downMs", downMs) + checkDuration("upMs", upMs);
  if (period === 0) invalid("upMs", "above 0 when downMs is 0", upMs);
  const name = `flapping("${service}", ${downMs}, ${upMs}, ${durationMs})`;
  return scenario(name, durationMs, callsOf(service, ""), (start) => (call, now) => {
    return (now - start) % period < downMs ? outage(call) : undefined;
  });
}

/** Checks at the door that something is a scenario. */
export function checkScenario(name: string, value: Scenario): Scenario {
  return typeof value?.start === "function"
    ? value
    : invalid(name, "a scenario, for example serviceOutage(...)", value);
}

/** What several scenarios do to one call together; each is asked, so that each counts every call. */
export function merged(active: Iterable<ActiveScenario>, call: InjectedCall, nowMs: number): Effect | undefined {
  let latencyMs = 0;
  let error: CloudError | undefined;
  for (const act of active) {
    const effect = act(call, nowMs);
    if (!effect) continue;
    latencyMs += effect.latencyMs;
    error ??= effect.error;
  }
  return latencyMs === 0 && !error ? undefined : { latencyMs, ...(error && { error }) };
}
