import type { Flow } from "../../core/flow/contract";
import { tupleKey } from "../../core/store/keys";
import type { State } from "./state";

/** An invocation that is running now. */
export interface Running {
  readonly name: string;
  readonly version: string;
  readonly requestId: string;
  readonly since: number;
}

/**
 * How many invocations run at once. What runs is no state: a restored account runs nothing. Functions with a share of their own do not touch what the others
 * share.
 */
export class Concurrency {
  private readonly running = new Set<Running>();
  private readonly byFunction = new Map<string, number>();
  /** Of functions without a share of their own. */
  private shared = 0;
  /** Who was told that there is no room, in that order. */
  private waiting = new Map<string, () => void>();

  constructor(
    private readonly state: State,
    private readonly flow: Flow,
  ) {}

  /** What a function has reserved, if anything. */
  reserved(name: string): number | undefined {
    return this.state.concurrency.size === 0 ? undefined : this.state.concurrency.get(tupleKey(name));
  }

  hasRoom(name: string): boolean {
    const reserved = this.reserved(name);
    if (reserved !== undefined) return (this.byFunction.get(name) ?? 0) < reserved;
    return this.shared < this.state.concurrencyLimit - this.state.reserved;
  }

  /** Calls back, once, when there may be room again; `who` waits only once. */
  whenRoom(who: string, fn: () => void): void {
    this.waiting.set(who, fn);
  }

  /** `flow.wake`s the name when there may be room again. */
  wakeWhenRoom(target: string): void {
    this.whenRoom(target, () => this.flow.wake(target));
  }

  enter(running: Running): void {
    this.running.add(running);
    this.move(running.name, 1);
  }

  leave(running: Running): void {
    this.running.delete(running);
    this.move(running.name, -1);
    this.tell();
  }

  /** Gives a function a share of its own, or takes it away; what it runs already counts where it then belongs. */
  reserve(name: string, reserved: number | undefined): void {
    const count = this.byFunction.get(name) ?? 0;
    const before = this.reserved(name);
    if (before === undefined && reserved === undefined) return;
    if (before === undefined) this.shared -= count;
    this.state.reserve(name, reserved);
    if (reserved === undefined) this.shared += count;
    this.tell();
  }

  /** The limits may have changed: lets all who wait ask again. */
  tell(): void {
    if (this.waiting.size === 0) return;
    const { waiting } = this;
    this.waiting = new Map();
    for (const fn of waiting.values()) fn();
  }

  list(): readonly Running[] {
    return [...this.running];
  }

  /** After the stores were restored: counts anew what still runs. */
  recount(): void {
    this.shared = 0;
    for (const [name, count] of this.byFunction) if (this.reserved(name) === undefined) this.shared += count;
    this.tell();
  }

  private move(name: string, by: number): void {
    const count = (this.byFunction.get(name) ?? 0) + by;
    if (count === 0) this.byFunction.delete(name);
    else this.byFunction.set(name, count);
    if (this.reserved(name) === undefined) this.shared += by;
  }
}
