import type { ErrorCode } from "../core/error-codes";

export const FAULT_KINDS = ["latency", "errors", "throttle", "outage"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One line of the fault lab: bad weather over the run's accounts, for some time. Part of a run's settings, and of its link. */
export interface FaultRule {
  /** Chance is drawn from a stream of this name, so that changing one rule does not reshuffle another: 1 to 40 of `a-z0-9-`. */
  readonly id: string;
  readonly kind: FaultKind;
  /** Lower-case category (`storage`), or `*` for all. */
  readonly service: string;
  /** Method name (`putObject`), or `*` for all. */
  readonly operation: string;
  /** Milliseconds after the run's start. */
  readonly fromMs: number;
  readonly forMs: number;
  /** `latency`: milliseconds more; `errors`: probability from 0 to 1; `throttle`: calls a second that pass; `outage`: 0. */
  readonly amount: number;
  /** What calls fail with, for `errors`; default `Unavailable`. */
  readonly code?: ErrorCode;
}

/** What calls can be made to fail with; who cancels a call is its caller. */
export const FAULT_CODES = [
  "Unavailable",
  "Internal",
  "Throttled",
  "ResourceExhausted",
  "PermissionDenied",
  "NotFound",
  "AlreadyExists",
  "FailedPrecondition",
  "InvalidArgument",
  "Unimplemented",
] as const satisfies readonly ErrorCode[];

export const MAX_FAULTS = 50;
/** As `forMs`: to the end of the longest run there can be. */
export const WHOLE_RUN_MS = 1000 * 365 * 24 * 3_600_000;

/** Lowest and highest amount of each kind. */
export const FAULT_AMOUNTS: Readonly<Record<FaultKind, readonly [min: number, max: number]>> = {
  latency: [0, 3_600_000],
  errors: [0, 1],
  throttle: [1, 100_000],
  outage: [0, 0],
};

const FIELDS = ["id", "kind", "service", "operation", "fromMs", "forMs", "amount", "code"];

/** What is wrong with a list of faults from outside, or undefined. */
export function faultsProblem(faults: unknown): string | undefined {
  if (!Array.isArray(faults) || faults.length > MAX_FAULTS) return `faults must be a list of at most ${MAX_FAULTS}`;
  const ids = new Set<unknown>();
  for (const [i, rule] of (faults as readonly unknown[]).entries()) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) return `faults[${i}]${problem}`;
    const { id } = rule as FaultRule;
    if (ids.has(id)) return `faults[${i}].id is there twice`;
    ids.add(id);
  }
  return undefined;
}

function ruleProblem(rule: unknown): string | undefined {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return " must be an object";
  const unknown = Object.keys(rule).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) return ` has no field "${unknown.slice(0, 40)}"`;
  const { id, kind, service, operation, fromMs, forMs, amount, code } = rule as Record<string, unknown>;
  if (!isText(id, /^[a-z0-9-]{1,40}$/)) return ".id must be 1 to 40 of a-z, 0-9 and -";
  const known = FAULT_KINDS.find((it) => it === kind);
  if (known === undefined) return `.kind must be one of ${FAULT_KINDS.join(", ")}`;
  if (!isText(service, /^(\*|[a-z]{1,40})$/)) return ".service must be a service in lower case, or *";
  if (!isText(operation, /^(\*|[a-z][A-Za-z]{0,59})$/)) return ".operation must be the name of a method, or *";
  if (!isNumber(fromMs, 0, WHOLE_RUN_MS)) return `.fromMs must be a whole number from 0 to ${WHOLE_RUN_MS}`;
  if (!isNumber(forMs, 1, WHOLE_RUN_MS)) return `.forMs must be a whole number from 1 to ${WHOLE_RUN_MS}`;
  const [min, max] = FAULT_AMOUNTS[known];
  if (!isNumber(amount, min, max, known !== "errors"))
    return `.amount must be ${known === "errors" ? "a" : "a whole"} number from ${min} to ${max} for ${known}`;
  if (code === undefined) return undefined;
  if (known !== "errors") return ".code is for errors only";
  return FAULT_CODES.some((it) => it === code) ? undefined : `.code must be one of ${FAULT_CODES.join(", ")}`;
}

const isText = (value: unknown, pattern: RegExp): boolean => typeof value === "string" && pattern.test(value);

const isNumber = (value: unknown, min: number, max: number, whole = true): boolean =>
  typeof value === "number" && value >= min && value <= max && (!whole || Number.isInteger(value));
