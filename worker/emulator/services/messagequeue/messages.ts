import type { Call } from "../../core/service/call";
import { Where, type Entry } from "./log/entry";
import type { Queue } from "./queue";
import type { State, StoredMessage } from "./state";

/** Longest that a timer can be set to: about 2,000 years. */
const FAR = 2 ** 46;

/** Messages that come into queues and leave them, and who is told of it. */
export class Messages {
  /** Called when the clock has come to a moment that something was to happen at. */
  onAlarm: (queue: Queue) => void = () => undefined;

  constructor(private readonly state: State) {}

  /** Puts a message into a queue; the call that did it is remembered where somebody will go on from it. */
  add(call: Call, queue: Queue, message: StoredMessage, now: number): Entry {
    const { flow } = this.state.context;
    const entry = this.state.add(queue, message, now);
    if (call.door === "delivery" || flow.isWatched(queue.stored.arn)) flow.remember(message.messageId, call);
    this.arm(queue);
    if (entry.where === Where.Visible) this.announce(queue);
    return entry;
  }

  /** Makes a message visible that is not, and says so; nothing is written. */
  reveal(queue: Queue, entry: Entry): void {
    queue.log.show(entry);
    this.announce(queue);
  }

  /** Removes a message; a FIFO group may be open now. */
  remove(queue: Queue, entry: Entry): void {
    this.state.remove(queue, entry);
    if (queue.stored.fifo) this.announce(queue);
  }

  /** Tells whoever waits that there may be something to receive: clients in the order of their calls, then event source mappings. */
  announce({ line, log, stored }: Queue): void {
    if (line.size > 0) line.wakeNext(log.lane.ready);
    else if (log.lane.ready) this.state.context.flow.wake(stored.arn);
  }

  /** Sets the queue's one timer, if something is to happen earlier than it is set to. */
  arm(queue: Queue): void {
    const { log, stored } = queue;
    const next = Math.min(log.hidden.next, log.ages.next + stored.retentionMs);
    if (next < queue.alarmAt) this.setAlarm(queue, next);
  }

  /** Sets the timer anew, whatever it was set to. */
  rearm(queue: Queue): void {
    const { log, stored } = queue;
    this.disarm(queue);
    const next = Math.min(log.hidden.earliest(), log.ages.earliest() + stored.retentionMs);
    if (next < Infinity) this.setAlarm(queue, next);
  }

  disarm(queue: Queue): void {
    if (queue.alarm !== undefined) this.state.context.clock.clearTimer(queue.alarm);
    queue.alarm = undefined;
    queue.alarmAt = Infinity;
  }

  private setAlarm(queue: Queue, at: number): void {
    this.disarm(queue);
    if (at > FAR) return;
    const { clock } = this.state.context;
    const ring = (): void => {
      queue.alarm = undefined;
      queue.alarmAt = Infinity;
      if (!queue.closed) this.onAlarm(queue);
    };
    queue.alarmAt = at;
    queue.alarm = clock.setTimer(Math.max(0, at - clock.nowMs()), ring, {
      label: "messagequeue.visibility",
      background: true,
    });
  }
}
