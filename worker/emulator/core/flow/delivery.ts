import type { Call } from "../service/call";
import type { Target } from "./contract";
import type { Parcel, TargetKind } from "./parcels";

/**
 * When a failed delivery is tried again, as data: before retry n (from 1) it waits `steps[n - 1]` ms, from the last of the steps on `then` ms. Without `then` the
 * steps are all there are. Counted from the end of the failed attempt. 0 ms is at once: a passive hop within the same call.
 */
export interface RetrySchedule {
  readonly steps: readonly number[];
  readonly then?: number;
  /** Retries at most, the first attempt not counted; default: as many as there are steps, or no end with `then`. */
  readonly maxRetries?: number;
  /** A retry that would fall at or after `since + maxAgeMs` is not made: the delivery ends at that moment. */
  readonly maxAgeMs?: number;
}

/** Where a delivery goes that failed for good. The hop is one attempt; when that fails, the delivery is dropped. */
export interface DeadLetterPlace {
  readonly target: string;
  readonly kinds: readonly TargetKind[];
  /** Waits so long after the last attempt; default 0. */
  readonly afterMs?: number;
}

/** One event on its way to one target. */
export interface Delivery {
  /** Native name (arn, resource id) of the bucket, topic, rule's bus or function that sends. */
  readonly source: string;
  /** Name of the target as it was configured, in any form: URL, arn, resource id or name, a function with its qualifier. */
  readonly target: string;
  readonly via?: string;
  /** What kinds of target this source may deliver to; another kind fails as `InvalidArgument`, which is not retried. */
  readonly kinds: readonly TargetKind[];
  /** A filter policy said no: nothing is delivered, `listDeliveries` shows it. */
  readonly filtered?: true;
  /**
   * What the target gets. Asked once, for the kind of the target that was found, also when that target does not exist any more. A `CloudError` that is thrown is the
   * outcome of the only attempt (an `inputPath` that finds nothing). `undefined`: not for this kind.
   */
  parcel(kind: TargetKind, target: Target): Parcel | undefined;
  readonly retry: RetrySchedule;
  /** What ages count from, milliseconds since 1970; default: now. */
  readonly since?: number;
  /** Deliveries of one lane (`subscription id + group`) go one after the other: behind one that waits for a retry, later ones wait. */
  readonly lane?: string;
  readonly deadLetter?: DeadLetterPlace;
  /** Plain data that the sender's `deadLetter` will want, kept with the delivery while it waits. */
  readonly keep?: unknown;
}

/** Why an attempt failed. */
export interface Failure {
  /** Portable code; for a function error that is no refusal, `Internal`. */
  readonly code: string;
  readonly nativeCode?: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Why a delivery was given up: an error that is never retried, no retries left, too old, or 16 hops deep. */
export type EndReason = "refused" | "attempts" | "age" | "depth";

/** A delivery that has failed for good, as plain data. */
export interface FailedDelivery {
  readonly source: string;
  /** The target's native name, or the name as configured where no service knows it. */
  readonly target: string;
  readonly via?: string;
  /** What would have been delivered; absent where the target could not be told. */
  readonly parcel?: Parcel;
  readonly keep?: unknown;
  readonly attempts: number;
  readonly failure: Failure;
  readonly reason: EndReason;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly lastAttemptAt: number;
}

/** How the events of one type leave a service. */
export interface Sender<Data = unknown> {
  /** Where it goes, in order. Called after the call has committed; it must not change anything. `call` is recorded already. */
  deliveries(data: Data, call: Call): readonly Delivery[];
  /**
   * What the dead-letter place (a target of `kind`) gets of a failed delivery; default: the same parcel, when it is of that kind. May be called in a later run than
   * `deliveries`.
   */
  deadLetter?(failed: FailedDelivery, kind: TargetKind): Parcel | undefined;
  /** Asked before a delivery is made again: false when nobody sends it any more (its topic was deleted), and it ends here, dropped. Default: it stands. */
  stands?(delivery: Pick<FailedDelivery, "source" | "via" | "since">): boolean;
}

/** By event type. Types begin with the service's name: `storage.object`. */
export type Senders = Readonly<Record<string, Sender<never>>>;
