import type { TimerId } from "../../core/clock/clock";
import type { Random } from "../../core/random";
import { tupleKey } from "../../core/store/keys";
import { Line } from "./line";
import type { Entry } from "./log/entry";
import { PlaceKeys } from "./log/place-keys";
import { QueueLog } from "./log/queue-log";
import type { Counter, StoredQueue } from "./state";
import type { QueueTrigger } from "./types";

/** A queue as it lives: what is stored of it, and what follows from that. */
export class Queue {
  log: QueueLog;
  /** Receivers that wait. */
  readonly line = new Line();
  /** What the keys of its messages begin with. */
  readonly prefix: string;
  readonly placeKeys: PlaceKeys;
  readonly counterKey: string;
  next: number;
  readonly handleKey: number;
  /** Received too often, to be put aside. */
  exhausted: Entry[] = [];
  /** Kept too long, to be removed. */
  expired: Entry[] = [];
  trigger: QueueTrigger | undefined;
  /** The moment that the timer is set to. */
  alarmAt = Infinity;
  alarm: TimerId | undefined;
  redriveTimer: TimerId | undefined;
  closed = false;

  constructor(
    public stored: StoredQueue,
    { next, handleKey }: Counter,
    shuffle: Random | undefined,
  ) {
    this.next = next;
    this.handleKey = handleKey;
    this.prefix = tupleKey(stored.name);
    this.placeKeys = new PlaceKeys(this.prefix);
    this.counterKey = tupleKey(stored.name);
    this.log = new QueueLog(stored.fifo, shuffle);
  }

  get name(): string {
    return this.stored.name;
  }

  /** Without messages; what was on its way out of it is out. */
  clear(shuffle: Random | undefined): void {
    this.log = new QueueLog(this.stored.fifo, shuffle);
    this.exhausted = [];
    this.expired = [];
  }

  /** It is no more: whoever waits for it need not. */
  close(): void {
    this.closed = true;
    this.line.wakeAll();
  }
}
