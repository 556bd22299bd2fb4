import type { TimerId } from "../../../core/clock/clock";
import type { QueueSource } from "../../../core/flow/event-sources";
import type { Place } from "../../../core/flow/contract";
import { messageBytes } from "../../../core/message-bytes";
import type { Call } from "../../../core/service/call";
import type { Account } from "../../../core/service/service";
import { MIB } from "../../../core/units";
import { messageAttributes, systemAttributes, type QueueMessage } from "../queue-message";
import type { StoredMapping } from "../state";
import { parsedBody, passes } from "./filters";
import type { QueueLine } from "./queue-line";
import { Batch, deleteMessages } from "./queue-batch";
import { nowhere, type Runtime } from "./runtime";

/** Most that an event may hold. */
const MAX_EVENT_BYTES = 6 * MIB;
/** How long a mapping leaves a queue alone that answered a receive with an error. */
const PAUSE_MS = 1000;

/** A batch that is still being filled. */
interface Gathering {
  /** By id: one that became visible meanwhile, and was received again, is there once, by its latest receive. */
  readonly messages: Map<string, QueueMessage>;
  bytes: number;
  readonly place: Place;
  readonly receivedAt: number;
  readonly endsAt: number;
  readonly timer: TimerId;
}

/** What filters see of a message, the same on every cloud. */
const filterable = (message: QueueMessage, { accountId }: Account): unknown => ({
  body: parsedBody(message.body),
  attributes: systemAttributes(message, accountId),
  messageAttributes: messageAttributes(message.attributes),
});

const sizeOf = (messages: readonly QueueMessage[]): number =>
  messages.reduce((sum, { body, attributes }) => sum + messageBytes(body, attributes), 0);

/** One mapping of a queue at work. */
export class QueuePoller {
  private running = 0;
  private gathering: Gathering | undefined;
  private pausedUntil = -Infinity;
  private closed = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly line: QueueLine,
    private readonly uuid: string,
    readonly sequence: number,
  ) {}

  /** No more batches; those that run go on to their end. */
  close(): void {
    this.closed = true;
    this.letGo();
  }

  /** Takes a batch if it can: the work that this is, or undefined. */
  act(): unknown {
    const { runtime } = this;
    const mapping = this.closed ? undefined : runtime.enabled(this.uuid);
    if (!mapping) return undefined;
    const now = runtime.state.nowMs();
    if (now < this.pausedUntil || (this.gathering && now >= this.gathering.endsAt)) return undefined;
    const busy = this.running + (this.gathering ? 0 : 1);
    if (busy > (mapping.maximumConcurrency ?? Infinity)) return undefined;
    const target = runtime.functionOf(mapping);
    const source = target && runtime.flow.source(mapping.sourceArn);
    if (source?.kind !== "queue" || !source.hasVisible()) return undefined;
    const next = this.gathering && source.bytesOfNext?.();
    if (this.gathering && this.gathering.bytes + (next ?? 0) > MAX_EVENT_BYTES)
      return this.endGathering(mapping, source);
    const { receivesWhenThrottled } = runtime.state.dialect;
    if (!receivesWhenThrottled && !runtime.hasRoom(this.uuid, target?.name ?? "", this.uuid, this.line.poke))
      return undefined;
    return this.receive(mapping, source);
  }

  private receive(mapping: StoredMapping, source: QueueSource): unknown {
    const { messages: held, bytes = 0 } = this.gathering ?? {};
    const options = {
      maxMessages: mapping.batchSize - (held?.size ?? 0),
      maxBytes: MAX_EVENT_BYTES - bytes,
      waitMs: 0,
    };
    const place = source.placeOfNext?.() ?? nowhere();
    const call = this.runtime.flow.run("messagequeue", "receiveMessages", [source.arn, options], { place });
    if (call instanceof Promise) return call.then((done) => void this.received(mapping, source, done));
    return this.received(mapping, source, call);
  }

  private received(mapping: StoredMapping, source: QueueSource, call: Call): unknown {
    const { flow } = this.runtime;
    if (call.code !== "OK") return this.pause();
    const messages = call.output as readonly QueueMessage[];
    // Something was visible and yet is not given out: whatever it is, it wakes the line when it is over.
    if (messages.length === 0) return undefined;
    const place = flow.placeOf(call);
    const { account } = this.runtime.state.context;
    const wanted: QueueMessage[] = [];
    const unwanted: QueueMessage[] = [];
    for (const message of messages)
      (passes(mapping.filters, () => filterable(message, account)) ? wanted : unwanted).push(message);
    if (unwanted.length > 0) deleteMessages(flow, source.arn, unwanted, place);
    const full = (count: number): boolean => count >= mapping.batchSize;
    if (this.gathering) {
      this.gathering.bytes += sizeOf(wanted.filter(({ messageId }) => !this.gathering?.messages.has(messageId)));
      for (const message of wanted) this.gathering.messages.set(message.messageId, message);
      return full(this.gathering.messages.size) ? this.endGathering(mapping, source) : true;
    }
    if (wanted.length === 0) return true;
    const receivedAt = this.runtime.state.nowMs();
    if (mapping.batchingWindowMs > 0 && !full(wanted.length)) return this.gather(mapping, source, wanted, place);
    return this.start(mapping, source, wanted, place, receivedAt);
  }

  private start(
    mapping: StoredMapping,
    source: QueueSource,
    messages: readonly QueueMessage[],
    place: Place,
    receivedAt: number,
  ): unknown {
    this.running += 1;
    const ended = (): void => {
      this.running -= 1;
      this.line.poke();
    };
    const deadline = receivedAt + source.visibilityTimeoutMs;
    return new Batch(this.runtime, mapping, messages, place, deadline, ended).start() ?? true;
  }

  private gather(mapping: StoredMapping, source: QueueSource, messages: QueueMessage[], place: Place): true {
    const { clock } = this.runtime.state.context;
    const receivedAt = this.runtime.state.nowMs();
    const end = (): void => this.runtime.flow.dispatch(() => this.endGathering(mapping, source));
    const timer = clock.setTimer(mapping.batchingWindowMs, end, {
      label: "serverless.batchingWindow",
      background: true,
    });
    const endsAt = receivedAt + mapping.batchingWindowMs;
    const byId = new Map(messages.map((message) => [message.messageId, message]));
    this.gathering = { messages: byId, bytes: sizeOf(messages), place, receivedAt, endsAt, timer };
    return true;
  }

  private endGathering(mapping: StoredMapping, source: QueueSource): unknown {
    const { gathering } = this;
    if (!gathering) return undefined;
    this.letGo();
    if (!this.runtime.enabled(this.uuid)) return undefined;
    return this.start(mapping, source, [...gathering.messages.values()], gathering.place, gathering.receivedAt);
  }

  /** What was gathered is called no more: it comes back when its visibility timeout ends. */
  private letGo(): void {
    if (this.gathering) this.runtime.state.context.clock.clearTimer(this.gathering.timer);
    this.gathering = undefined;
  }

  private pause(): undefined {
    const { clock } = this.runtime.state.context;
    this.pausedUntil = this.runtime.state.nowMs() + PAUSE_MS;
    clock.setTimer(PAUSE_MS, this.line.poke, { label: "serverless.poll", background: true });
    return undefined;
  }
}
