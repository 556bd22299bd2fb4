import type { Due } from "../core/clock/heap";
import type {
  Delivery,
  DeliveryInfo,
  DeliveryState,
  EndReason,
  FailedDelivery,
  Failure,
  OwnTerms,
  Parcel,
  Place,
  RetrySchedule,
  Target,
  TargetKind,
} from "../core/flow/contract";
import type { Call } from "../core/service/call";

/** What a delivery waits for: its turn in a lane, an attempt, its end because of age, or the moment of its dead letter. */
export type Phase = "lane" | "attempt" | "end" | "deadLetter";

const NO_RETRIES: RetrySchedule = { steps: [] };

/** All of a delivery that is kept while it waits, as plain data: a snapshot may hold it. */
export interface StoredTransit extends Pick<
  Delivery,
  "source" | "via" | "retry" | "since" | "lane" | "deadLetter" | "keep"
> {
  readonly id: number;
  readonly target: string;
  readonly kind?: TargetKind;
  readonly fifo?: true;
  readonly parcel?: Parcel;
  /** Event type whose sender makes the dead letter. */
  readonly sender?: string;
  /** Goes by the target's own terms; hops tell of this source instead. */
  readonly own?: { readonly source: string; readonly retryOutcome?: OwnTerms["retryOutcome"] };
  readonly depth: number;
  readonly createdAt: number;
  readonly since: number;
  readonly phase: Phase;
  readonly due: number;
  readonly attempts: number;
  readonly retries: number;
  readonly outcomeRetries: number;
  readonly lastAttemptAt: number;
  readonly failure?: Failure;
  readonly reason?: EndReason;
}

/** One delivery on its way to one target. */
export class Transit implements Due {
  via: string | undefined;
  retry: RetrySchedule = NO_RETRIES;
  since: number;
  lane: string | undefined;
  deadLetter: Delivery["deadLetter"];
  sender: string | undefined;
  own: StoredTransit["own"];
  kind: TargetKind | undefined;
  fifo = false;
  parcel: Parcel | undefined;
  keep: unknown;

  state: DeliveryState = "pending";
  phase: Phase = "attempt";
  due = 0;
  attempts = 0;
  /** By `retry`, and by the terms for attempts that came out bad where there are such. */
  retries = 0;
  outcomeRetries = 0;
  lastAttemptAt = 0;
  failure: Failure | undefined;
  reason: EndReason | undefined;
  /** Where the heap of what waits for the clock has it. */
  index = -1;
  /** Its key in the store of what waits. */
  key: string | undefined;
  /** The last attempt, in this run. */
  lastCall: Call | undefined;

  constructor(
    readonly id: number,
    readonly source: string,
    /** Its native name, once found. */
    public target: string,
    readonly place: Place,
    readonly createdAt: number,
  ) {
    this.since = createdAt;
  }

  static of(id: number, delivery: Delivery, place: Place, now: number, sender: string | undefined): Transit {
    const transit = new Transit(id, delivery.source, delivery.target, place, now);
    transit.via = delivery.via;
    transit.retry = delivery.retry;
    transit.since = delivery.since ?? now;
    transit.lane = delivery.lane;
    transit.deadLetter = delivery.deadLetter;
    transit.keep = delivery.keep;
    transit.sender = sender;
    return transit;
  }

  /** What its name stands for, once found. */
  get kinds(): readonly TargetKind[] | undefined {
    return this.kind && [this.kind];
  }

  /** As it was stored. Records of another run are no causes here. */
  static stored(data: StoredTransit): Transit {
    const { id, source, target, depth, createdAt, fifo, ...rest } = data;
    const transit = new Transit(id, source, target, { cause: 0, flow: 0, depth: depth - 1 }, createdAt);
    const state: DeliveryState = rest.failure ? "retrying" : "pending";
    return Object.assign(transit, rest, { state, fifo: fifo === true });
  }

  /** One that goes on by the terms of the target that has accepted this one. */
  accepted(id: number, { retry, retryOutcome, keep }: OwnTerms): Transit {
    const { target, via, place, createdAt, since, kind, fifo, parcel, source } = this;
    const own = { source, ...(retryOutcome && { retryOutcome }) };
    return Object.assign(new Transit(id, target, target, place, createdAt), {
      ...{ via, since, kind, fifo, parcel, retry, keep, own },
    });
  }

  /** The same once more, for a network that repeats itself. */
  again(id: number): Transit {
    const { source, target, place, createdAt, via, retry, since, deadLetter, sender, own, kind, parcel, keep } = this;
    return Object.assign(new Transit(id, source, target, place, createdAt), {
      ...{ via, retry, since, deadLetter, sender, own, kind, parcel, keep },
    });
  }

  get sequence(): number {
    return this.id;
  }

  /** How deep its hop is in the flow. */
  get depth(): number {
    return this.place.depth + 1;
  }

  arriveAt(target: Target): void {
    this.kind = target.kind;
    this.target = target.name;
    this.fifo = target.fifo === true;
  }

  failed(): FailedDelivery {
    const { source, target, via, parcel, keep, attempts, since, lastAttemptAt } = this;
    return {
      source,
      target,
      ...(via !== undefined && { via }),
      ...(parcel && { parcel }),
      ...(keep !== undefined && { keep }),
      attempts,
      failure: this.failure as Failure,
      reason: this.reason ?? "refused",
      since,
      lastAttemptAt,
    };
  }

  store(): StoredTransit {
    const { id, source, target, via, kind, fifo, parcel, sender, own, depth, createdAt, since, phase, due } = this;
    const { attempts, retries, outcomeRetries, lastAttemptAt, failure, reason, retry, lane, deadLetter, keep } = this;
    return {
      ...{ id, source, target, retry, depth, createdAt, since, phase, due },
      ...{ attempts, retries, outcomeRetries, lastAttemptAt },
      ...(via !== undefined && { via }),
      ...(kind && { kind }),
      ...(fifo && { fifo }),
      ...(parcel && { parcel }),
      ...(sender !== undefined && { sender }),
      ...(own && { own }),
      ...(lane !== undefined && { lane }),
      ...(deadLetter && { deadLetter }),
      ...(keep !== undefined && { keep }),
      ...(failure && { failure }),
      ...(reason && { reason }),
    };
  }

  /** Lets go of what only a delivery on its way needs. */
  forget(): void {
    this.parcel = undefined;
    this.keep = undefined;
    this.lastCall = undefined;
  }

  info(): DeliveryInfo {
    const { id, source, target, via, kind, state, attempts, createdAt, failure, deadLetter, place, depth } = this;
    const waits = (state === "pending" || state === "retrying") && this.due > 0;
    return {
      id,
      source,
      target,
      ...(via !== undefined && { via }),
      ...(kind && { kind }),
      state,
      attempts,
      createdAt: new Date(createdAt),
      ...(waits && { nextAt: new Date(this.due) }),
      ...(failure && { error: failure }),
      ...(deadLetter && failure && state !== "delivered" && { deadLetter: deadLetter.target }),
      flowId: place.flow,
      causeId: place.cause,
      depth,
    };
  }
}
