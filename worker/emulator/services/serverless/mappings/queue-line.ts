import type { QueuePoller } from "./queue-poller";
import type { Runtime } from "./runtime";

/**
 * The mappings of one queue: they take turns, in order of creation, one batch at a time. Woken by messages, by ended runs and by the clock; never by looking
 * whether there is something.
 */
export class QueueLine {
  private readonly pollers: QueuePoller[] = [];
  private turn = 0;
  private asked = false;
  private readonly stop: () => void;

  constructor(
    private readonly runtime: Runtime,
    readonly arn: string,
  ) {
    this.stop = runtime.flow.watch(arn, this.poke);
  }

  add(poller: QueuePoller): void {
    this.pollers.push(poller);
    this.pollers.sort((a, b) => a.sequence - b.sequence);
    this.poke();
  }

  /** Whether somebody is left. */
  remove(poller: QueuePoller): boolean {
    const at = this.pollers.indexOf(poller);
    if (at >= 0) this.pollers.splice(at, 1);
    if (at >= 0 && at < this.turn) this.turn -= 1;
    return this.pollers.length > 0;
  }

  close(): void {
    this.stop();
    this.pollers.length = 0;
  }

  /** Something may have become possible. */
  readonly poke = (): void => {
    if (this.asked) return;
    this.asked = true;
    this.runtime.flow.dispatch(() => this.step());
  };

  /** Lets the next one that can take a batch; whoever comes after that has a step of its own. */
  private step(): unknown {
    this.asked = false;
    const { length } = this.pollers;
    for (let i = 0; i < length; i++) {
      const at = (this.turn + i) % length;
      const work = (this.pollers[at] as QueuePoller).act();
      if (work === undefined) continue;
      this.turn = (at + 1) % length;
      this.poke();
      return work;
    }
    return undefined;
  }
}
