import { checkDuration, checkObject, invalid } from "../../core/check";
import type { Random } from "../../core/random";
import type { LatencyConcern } from "../../core/service/concerns";
import { ANY, ByOperation, nameKey } from "../by-operation";
import { Distribution, fixed } from "./distributions";

/**
 * How long calls take: milliseconds, a distribution, or either by operation, `"*"` for those not named.
 *
 * ```ts
 * const photos = new Bucket(cloud, { latency: { "*": 20, getObject: logNormal({ p50: 30, p99: 200 }) } });
 * ```
 */
export type Latency = number | Distribution | Readonly<Record<string, number | Distribution>>;

type DistributionOf = (operation: string) => Distribution | undefined;

/**
 * A latency as a step of the pipeline; `undefined` when it says nothing. What it does not name falls to `fallback`, the latency of the provider.
 * @throws CloudError `InvalidArgument` for a negative or non-finite duration, or anything that is no latency.
 */
export function latencyConcern(
  latency: unknown,
  random: Random,
  fallback?: LatencyConcern,
): LatencyConcern | undefined {
  if (latency === undefined) return fallback;
  const distributionOf = readLatency(latency);
  if (!distributionOf) return undefined;
  const named = new ByOperation((_service, operation) => distributionOf(operation) ?? NOT_NAMED);
  return {
    latencyOf(call) {
      const distribution = named.get(call.site.service, call.operation);
      return distribution === NOT_NAMED ? (fallback?.latencyOf(call) ?? 0) : distribution.sample(random);
    },
  };
}

const NOT_NAMED = new Distribution("none", () => 0);

/** What an operation's calls take; nothing at all for a latency of 0. */
function readLatency(latency: unknown): DistributionOf | undefined {
  if (latency === 0) return undefined;
  if (typeof latency !== "object" || latency instanceof Distribution) {
    const distribution = readOne("latency", latency);
    return () => distribution;
  }
  const named = new Map<string, Distribution>();
  for (const [operation, each] of Object.entries(checkObject("latency", latency))) {
    named.set(nameKey(operation), readOne(`latency.${operation}`, each));
  }
  return (operation) => named.get(nameKey(operation)) ?? named.get(ANY);
}

function readOne(name: string, value: unknown): Distribution {
  if (value instanceof Distribution) return value;
  if (typeof value === "number") return fixed(checkDuration(name, value));
  return invalid(name, "milliseconds or a distribution", value);
}
