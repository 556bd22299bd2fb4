import type { TimerId } from "../../core/clock/clock";
import { tupleKey } from "../../core/store/keys";
import type { Handlers } from "./handlers";
import type { Settings, State, StoredFunction } from "./state";
import type { Handler } from "./types";

/**
 * Functions on their way to `Active`, with simulated provisioning. The timers are not state: they follow from `readyAt`.
 */
export class Transitions {
  private readonly timers = new Map<string, TimerId>();
  /** Code that runs once the update is done. */
  private readonly code = new Map<string, Handler>();

  constructor(
    private readonly state: State,
    private readonly handlers: Handlers,
  ) {}

  /** A new function, `Active` at once or `Pending` for a while. */
  creating(stored: StoredFunction): StoredFunction {
    const readyAt = this.begin(stored.name);
    return readyAt === undefined ? stored : { ...stored, state: "Pending", readyAt };
  }

  /** A changed function; while it is `Updating` it runs as it was. */
  updating(before: StoredFunction, after: StoredFunction, code: Handler | undefined): StoredFunction {
    const readyAt = this.begin(after.name);
    if (readyAt === undefined) {
      if (code) this.handlers.register(after.name, code);
      return after;
    }
    if (code) this.code.set(after.name, code);
    const { state: _state, published: _published, readyAt: _readyAt, previous: _previous, ...previous } = before;
    return { ...after, state: "Updating", readyAt, previous: previous satisfies Settings };
  }

  forget(name: string): void {
    const timer = this.timers.get(name);
    if (timer !== undefined) this.state.context.cancel(timer);
    this.timers.delete(name);
    this.code.delete(name);
  }

  resume(): void {
    for (const name of [...this.timers.keys()]) this.forget(name);
    for (const [, { name, readyAt }] of this.state.functions.range())
      if (readyAt !== undefined) this.arm(name, readyAt);
  }

  private begin(name: string): number | undefined {
    const { functionReadyMs } = this.state.dialect;
    if (this.state.context.provisioning !== "simulated") return undefined;
    const readyAt = this.state.nowMs() + functionReadyMs;
    this.arm(name, readyAt);
    return readyAt;
  }

  private arm(name: string, readyAt: number): void {
    this.forget(name);
    const ready = (): void => this.ready(name);
    this.timers.set(name, this.state.context.at(readyAt, "functionReady", { functionName: name }, ready));
  }

  private ready(name: string): void {
    this.timers.delete(name);
    const stored = this.state.functions.get(tupleKey(name));
    if (!stored) return;
    const { readyAt: _readyAt, previous: _previous, ...rest } = stored;
    this.state.saveFunction({ ...rest, state: "Active" });
    const code = this.code.get(name);
    if (code) this.handlers.register(name, code);
    this.code.delete(name);
  }
}
