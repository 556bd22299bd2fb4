import type { RunLimits, RunSettings } from "../../protocol";
import { faultsProblem } from "./faults";

/** What a run may use unless its settings say otherwise. */
export const DEFAULT_LIMITS: RunLimits = {
  wallMs: 30_000,
  virtualMs: 10 * 365 * 24 * 3_600_000,
  timers: 100_000,
  calls: 250_000,
  consoleLines: 10_000,
  recordedBytes: 256 * 1024 * 1024,
};

/** A run as a newcomer finds it. */
export const DEFAULT_SETTINGS: RunSettings = {
  cloud: "aws",
  seed: "tabcloud",
  start: "2026-01-01T00:00:00.000Z",
  latencyMs: 0,
  faults: [],
  limits: DEFAULT_LIMITS,
};

/** The highest each limit can be raised to. */
export const MAX_LIMITS: RunLimits = {
  wallMs: 600_000,
  virtualMs: 1000 * 365 * 24 * 3_600_000,
  timers: 10_000_000,
  calls: 5_000_000,
  consoleLines: 200_000,
  recordedBytes: 1024 * 1024 * 1024,
};

const CLOUDS: readonly string[] = ["aws", "azure", "gcp"];
const MAX_SEED_LENGTH = 200;
const MAX_LATENCY_MS = 3_600_000;

/** What is wrong with settings that came from outside (a link, a command line, a draft), or undefined when they are good. */
export function settingsProblem(settings: unknown): string | undefined {
  if (!isRecord(settings)) return "the settings are not an object";
  const { cloud, seed, start, latencyMs, faults, limits } = settings;
  if (typeof cloud !== "string" || !CLOUDS.includes(cloud)) return `cloud must be one of ${CLOUDS.join(", ")}`;
  if (typeof seed !== "string" || seed.length === 0 || seed.length > MAX_SEED_LENGTH) {
    return `seed must be a text of 1 to ${MAX_SEED_LENGTH} characters`;
  }
  if (!isMoment(start)) return "start must be a moment like 2026-01-01T00:00:00.000Z, between the years 1970 and 9000";
  if (!isWhole(latencyMs, 0, MAX_LATENCY_MS)) return `latencyMs must be a whole number from 0 to ${MAX_LATENCY_MS}`;
  const fault = faultsProblem(faults);
  if (fault !== undefined) return fault;
  if (!isRecord(limits)) return "limits must be an object";
  for (const name of Object.keys(MAX_LIMITS) as (keyof RunLimits)[]) {
    if (!isWhole(limits[name], 1, MAX_LIMITS[name]))
      return `limits.${name} must be a whole number from 1 to ${MAX_LIMITS[name]}`;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isWhole = (value: unknown, min: number, max: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

function isMoment(value: unknown): boolean {
  if (typeof value !== "string" || !ISO.test(value)) return false;
  const ms = Date.parse(value);
  if (!(ms >= 0 && ms < Date.UTC(9000, 0))) return false;
  // Some engines take 30 February for 2 March.
  return new Date(ms).toISOString().startsWith(value.slice(0, 19));
}
