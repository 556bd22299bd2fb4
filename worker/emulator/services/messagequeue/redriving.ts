import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { tupleKey } from "../../core/store/keys";
import type { MessageQueueDriver } from "./driver";
import { args, pageRequest, queueReference } from "./input";
import type { Entry } from "./log/entry";
import type { Parts } from "./parts";
import { checkOwn, pageOfQueues } from "./queues";
import type { Queue } from "./queue";
import { refuse } from "./reasons";
import type { StoredMessage } from "./state";

const SECOND_MS = 1000;
const MAX_PER_SECOND = 500;

/** Messages on their way back from where they were put aside. */
export class Redriving {
  constructor(private readonly parts: Parts) {}

  /** Moves up to `most` visible messages, oldest first; what has nowhere to go stays. */
  move(call: Call, queue: Queue, destination: Queue | undefined, most: number): number {
    const { state, messages } = this.parts;
    const { lane } = queue.log;
    const taken: Entry[] = [];
    const moves: [Entry, Queue][] = [];
    while (moves.length < most) {
      const entry = lane.next();
      if (entry === undefined) break;
      taken.push(entry);
      const source = entry.message.deadLetter?.source;
      const to = destination ?? (source === undefined ? undefined : state.named(source));
      if (to !== undefined) moves.push([entry, to]);
    }
    lane.end(taken);
    const { dialect, context } = state;
    const now = state.nowMs();
    for (const [entry, to] of moves) {
      const { deadLetter: _, receivedAt: _at, firstReceivedAt: _first, ...message } = entry.message;
      messages.remove(queue, entry);
      const moved: StoredMessage = {
        ...message,
        ...(dialect.renewsRedriven && { messageId: dialect.messageId(context.ids), sentAt: now }),
        keptFrom: now,
        visibleAt: now,
        receiveCount: 0,
      };
      messages.add(call, to, moved, now);
    }
    return moves.length;
  }

  /** Takes up the redrives that are stored. */
  resume(): void {
    for (const queue of this.parts.state.all()) this.schedule(queue);
  }

  /** Sets the timer for the next second's share. */
  schedule(queue: Queue): void {
    const { state } = this.parts;
    const redrive = state.redrives.get(tupleKey(queue.name));
    if (redrive === undefined) return;
    queue.redriveTimer = state.context.at(redrive.nextAt, "redrive", { queueUrl: queue.stored.url }, (call) => ({
      moved: this.step(call, queue),
    }));
  }

  private step(call: Call, queue: Queue): number {
    const { state } = this.parts;
    const key = tupleKey(queue.name);
    queue.redriveTimer = undefined;
    const redrive = state.redrives.get(key);
    if (queue.closed || redrive === undefined) return 0;
    this.parts.clockwork.settle(queue);
    const { destination, perSecond, left, nextAt } = redrive;
    const to = destination === undefined ? undefined : state.named(destination);
    const gone = destination !== undefined && to === undefined;
    const moved = gone ? 0 : this.move(call, queue, to, Math.min(perSecond, left));
    // Nothing moved: what is left has nowhere to go, or is none.
    if (moved === 0 || moved === left) {
      state.redrives.delete(key);
    } else {
      state.redrives.set(key, { ...redrive, left: left - moved, nextAt: nextAt + SECOND_MS });
      this.schedule(queue);
    }
    return moved;
  }
}

/** The operations on dead-letter queues. */
export function redriving(
  parts: Parts,
  redrives: Redriving,
): Pick<EngineOf<MessageQueueDriver>, "redriveMessages" | "listDeadLetterSources"> {
  const { state } = parts;
  const { dialect } = state;

  return {
    redriveMessages(call, dlqUrl, options) {
      const reference = queueReference(dlqUrl, "dlqUrl");
      const fields = args.options(options);
      const destinationUrl = args.optionalText("destinationUrl", fields["destinationUrl"]);
      const maxMessages = args.optionalInteger("maxMessages", fields["maxMessages"], 1) ?? Infinity;
      const perSecond = args.optionalInteger("perSecond", fields["perSecond"], 1, MAX_PER_SECOND);
      const queue = parts.queue(reference, "dlqUrl");
      const named = state.sourcesOf(queue.name).length > 0 || queue.stored.builtInOf !== undefined;
      if (!named && (destinationUrl === undefined || dialect.redrivesOnlyTargets))
        refuse("notADeadLetterQueue", { queue: queue.name, resource: queue.name });
      const destination = destinationUrl === undefined ? undefined : parts.queue(destinationUrl, "destinationUrl");
      if (destination !== undefined) {
        checkOwn(destination);
        if (destination === queue) args.complain("destinationUrl", "another queue");
        if (destination.stored.fifo !== queue.stored.fifo)
          args.complain(
            "destinationUrl",
            queue.stored.fifo ? "a FIFO queue, as this one" : "no FIFO queue, as this one",
          );
      }
      const key = tupleKey(queue.name);
      if (state.redrives.has(key)) refuse("redriveRunning", { queue: queue.name, resource: queue.name });
      const left = Math.min(maxMessages, queue.log.visible);
      const moved = redrives.move(call, queue, destination, Math.min(left, perSecond ?? Infinity));
      if (perSecond !== undefined && moved > 0 && moved < left) {
        state.redrives.set(key, {
          ...(destination && { destination: destination.name }),
          perSecond,
          left: left - moved,
          nextAt: state.nowMs() + SECOND_MS,
        });
        redrives.schedule(queue);
      }
      return { moved };
    },

    listDeadLetterSources(_call, dlqUrl, options) {
      const fields = args.options(options);
      const queue = parts.queue(dlqUrl, "dlqUrl");
      const request = pageRequest("listDeadLetterSources", [queue.name], fields, dialect);
      const { after } = request;
      const names = state.sourcesOf(queue.name).filter((name) => after === undefined || name > after);
      return pageOfQueues(parts, request, names);
    },
  };
}
