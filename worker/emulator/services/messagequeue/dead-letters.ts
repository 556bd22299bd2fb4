import type { Call } from "../../core/service/call";
import type { Place } from "../../core/flow/contract";
import { Where, type Entry } from "./log/entry";
import type { Messages } from "./messages";
import type { Queue } from "./queue";
import type { State, StoredMessage } from "./state";

/** Why a message is put aside. */
export interface Aside {
  readonly reason: string;
  readonly description?: string;
}

/** Messages that are received too often, and where they go. */
export class DeadLetters {
  constructor(
    private readonly state: State,
    private readonly messages: Messages,
  ) {}

  /** Where a queue's messages are put aside; the queue's own place where the one that was set is gone. */
  targetOf({ stored }: Queue): Queue | undefined {
    const set = stored.deadLetterQueue && this.state.named(stored.deadLetterQueue.queue);
    const suffix = this.state.dialect.deadLetterSuffix;
    if (set || suffix === undefined || stored.builtInOf !== undefined) return set;
    return this.state.named(stored.name + suffix);
  }

  /** Whether the rule says that a message is to be put aside, and it can be. */
  takes(queue: Queue, message: StoredMessage): boolean {
    const rule = queue.stored.deadLetterQueue;
    if (rule === undefined) return false;
    const before = this.state.dialect.carriesReceiveCount ? (message.deadLetter?.receiveCount ?? 0) : 0;
    return message.receiveCount - before >= rule.maxReceiveCount && this.targetOf(queue) !== undefined;
  }

  /** Takes a message out of sight and puts it aside once the call that is being made has ended; `due` when the calendar has given it up. */
  set(queue: Queue, entry: Entry, due: boolean): void {
    queue.log.leave(entry, due);
    queue.exhausted.push(entry);
  }

  /** Puts aside what was taken out of sight: once the call at hand has ended, and because of it. */
  buryAfter(queue: Queue, call?: Call): void {
    if (queue.exhausted.length === 0) return;
    const { flow } = this.state.context;
    flow.after(() => {
      const entries = queue.exhausted;
      queue.exhausted = [];
      // A hold that ends by itself has no cause that was recorded.
      const place = call ? flow.placeOf(call) : { cause: 0, flow: 0, depth: 0 };
      const reason = { reason: this.state.dialect.deadLetterReasons.count };
      for (const entry of entries) this.bury(queue, entry, reason, place);
    });
  }

  /** Moves a message, as a recorded call of its own. */
  bury(queue: Queue, entry: Entry, aside: Aside, place: Place): void {
    if (queue.closed || !queue.log.has(entry) || entry.where !== Where.Leaving) return;
    const target = this.targetOf(queue);
    // The target went in the meantime: what cannot be put aside is given as before.
    if (target === undefined) return this.messages.reveal(queue, entry);
    const { messageId, receiveCount } = entry.message;
    const input = { queueUrl: queue.stored.url, messageId, receiveCount, ...aside };
    const hop = { source: queue.stored.arn, target: target.stored.arn, attempt: 1 };
    this.state.context.flow.act(
      "deadLetter",
      { ...input, deadLetterQueueUrl: target.stored.url },
      (call) => this.move(call, queue, entry, target, aside),
      { hop, place },
    );
  }

  /** Moves a message to the dead-letter queue within a call. */
  move(call: Call, queue: Queue, entry: Entry, target: Queue, { reason, description }: Aside): { messageId: string } {
    const { dialect } = this.state;
    const now = this.state.nowMs();
    const { receivedAt: _, firstReceivedAt: _first, ...message } = entry.message;
    const { url: sourceUrl, arn: sourceArn, name, fifo } = queue.stored;
    const { receiveCount } = message;
    const told = description === undefined ? {} : { description };
    const marks = dialect.deadLetterAttributes({ sourceUrl, sourceArn, receiveCount, reason, ...told });
    const attributes = { ...message.attributes, ...marks };
    this.messages.remove(queue, entry);
    const moved: StoredMessage = {
      ...message,
      ...(Object.keys(attributes).length > 0 && { attributes }),
      receiveCount: dialect.carriesReceiveCount ? receiveCount : 0,
      sentAt: fifo ? now : message.sentAt,
      keptFrom: dialect.keepsAge && !fifo ? message.keptFrom : now,
      visibleAt: now,
      deadLetter: { source: name, sourceArn, reason, ...told, receiveCount, at: now },
    };
    this.messages.add(call, target, moved, now);
    return { messageId: message.messageId };
  }
}
