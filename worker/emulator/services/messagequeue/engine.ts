import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import { attributes } from "./attributes";
import { batches } from "./batches";
import { Clockwork } from "./clockwork";
import { DeadLetters } from "./dead-letters";
import type { MessageQueueDialect } from "./dialect";
import type { MessageQueueDriver } from "./driver";
import { receiver, sources } from "./flow";
import { Messages } from "./messages";
import { Parts } from "./parts";
import { peeking } from "./peeking";
import { queues } from "./queues";
import { receiving } from "./receiving";
import { Redriving, redriving } from "./redriving";
import { Sending, sending } from "./sending";
import { Settling, settling } from "./settling";
import { State } from "./state";
import { triggers } from "./triggers";

/** The message queues of one account: their stores and indexes, and every operation, each from the file of its idea. */
export function openMessageQueue(context: ServiceContext<MessageQueueDialect>): OpenService<MessageQueueDriver> {
  const state = new State(context);
  const messages = new Messages(state);
  const deadLetters = new DeadLetters(state, messages);
  const clockwork = new Clockwork(state, messages, deadLetters);
  const parts = new Parts(state, messages, deadLetters, clockwork);
  const sends = new Sending(parts);
  const settles = new Settling(parts);
  const redrives = new Redriving(parts);
  const engine: EngineOf<MessageQueueDriver> = {
    ...queues(parts),
    ...attributes(parts),
    ...sending(parts, sends),
    ...receiving(parts),
    ...settling(parts, settles),
    ...batches(parts, sends, settles),
    ...peeking(parts),
    ...redriving(parts, redrives),
    ...triggers(parts),
  };
  const resume = (since: number): void => {
    for (const queue of state.all()) {
      messages.disarm(queue);
      if (queue.redriveTimer !== undefined) context.cancel(queue.redriveTimer);
    }
    state.reopen(since);
    clockwork.resume();
    redrives.resume();
  };
  return { engine, resume, receives: receiver(parts), source: sources(parts) };
}
