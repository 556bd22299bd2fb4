import type { FlowHost } from "../core/flow/account";
import { ACTIVE_KINDS, MAX_DEPTH } from "../core/flow/contract";
import type { Delivery, Place, Sender } from "../core/flow/contract";
import type { Random } from "../core/random";
import type { Call } from "../core/service/call";
import { hopTo, whenEnded } from "./attempt";
import { Crowds } from "./crowds";
import type { Dispatcher } from "./dispatcher";
import { Endings } from "./endings";
import { failureOf, failureOfCall, nothingCalled, TOO_DEEP, wrongKind } from "./failure";
import { Lanes } from "./lanes";
import { Ledger } from "./ledger";
import { nextAttempt } from "./schedule";
import type { Found, Targets } from "./targets";
import { Transit, type StoredTransit } from "./transit";
import { WaitingRoom } from "./waiting-room";

/** Takes each delivery from its source to its end. */
export class Carrier {
  readonly ledger = new Ledger();
  /** Attempts made. */
  hops = 0;
  private lastId = 0;
  private readonly lanes = new Lanes();
  private readonly crowds = new Crowds();
  private readonly room: WaitingRoom;
  private readonly endings: Endings;
  private random: Random | undefined;

  constructor(
    private readonly host: FlowHost,
    private readonly targets: Targets,
    private readonly dispatcher: Dispatcher,
    senderOf: (type: string) => Sender | undefined,
  ) {
    const store = host.store<StoredTransit>("deliveries");
    const goOn = (transit: Transit): void => this.goOn(transit);
    this.room = new WaitingRoom(host.clock, store, () => host.written(), goOn);
    this.endings = new Endings({
      ...{ host, targets, room: this.room, ledger: this.ledger, lanes: this.lanes, senderOf, goOn },
      follow: (delivery, place) => this.send(delivery, place, undefined),
      hopped: () => void this.hops++,
    });
  }

  /** A delivery begins; `sender` is the type of its event. */
  send(delivery: Delivery, place: Place, sender: string | undefined): void {
    const transit = Transit.of(++this.lastId, delivery, place, this.host.clock.nowMs(), sender);
    this.ledger.begin(transit);
    if (delivery.filtered) {
      transit.state = "filtered";
      return this.ledger.end(transit);
    }
    const found = this.targets.find(delivery.target, delivery.kinds);
    if (!found) return this.refuse(transit, nothingCalled(delivery.target));
    const { target } = found;
    transit.arriveAt(target);
    if (!delivery.kinds.includes(target.kind)) return this.refuse(transit, wrongKind(target.name, target.kind));
    try {
      transit.parcel = delivery.parcel(target.kind, target);
    } catch (error) {
      return this.refuse(transit, failureOf(error));
    }
    if (!transit.parcel) return this.refuse(transit, wrongKind(target.name, target.kind));
    this.begin(transit, found);
  }

  /** There may be room at an active target. */
  roomAt(name: string): void {
    if (this.crowds.has(name)) this.dispatcher.dispatch(() => this.letIn(name));
  }

  /** Takes up what was stored, in an earlier run perhaps. Its records are no causes in this one. */
  resume(): void {
    this.lanes.clear();
    this.crowds.clear();
    this.ledger.clear();
    this.room.clear();
    // In the order in which they began, which lanes keep.
    const stored = [...this.room.stored()].sort((a, b) => a.id - b.id);
    for (const transit of stored) this.takeUp(Transit.stored(transit));
  }

  private takeUp(transit: Transit): void {
    this.lastId = Math.max(this.lastId, transit.id);
    this.ledger.begin(transit);
    this.room.takeUp(transit, transit.lane === undefined || this.lanes.enter(transit.lane, transit));
  }

  private begin(transit: Transit, found: Found): void {
    const { receiver, target } = found;
    const terms = target.exists && transit.parcel ? receiver.terms?.(target, transit.parcel) : undefined;
    if (terms) {
      const own = transit.accepted(++this.lastId, terms);
      transit.attempts = 1;
      this.endings.arrived(transit);
      this.ledger.begin(own);
      if (terms.refuse) return this.endings.giveUp(own, "refused", terms.refuse);
      transit = own;
    }
    if (transit.depth > MAX_DEPTH) return this.endings.giveUp(transit, "depth", TOO_DEEP);
    const copy = this.repeats(transit) ? transit.again(++this.lastId) : undefined;
    if (copy) this.ledger.begin(copy);
    if (transit.lane === undefined || this.lanes.enter(transit.lane, transit)) this.start(transit, found);
    else this.waitInLane(transit);
    if (copy) this.start(copy, found);
  }

  private waitInLane(transit: Transit): void {
    transit.due = this.host.clock.nowMs();
    transit.phase = "lane";
    this.room.keep(transit);
  }

  /** Its moment, or its turn in a lane, has come. */
  private goOn(transit: Transit): void {
    if (transit.phase === "deadLetter") return this.endings.bury(transit);
    if (transit.phase === "end") return this.endings.giveUp(transit, "age");
    transit.phase = "attempt";
    if (!this.endings.stands(transit)) return this.endings.drop(transit);
    const found = this.targets.find(transit.target, transit.kinds);
    if (found) this.start(transit, found);
    else this.refuse(transit, nothingCalled(transit.target));
  }

  private start(transit: Transit, found: Found): void {
    if (!ACTIVE_KINDS.has(found.target.kind)) {
      void this.attempt(transit, found);
      return;
    }
    transit.due = this.host.clock.nowMs();
    this.room.keep(transit);
    this.dispatcher.asked();
    this.dispatcher.dispatch(() => this.activate(transit));
  }

  /** An active hop's turn has come. */
  private activate(transit: Transit): Promise<void> | undefined {
    const { target: name } = transit;
    if (!this.endings.stands(transit)) return void this.endings.drop(transit);
    const found = this.targets.find(name, transit.kinds);
    if (!found) return void this.refuse(transit, nothingCalled(name));
    if (!this.crowds.has(name) && found.receiver.hasRoom?.(found.target) !== false) return this.run(transit, found);
    this.crowds.join(name, transit);
    return undefined;
  }

  /** Lets in the first of those that wait for room at a target, and the next one as long as there is more. */
  private letIn(name: string): Promise<void> | undefined {
    const found = this.targets.find(name);
    if (found?.receiver.hasRoom?.(found.target) === false) return undefined;
    const transit = this.crowds.next(name);
    this.roomAt(name);
    if (!transit) return undefined;
    return found ? this.run(transit, found) : void this.refuse(transit, nothingCalled(name));
  }

  private run(transit: Transit, found: Found): Promise<void> | undefined {
    this.dispatcher.guard.count();
    return this.attempt(transit, found);
  }

  /** One attempt, and those after it that wait for nothing: of a passive hop all here and now. */
  private attempt(transit: Transit, found: Found): Promise<void> | undefined {
    for (;;) {
      const call = this.hop(transit, found);
      if (call instanceof Promise) return whenEnded(call, (ended) => this.goOnFrom(transit, found, ended));
      if (!this.judge(transit, found, call)) return undefined;
      if (ACTIVE_KINDS.has(found.target.kind)) return void this.start(transit, found);
    }
  }

  private goOnFrom(transit: Transit, found: Found, call: Call): void {
    if (this.judge(transit, found, call)) this.start(transit, found);
  }

  private hop(transit: Transit, found: Found): Call | Promise<Call> {
    this.hops += 1;
    transit.attempts += 1;
    const { parcel, place, via, attempts } = transit;
    if (!parcel) throw new Error("a delivery without a parcel");
    return hopTo(found, parcel, place, { source: transit.own?.source ?? transit.source, via, attempt: attempts });
  }

  /** What an attempt has come to; true when the next one is to be made at once. */
  private judge(transit: Transit, { receiver }: Found, call: Call): boolean {
    const now = this.host.clock.nowMs();
    transit.lastCall = call;
    transit.lastAttemptAt = now;
    const refused = call.code !== "OK";
    const failure = refused ? failureOfCall(call) : receiver.failure?.(call);
    if (!failure) {
      this.endings.arrived(transit);
      return false;
    }
    transit.failure = failure;
    if (!failure.retryable) {
      this.endings.giveUp(transit, "refused");
      return false;
    }
    const outcome = refused ? undefined : transit.own?.retryOutcome;
    const retry = outcome ? ++transit.outcomeRetries : ++transit.retries;
    const next = nextAttempt(outcome ?? transit.retry, retry, now, transit.since, this.stretch());
    if (next.ends === "attempts") this.endings.giveUp(transit, "attempts");
    else if (next.ends === undefined && next.due <= now) return true;
    else if (next.due <= now) this.endings.giveUp(transit, "age");
    else this.wait(transit, next.due, next.ends === "age");
    return false;
  }

  private wait(transit: Transit, due: number, ends: boolean): void {
    transit.state = "retrying";
    transit.due = due;
    transit.phase = ends ? "end" : "attempt";
    this.room.wait(transit);
  }

  private refuse(transit: Transit, failure: ReturnType<typeof failureOf>): void {
    transit.attempts += 1;
    transit.lastAttemptAt = this.host.clock.nowMs();
    this.endings.giveUp(transit, failure.retryable ? "attempts" : "refused", failure);
  }

  private repeats(transit: Transit): boolean {
    const { duplicateProbability = 0 } = this.host.options;
    return duplicateProbability > 0 && !transit.fifo && this.chance() < duplicateProbability;
  }

  /** What a wait is multiplied by. */
  private stretch(): number {
    const { jitter = 0 } = this.host.options;
    return jitter === 0 ? 1 : 1 + jitter * (2 * this.chance() - 1);
  }

  private chance(): number {
    return (this.random ??= this.host.random()).next();
  }
}
