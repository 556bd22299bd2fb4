import type { Call } from "../../core/service/call";
import type { DeadLetters } from "./dead-letters";
import { Where, type Entry } from "./log/entry";
import type { Messages } from "./messages";
import type { Queue } from "./queue";
import type { State } from "./state";

/** What time does to messages: delays and holds end, and what was kept too long goes. */
export class Clockwork {
  constructor(
    private readonly state: State,
    private readonly messages: Messages,
    private readonly deadLetters: DeadLetters,
  ) {
    messages.onAlarm = (queue) => {
      this.settle(queue);
      messages.rearm(queue);
    };
  }

  /**
   * Brings a queue up to the present moment. Whoever looks at a queue does this first, so that at the very moment when something is due it has happened, whichever timer
   * runs first. Nothing is written: what must be, is written by a call of its own.
   */
  settle(queue: Queue): void {
    const { log, stored } = queue;
    const now = this.state.nowMs();
    if (log.hidden.next <= now) {
      log.hidden.take(now, (entry) => this.surface(queue, entry));
      this.deadLetters.buryAfter(queue);
      this.messages.announce(queue);
    }
    if (log.ages.next + stored.retentionMs <= now) this.expire(queue, now);
  }

  /** All that hidden messages call for when the stores were brought back. */
  resume(): void {
    for (const queue of this.state.all()) this.messages.arm(queue);
  }

  /** A delay or a hold is over. */
  private surface(queue: Queue, entry: Entry): void {
    const ends = entry.received && this.state.dialect.hold.deadLettersAt === "end";
    if (ends && this.deadLetters.takes(queue, entry.message)) this.deadLetters.set(queue, entry, true);
    else queue.log.show(entry, true);
  }

  private expire(queue: Queue, now: number): void {
    const { log, stored } = queue;
    const asked = queue.expired.length > 0;
    log.ages.take(now - stored.retentionMs, (entry) => {
      if (stored.deadLetterOnExpiration) log.leave(entry);
      else log.remove(entry);
      queue.expired.push(entry);
    });
    if (asked || queue.expired.length === 0) return;
    this.messages.announce(queue);
    const { context } = this.state;
    context.at(context.clock.nowMs(), "expire", { queueUrl: stored.url }, (call) => this.remove(call, queue));
  }

  /** As a call of the clock. */
  private remove(call: Call, queue: Queue): { expired: number; deadLettered: number } {
    const entries = queue.expired;
    queue.expired = [];
    if (queue.closed) return { expired: 0, deadLettered: 0 };
    const { context, dialect } = this.state;
    const aside = entries.filter(({ where }) => where === Where.Leaving);
    const reason = { reason: dialect.deadLetterReasons.age };
    context.flow.after(() => {
      const place = context.flow.placeOf(call);
      for (const entry of aside) this.deadLetters.bury(queue, entry, reason, place);
    });
    let expired = 0;
    for (const entry of entries) if (entry.where === Where.Gone && this.state.forget(queue, entry)) expired++;
    return { expired, deadLettered: aside.length };
  }
}
