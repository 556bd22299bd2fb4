import type { Failure } from "./delivery";
import type { TargetKind } from "./parcels";

/** States of a delivery. */
export type DeliveryState = "pending" | "retrying" | "delivered" | "filtered" | "deadLettered" | "dropped";

/** Which deliveries; all when empty. */
export interface DeliveryFilter {
  /** The first record of the chain. */
  readonly flowId?: number;
  /** Native name of where it came from. */
  readonly source?: string;
  /** Native name of where it went. */
  readonly target?: string;
  readonly state?: DeliveryState;
}

/** One delivery from a source to a target. */
export interface DeliveryInfo {
  /** 1, 2, ... in the order in which they began. */
  readonly id: number;
  readonly source: string;
  readonly target: string;
  /** Rule, subscription, notification or mapping that led to it. */
  readonly via?: string;
  readonly kind?: TargetKind;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it is tried again, or its dead letter is put down. */
  readonly nextAt?: Date;
  /** Why the last attempt failed. */
  readonly error?: Failure;
  /** Where it went when it had failed for good; of a dropped one, where it should have gone. */
  readonly deadLetter?: string;
  /** First record of the chain; 0 when nothing of it was recorded, or in an earlier run. */
  readonly flowId: number;
  readonly causeId: number;
  readonly depth: number;
}

/** Provider option `delivery`: a network that is worse than the real ones. */
export interface DeliveryOptions {
  /** Each hop to a target that does not promise order is made twice with this probability, 0 to 1; default 0. */
  readonly duplicateProbability?: number;
  /** Each wait before a retry is changed by up to this share of it, either way, 0 to 1; default 0. */
  readonly jitter?: number;
}
