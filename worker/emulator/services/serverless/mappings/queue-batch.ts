import type { TimerId } from "../../../core/clock/clock";
import { MAX_DEPTH, type Flow, type Place } from "../../../core/flow/contract";
import type { Call } from "../../../core/service/call";
import type { QueueMessage } from "../queue-message";
import type { StoredMapping } from "../state";
import { whenDone, type Runtime } from "./runtime";
import { verdictOf } from "./verdict";

export function deleteMessages(flow: Flow, arn: string, messages: readonly QueueMessage[], place: Place): void {
  const entries = messages.map(({ messageId, receiptHandle }) => ({ id: messageId, receiptHandle }));
  void flow.run("messagequeue", "deleteMessageBatch", [arn, entries], { place });
}

/** Messages that were received together, from then until they are settled. */
export class Batch {
  private timer: TimerId | undefined;
  private over = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly mapping: StoredMapping,
    private readonly messages: readonly QueueMessage[],
    private readonly place: Place,
    /** When the queue takes its messages back. */
    private readonly deadline: number,
    private readonly ended: () => void,
  ) {}

  /** Calls the function, at once or when there is room. */
  readonly start = (): unknown => {
    if (this.over) return undefined;
    const { runtime, mapping } = this;
    if (this.place.depth >= MAX_DEPTH) return this.refuse();
    const target = runtime.functionOf(mapping);
    const waited = this.timer !== undefined;
    if (!target || (waited && runtime.state.nowMs() >= this.deadline)) return this.end();
    const again = (): void => runtime.flow.dispatch(this.start);
    if (!runtime.hasRoom(mapping.uuid, target.name, `${mapping.uuid} ${this.first.receiptHandle}`, again))
      return this.wait();
    this.stopWaiting();
    const { dialect, context } = runtime.state;
    const source = { arn: mapping.sourceArn, batchSize: mapping.batchSize, account: context.account };
    const { event, binding } = dialect.queueEvent(this.messages, source);
    const attempt = this.first.receiveCount;
    const call = runtime.invoke(mapping, target.arn, event, attempt, this.place, { ...(binding && { binding }) });
    return whenDone(call, (done) => this.settle(done));
  };

  private get first(): QueueMessage {
    return this.messages[0] as QueueMessage;
  }

  /** Until there is room, or the queue takes the messages back uncalled. */
  private wait(): void {
    if (this.timer !== undefined) return;
    const { clock } = this.runtime.state.context;
    const left = Math.max(0, this.deadline - clock.nowMs());
    this.timer = clock.setTimer(left, () => this.end(), { label: "serverless.throttled", background: true });
  }

  private stopWaiting(): void {
    if (this.timer !== undefined) this.runtime.state.context.clock.clearTimer(this.timer);
    this.timer = undefined;
  }

  private settle(call: Call): void {
    const { flow } = this.runtime;
    const { sourceArn, reportBatchItemFailures } = this.mapping;
    const identifiers = (): string[] => this.messages.map(({ messageId }) => messageId);
    const verdict = verdictOf(call, reportBatchItemFailures, identifiers);
    const failed = ({ messageId }: QueueMessage): boolean =>
      verdict === "all" || (verdict !== "none" && verdict.has(messageId));
    const place = flow.placeOf(call);
    const done = verdict === "none" ? this.messages : this.messages.filter((message) => !failed(message));
    if (done.length > 0) deleteMessages(flow, sourceArn, done, place);
    if (done.length < this.messages.length)
      for (const message of this.messages) if (failed(message)) this.giveBack(message, place);
    this.end();
  }

  /** Where it does not wait for its visibility timeout: back at once, or after a while. */
  private giveBack({ receiptHandle, receiveCount }: QueueMessage, place: Place): void {
    const ms = this.runtime.state.dialect.failedMessageMs(receiveCount);
    if (ms === undefined) return;
    const args = [this.mapping.sourceArn, receiptHandle, ms];
    void this.runtime.flow.run("messagequeue", "changeVisibility", args, { place });
  }

  /** A loop: what came here over too many hops goes no further. */
  private refuse(): void {
    const { flow } = this.runtime;
    for (const { receiptHandle } of this.messages) {
      const args = [this.mapping.sourceArn, receiptHandle, { reason: "RecursiveInvocation" }];
      void flow.run("messagequeue", "deadLetterMessage", args, { place: this.place });
    }
    this.end();
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.stopWaiting();
    this.ended();
  }
}
