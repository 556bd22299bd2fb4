import type { FlowHost } from "../core/flow/account";
import type { Delivery, EndReason, Failure, Place, Sender } from "../core/flow/contract";
import { hopTo, whenEnded } from "./attempt";
import type { Lanes } from "./lanes";
import type { Ledger } from "./ledger";
import { placeOf } from "./places";
import type { Targets } from "./targets";
import type { Transit } from "./transit";
import type { WaitingRoom } from "./waiting-room";

/** What endings work with. */
export interface EndingParts {
  readonly host: FlowHost;
  readonly targets: Targets;
  readonly room: WaitingRoom;
  readonly ledger: Ledger;
  readonly lanes: Lanes;
  senderOf(type: string): Sender | undefined;
  /** Begins what follows an end. */
  follow(delivery: Delivery, place: Place): void;
  /** Starts the next of a lane. */
  goOn(transit: Transit): void;
  hopped(): void;
}

/** How deliveries end: arrived, or given up, with what is then to be done. */
export class Endings {
  constructor(private readonly parts: EndingParts) {}

  arrived(transit: Transit): void {
    transit.state = "delivered";
    transit.failure = undefined;
    transit.reason = undefined;
    this.tellOwner(transit);
    this.close(transit);
  }

  /** Whether its source still sends it; what the target has accepted is the target's own. */
  stands(transit: Transit): boolean {
    if (transit.own) return true;
    const sender = transit.sender === undefined ? undefined : this.parts.senderOf(transit.sender);
    return sender?.stands?.(transit) !== false;
  }

  /** Nobody wants it any more: no dead letter either. */
  drop(transit: Transit): void {
    transit.state = "dropped";
    this.close(transit);
  }

  /** Failed for good. */
  giveUp(transit: Transit, reason: EndReason, failure: Failure | undefined = transit.failure): void {
    transit.failure = failure;
    transit.reason = reason;
    const { deadLetter } = transit;
    if (transit.own || !deadLetter) {
      transit.state = "dropped";
      this.tellOwner(transit);
      return this.close(transit);
    }
    const { afterMs = 0 } = deadLetter;
    if (afterMs === 0) return this.bury(transit);
    transit.state = "retrying";
    transit.phase = "deadLetter";
    transit.due = this.parts.host.clock.nowMs() + afterMs;
    this.parts.room.wait(transit);
  }

  /** Puts a failed delivery where its dead letters go. */
  bury(transit: Transit): void {
    const place = transit.deadLetter;
    const found = place && this.parts.targets.find(place.target, place.kinds);
    const kind = found?.target.kind;
    const buried = (code: string): void => {
      transit.state = code === "OK" ? "deadLettered" : "dropped";
      this.close(transit);
    };
    if (!found || !kind || !place.kinds.includes(kind)) return buried("NotFound");
    const sender = transit.sender === undefined ? undefined : this.parts.senderOf(transit.sender);
    const same = transit.parcel?.kind === kind ? transit.parcel : undefined;
    const letter = sender?.deadLetter ? sender.deadLetter(transit.failed(), kind) : same;
    if (!letter) return buried("InvalidArgument");
    this.parts.hopped();
    const about = { source: transit.source, via: transit.via, attempt: 1 };
    // It takes the place of the hop that failed, so that what is too deep for a hop is not too deep for its dead letter.
    const from = { ...this.placeAfter(transit), depth: transit.place.depth };
    void whenEnded(hopTo(found, letter, from, about), ({ code }) => buried(code));
  }

  /** Of a delivery by the target's own terms: what the target makes of its end. */
  private tellOwner(transit: Transit): void {
    if (!transit.own) return;
    const receiver = this.parts.targets.find(transit.target, transit.kinds)?.receiver;
    if (!receiver?.ended) return;
    const { failure, reason, ...rest } = transit.failed();
    const call = transit.lastCall;
    const end = { ...rest, ...(transit.failure && { failure, reason }), ...(call && { call }) };
    const follows = receiver.ended(end);
    if (follows.length > 0 && transit.failure) transit.state = "deadLettered";
    const place = this.placeAfter(transit);
    // As with dead letters: what follows a hop that was not made takes its place.
    const from = reason === "depth" ? { cause: place.cause, flow: place.flow, depth: place.depth - 1 } : place;
    for (const delivery of follows) this.parts.follow(delivery, from);
  }

  private close(transit: Transit): void {
    const { ledger, lanes, room } = this.parts;
    const { lane } = transit;
    room.release(transit);
    ledger.end(transit);
    const next = lane === undefined ? undefined : lanes.leave(lane, transit);
    if (!next) return;
    next.phase = "attempt";
    this.parts.goOn(next);
  }

  private placeAfter(transit: Transit): Place {
    return transit.lastCall ? placeOf(transit.lastCall) : transit.place;
  }
}
