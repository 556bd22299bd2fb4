import type { TimerId } from "../../core/clock/clock";
import type { State, StoredSubscription } from "./state";

/** Subscriptions that nobody has confirmed yet: they go by themselves. The timer is not state: it follows from them. */
export class Pending {
  private timer: { readonly id: TimerId; readonly dueAt: number } | undefined;

  constructor(private readonly state: State) {}

  /** Arms the timer of the one that goes first, if it is not armed already. Called whenever there are others than before. */
  arm(): void {
    const first = this.first();
    const dueAt = first && first.createdAt + this.state.dialect.confirmationMs;
    if (this.timer?.dueAt === dueAt) return;
    const { context } = this.state;
    if (this.timer) context.cancel(this.timer.id);
    this.timer = undefined;
    if (!first || dueAt === undefined) return;
    const input = { topicId: first.topicId, endpoint: first.endpoint };
    this.timer = { id: context.at(dueAt, "expireSubscription", input, () => this.expire()), dueAt };
  }

  /** After the stores were brought back. */
  resume(): void {
    if (this.timer) this.state.context.cancel(this.timer.id);
    this.timer = undefined;
    this.arm();
  }

  private expire(): { subscriptions: string[] } {
    this.timer = undefined;
    const { state } = this;
    const now = state.nowMs();
    const gone: string[] = [];
    for (const [, key] of state.pending.range()) {
      const subscription = state.subscriptions.get(key);
      if (!subscription || now < subscription.createdAt + state.dialect.confirmationMs) break;
      state.dropSubscription(subscription);
      gone.push(subscription.id);
    }
    this.arm();
    return { subscriptions: gone };
  }

  private first(): StoredSubscription | undefined {
    const key = this.state.pending.first()?.[1];
    return key === undefined ? undefined : this.state.subscriptions.get(key);
  }
}
