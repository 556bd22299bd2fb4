import type { ChaosConcern } from "./concerns";

/** Two weathers as one: both are asked of every call, latencies add up, and the first one's error wins. */
export function together(first: ChaosConcern | undefined, second: ChaosConcern | undefined): ChaosConcern | undefined {
  if (!first || !second) return first ?? second;
  return {
    disturb(call) {
      const [one, other] = [first.disturb(call), second.disturb(call)];
      if (!one || !other) return one ?? other;
      const error = one.error ?? other.error;
      return { latencyMs: one.latencyMs + other.latencyMs, ...(error && { error }) };
    },
  };
}
