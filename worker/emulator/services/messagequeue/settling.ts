import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import type { MessageQueueDriver } from "./driver";
import { readHandleWords } from "./handles";
import { args, duration } from "./input";
import { Where, type Entry } from "./log/entry";
import type { Parts } from "./parts";
import type { HandleState, HandleUse } from "./policies";
import type { Queue } from "./queue";
import { refuse } from "./reasons";

/** A handle as it stands; an entry only where the message is there still. */
interface Held {
  readonly state: HandleState;
  readonly entry: Entry | undefined;
}

/** What receivers do to the messages they have received. */
export class Settling {
  constructor(private readonly parts: Parts) {}

  /** What a handle is good for now; one that this queue never issued is refused. */
  find(queue: Queue, handle: string): Held {
    const { dialect } = this.parts.state;
    const words = dialect.parseHandle(handle);
    const receipt = words && readHandleWords(words, queue.handleKey);
    if (receipt === undefined) return refuse("badHandle", { fifo: queue.stored.fifo });
    const entry = queue.log.places.get(receipt.place);
    if (entry === undefined || entry.where === Where.Leaving) return { state: "gone", entry: undefined };
    if (entry.message.receiveCount !== receipt.count) return { state: "superseded", entry };
    return { state: entry.where === Where.Hidden ? "held" : "over", entry };
  }

  delete(queue: Queue, handle: string): void {
    const { hold } = this.parts.state.dialect;
    const { state, entry } = this.find(queue, handle);
    if (entry !== undefined && this.may(hold.delete(state, queue.stored.fifo), queue))
      this.parts.messages.remove(queue, entry);
    else if (entry === undefined) this.may(hold.delete(state, queue.stored.fifo), queue);
  }

  change(call: Call, queue: Queue, handle: string, timeoutMs: number): void {
    const { dialect } = this.parts.state;
    const { hold } = dialect;
    const { state, entry } = this.find(queue, handle);
    if (!this.may(hold.change(state, queue.stored.fifo), queue) || entry === undefined) return;
    const now = this.parts.state.nowMs();
    const gives = timeoutMs === 0 || call.door === "delivery";
    const ms = !gives && hold.renewsByDefault ? queue.stored.visibilityTimeoutMs : timeoutMs;
    const most = (entry.message.receivedAt ?? now) + hold.maxHeldMs - now;
    if (ms > most)
      refuse("badTimeout", { argument: "timeoutMs", rule: `at most ${most} ms: 12 hours from the receive` });
    this.setVisible(call, queue, entry, now + ms, gives);
  }

  /** Hides a message until a moment, or shows it; `gives` it back for good, which ends the delivery. */
  private setVisible(call: Call, queue: Queue, entry: Entry, visibleAt: number, gives: boolean): void {
    const { state, messages, deadLetters } = this.parts;
    const now = state.nowMs();
    state.update(entry, { ...entry.message, visibleAt });
    if (gives && state.dialect.hold.deadLettersAt === "end" && deadLetters.takes(queue, entry.message)) {
      deadLetters.set(queue, entry, false);
      deadLetters.buryAfter(queue, call);
    } else if (visibleAt > now) {
      queue.log.hide(entry);
      messages.arm(queue);
    } else if (entry.where === Where.Hidden) {
      messages.reveal(queue, entry);
    }
  }

  /** Whether a use is to act; a refusal where it is one. */
  private may(use: HandleUse, queue: Queue): boolean {
    if (use === "act") return true;
    return use === "ignore" ? false : refuse(use, { fifo: queue.stored.fifo });
  }
}

type SettleOperation = "deleteMessage" | "changeVisibility" | "deadLetterMessage";

/** The operations on single messages that were received. */
export function settling(parts: Parts, settles: Settling): Pick<EngineOf<MessageQueueDriver>, SettleOperation> {
  const { state, deadLetters } = parts;
  const { dialect } = state;

  return {
    deleteMessage(_call, queueUrl, receiptHandle, options) {
      const handle = args.text("receiptHandle", receiptHandle);
      args.options(options);
      settles.delete(parts.queue(queueUrl), handle);
    },

    changeVisibility(call, queueUrl, receiptHandle, timeoutMs, options) {
      const handle = args.text("receiptHandle", receiptHandle);
      const { min, max } = dialect.visibilityMs;
      // A renewal by the queue's own time takes any figure; and so does whoever gives a message back for later.
      const free = dialect.hold.renewsByDefault || call.door === "delivery";
      const bounds = { min: free ? 0 : min, max: free ? Infinity : max };
      const ms = timeoutMs === 0 ? 0 : duration("timeoutMs", timeoutMs, bounds, dialect, "badTimeout");
      args.options(options);
      settles.change(call, parts.queue(queueUrl), handle, ms);
    },

    deadLetterMessage(call, queueUrl, receiptHandle, options) {
      const isFlow = call.door === "delivery";
      if (!dialect.deadLettersOnDemand && !isFlow) refuse("deadLetterUnsupported");
      const handle = args.text("receiptHandle", receiptHandle);
      const fields = args.object("options", options);
      const reason = args.text("reason", fields["reason"]);
      const description = args.optionalText("description", fields["description"]);
      const queue = parts.queue(queueUrl);
      const { state: held, entry } = settles.find(queue, handle);
      if (held !== "held" || entry === undefined)
        return isFlow ? undefined : refuse("lockLost", { fifo: queue.stored.fifo });
      const target = deadLetters.targetOf(queue);
      if (target)
        deadLetters.move(call, queue, entry, target, { reason, ...(description !== undefined && { description }) });
      else if (isFlow) parts.messages.remove(queue, entry);
      else refuse("badDeadLetterTarget", { rule: "set: this queue is a dead-letter queue itself" });
    },
  };
}
