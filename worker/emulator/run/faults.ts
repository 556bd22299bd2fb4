import type { ErrorCode } from "../core/error-codes";

export const FAULT_KINDS = ["latency", "errors", "throttle", "outage"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One line of the fault lab: bad weather over the run's own accounts, for some time. Part of a run's settings, and of its link. */
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
