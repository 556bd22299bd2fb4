import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { Waiting } from "../../core/service/waiting";
import { messageBytes } from "../../core/message-bytes";
import type { MessageQueueDriver } from "./driver";
import { args, count, duration } from "./input";
import { Waiter } from "./line";
import type { Entry } from "./log/entry";
import { received } from "./outputs";
import type { Parts } from "./parts";
import type { Queue } from "./queue";
import { refuse } from "./reasons";
import { visibility } from "./settings";
import type { StoredMessage } from "./state";
import type { Message } from "./types";

/** Most that an event source mapping takes at once. */
const MAX_BATCH = 10_000;

/** What a receive asks for. */
interface Request {
  readonly maxMessages: number;
  readonly waitMs: number | undefined;
  readonly visibilityTimeoutMs: number | undefined;
  /** Of bodies and attributes together; at least one message is given. */
  readonly maxBytes: number;
}

type Receive = "receiveMessages" | "receiveMessagesWithOptions";

/** A message as it is once it was received. Field by field, which costs a third of a spread. */
function heldMessage(message: StoredMessage, now: number, visibleAt: number): StoredMessage {
  const { attributes, groupId, deduplicationId, deadLetter } = message;
  const held: { -readonly [K in keyof StoredMessage]: StoredMessage[K] } = {
    messageId: message.messageId,
    body: message.body,
    sentAt: message.sentAt,
    keptFrom: message.keptFrom,
    visibleAt,
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? now,
    receivedAt: now,
  };
  if (attributes !== undefined) held.attributes = attributes;
  if (groupId !== undefined) held.groupId = groupId;
  if (deduplicationId !== undefined) held.deduplicationId = deduplicationId;
  if (deadLetter !== undefined) held.deadLetter = deadLetter;
  return held;
}

/** How messages are given out. */
export function receiving(parts: Parts): Pick<EngineOf<MessageQueueDriver>, Receive> {
  const { state, messages, deadLetters, clockwork } = parts;
  const { dialect, context } = state;

  function read(call: Call, options: unknown): Request {
    const { maxMessages = 1, waitMs, visibilityTimeoutMs, maxBytes } = args.options(options);
    const isMapping = call.door === "delivery";
    const most = { min: 1, max: isMapping ? MAX_BATCH : dialect.maxReceive };
    return {
      maxMessages: count("maxMessages", maxMessages, most, "badCount"),
      waitMs: waitMs === undefined ? undefined : duration("waitMs", waitMs, dialect.waitMs, dialect, "badWait"),
      visibilityTimeoutMs:
        visibilityTimeoutMs === undefined
          ? undefined
          : visibility("visibilityTimeoutMs", visibilityTimeoutMs, dialect, "badTimeout"),
      maxBytes: isMapping && typeof maxBytes === "number" ? maxBytes : Infinity,
    };
  }

  function hold(queue: Queue, entry: Entry, now: number, timeoutMs: number): Message {
    state.update(entry, heldMessage(entry.message, now, now + timeoutMs));
    if (timeoutMs > 0) queue.log.hide(entry);
    return received(dialect, queue, entry);
  }

  /** Gives what is visible now; before a message is given, the dead-letter rule is applied. */
  function take(call: Call, queue: Queue, { maxMessages, visibilityTimeoutMs, maxBytes }: Request): Message[] {
    const { log, stored } = queue;
    const { maxInFlight, hold: policy } = dialect;
    const room = maxInFlight - log.inFlight;
    if (room <= 0) refuse("tooManyInFlight", { queue: queue.name, max: maxInFlight, resource: queue.name });
    const most = Math.min(maxMessages, room);
    const now = state.nowMs();
    const timeoutMs = visibilityTimeoutMs ?? stored.visibilityTimeoutMs;
    const ruled = policy.deadLettersAt === "receive" && stored.deadLetterQueue !== undefined;
    const taken: Entry[] = [];
    const given: Message[] = [];
    let bytes = 0;
    while (given.length < most) {
      const entry = log.lane.next();
      if (entry === undefined) break;
      taken.push(entry);
      if (ruled && deadLetters.takes(queue, entry.message)) {
        deadLetters.set(queue, entry, false);
        continue;
      }
      if (maxBytes !== Infinity) {
        bytes += messageBytes(entry.message.body, entry.message.attributes);
        if (bytes > maxBytes && given.length > 0) break;
      }
      given.push(hold(queue, entry, now, timeoutMs));
    }
    log.lane.end(taken);
    messages.arm(queue);
    deadLetters.buryAfter(queue, call);
    return given;
  }

  function wait(call: Call, queue: Queue, request: Request, waitMs: number): Waiting<Message[]> {
    const { line } = queue;
    const { signal } = call;
    const waiter = new Waiter();
    const expire = (): void => {
      waiter.over = true;
      waiter.wake();
    };
    const timer =
      waitMs > 0
        ? context.clock.setTimer(waitMs, expire, { label: "messagequeue.receiveMessages", waiter: true })
        : undefined;
    // Without a wait it only stands behind those whose turn it is just now.
    waiter.over = timer === undefined;
    line.join(waiter);
    const leave = (): void => {
      if (timer !== undefined) context.clock.clearTimer(timer);
      signal?.removeEventListener("abort", abort);
      line.leave(waiter);
      if (!queue.closed) messages.announce(queue);
    };
    const abort = (): void => {
      leave();
      waiter.abort(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });

    const look = (): Message[] | Waiting<Message[]> => {
      signal?.throwIfAborted();
      try {
        if (queue.closed) refuse("noSuchQueue", { queue: queue.stored.url, resource: queue.stored.url });
        clockwork.settle(queue);
        const given = queue.log.lane.ready ? take(call, queue, request) : [];
        if (given.length === 0 && !waiter.over) {
          waiter.sleep();
          return new Waiting(waiter.ready, look);
        }
        leave();
        return given;
      } catch (refusal) {
        leave();
        throw refusal;
      }
    };
    return new Waiting(waiter.ready, look);
  }

  function receive(call: Call, queueUrl: unknown, options: unknown): Message[] | Waiting<Message[]> {
    const request = read(call, options);
    const queue = parts.queue(queueUrl);
    const { line, log, stored } = queue;
    const waitMs = request.waitMs ?? (call.door === "delivery" ? 0 : stored.receiveWaitMs);
    if (line.size === 0) {
      const given = log.lane.ready || log.inFlight >= dialect.maxInFlight ? take(call, queue, request) : [];
      if (given.length > 0 || waitMs === 0) return given;
    } else if (waitMs === 0 && !line.isServing) {
      // Others wait, and none of them is being served: there is nothing.
      return [];
    }
    return wait(call, queue, request, waitMs);
  }

  return {
    receiveMessages: (call, queueUrl, options) => receive(call, queueUrl, options),
    receiveMessagesWithOptions: (call, queueUrl, options) => receive(call, queueUrl, options),
  };
}
