import type { Clockwork } from "./clockwork";
import type { DeadLetters } from "./dead-letters";
import { queueReference } from "./input";
import type { Messages } from "./messages";
import type { Queue } from "./queue";
import type { State } from "./state";

/** What the parts of the engine share. */
export class Parts {
  constructor(
    readonly state: State,
    readonly messages: Messages,
    readonly deadLetters: DeadLetters,
    readonly clockwork: Clockwork,
  ) {}

  /** The queue of a url or arn, brought up to the present moment; or the refusal. */
  queue(reference: unknown, argument?: string): Queue {
    const queue = this.state.queue(queueReference(reference, argument));
    this.clockwork.settle(queue);
    return queue;
  }
}
