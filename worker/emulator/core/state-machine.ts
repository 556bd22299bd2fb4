import { ambient } from "./ambient";
import { checkDuration, checkFunction, checkNonEmptyString, invalid } from "./check";
import type { Clock, TimerId } from "./clock/clock";
import { CloudError } from "./errors";
import { checkTable, mermaidOf, type MachineProblems } from "./state-diagram";

/** One allowed change of state. */
export interface Transition<S extends string> {
  from: S;
  to: S;
  /** What causes it; shown in diagrams. */
  event?: string;
}

/** One change of state that a resource went through; the first one has no `from`. */
export interface StateChange<S extends string> {
  readonly from?: S;
  readonly to: S;
  readonly at: Date;
}

/** Options of a {@link StateMachine}. */
export interface StateMachineOptions<S extends string> {
  /** The state of a resource that is set without one. */
  initial?: S;
  /** States that are meant to have no way out. */
  terminal?: readonly S[];
  /** Dates the changes and times {@link StateMachine.after}; default: the run's clock, outside of runs a `RealClock`. */
  clock?: Clock;
}

/** Hears of a transition after it has happened. */
export type TransitionListener<S extends string> = (id: string, from: S, to: S, at: Date) => void;

interface Resource<S extends string> {
  state: S;
  readonly history: StateChange<S>[];
  /** Timed transitions out of the present state. */
  timers: TimerId[];
}

interface TimedTransition<S extends string> {
  readonly ms: number;
  readonly from: S;
  readonly to: S;
}

/**
 * A table of allowed transitions, and the state of every resource that follows it.
 *
 * ```ts
 * const instances = new StateMachine([
 *   { from: "pending", to: "running" },
 *   { from: "running", to: "stopped", event: "stop" },
 * ], { initial: "pending", terminal: ["stopped"] });
 *
 * instances.set("i-1");
 * instances.can("i-1", "stopped"); // false
 * instances.transition("i-1", "stopped"); // CloudError FailedPrecondition: i-1 cannot go from pending to stopped, only to running
 * ```
 */
export class StateMachine<S extends string = string> {
  readonly #transitions: readonly Transition<S>[];
  readonly #targets = new Map<S, S[]>();
  readonly #initial: S | undefined;
  readonly #terminal: readonly S[];
  readonly #clock: Clock;
  readonly #resources = new Map<string, Resource<S>>();
  readonly #listeners = new Set<TransitionListener<S>>();
  readonly #timed: TimedTransition<S>[] = [];

  /** @throws CloudError `InvalidArgument` for an initial or terminal state that no transition names. */
  constructor(transitions: readonly Transition<S>[], options: StateMachineOptions<S> = {}) {
    this.#transitions = transitions.map((transition) => ({ ...transition }));
    for (const { from, to } of this.#transitions) {
      checkNonEmptyString("from", from);
      checkNonEmptyString("to", to);
      if (!this.#targets.has(to)) this.#targets.set(to, []);
      const targets = this.#targets.get(from);
      if (!targets) this.#targets.set(from, [to]);
      else if (!targets.includes(to)) targets.push(to);
    }
    this.#initial = options.initial === undefined ? undefined : this.#checkState("initial", options.initial);
    this.#terminal = (options.terminal ?? []).map((state) => this.#checkState("terminal", state));
    this.#clock = options.clock ?? ambient().clock;
  }

  /**
   * Puts a resource into a state, whatever it was in; no listener hears of it.
   * @throws CloudError `InvalidArgument` for an unknown state, or for none when the machine has no initial one.
   */
  set(id: string, state: S | undefined = this.#initial): void {
    const to = this.#checkState("state", state);
    const resource = this.#resources.get(id);
    if (resource) this.#enter(id, resource, { to });
    else this.#resources.set(id, this.#enter(id, { state: to, history: [], timers: [] }, { to }));
  }

  /** The state a resource is in. @throws CloudError `NotFound` for an unknown one. */
  state(id: string): S {
    return this.#resource(id).state;
  }

  /** Whether the table lists the way from a resource's state to `to`. @throws CloudError `NotFound` for an unknown resource. */
  can(id: string, to: S): boolean {
    return this.#targetsOf(this.state(id)).includes(to);
  }

  /**
   * Moves a resource along a listed transition.
   * @throws CloudError `NotFound` for an unknown resource; `FailedPrecondition` naming the legal targets for a transition that is not listed.
   */
  transition(id: string, to: S): void {
    const resource = this.#resource(id);
    const from = resource.state;
    const targets = this.#targetsOf(from);
    if (!targets.includes(to)) {
      const legal = targets.length > 0 ? `only to ${targets.join(", ")}` : "nor anywhere else";
      const details = { id, from, to, targets: [...targets] };
      throw new CloudError("FailedPrecondition", `${id} cannot go from ${from} to ${to}, ${legal}`, {
        resource: id,
        details,
      });
    }
    this.#enter(id, resource, { from, to });
    const at = this.#clock.now();
    for (const listener of this.#listeners) {
      try {
        listener(id, from, to, at);
      } catch {
        // The change has happened, and the other listeners are to hear of it whatever this one makes of it.
      }
    }
  }

  /** Calls `listener` after each transition, in order of registration, until the answer is called. One that throws stops nothing. */
  onTransition(listener: TransitionListener<S>): () => void {
    checkFunction("listener", listener);
    // Wrapped, so that a listener registered twice is called twice and each registration is ended on its own.
    const own: TransitionListener<S> = (id, from, to, at) => listener(id, from, to, at);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /**
   * From now on, a resource that enters `from` goes on to `to` after `ms` milliseconds of the clock, unless its state changed meanwhile.
   * @throws CloudError `InvalidArgument` for a transition that is not listed, or a negative duration.
   */
  after(ms: number, from: S, to: S): void {
    checkDuration("ms", ms);
    if (!this.#targetsOf(this.#checkState("from", from)).includes(this.#checkState("to", to))) {
      throw new CloudError("InvalidArgument", `the transition from ${from} to ${to} is not listed`);
    }
    this.#timed.push({ ms, from, to });
  }

  /** Every state a resource has been in, oldest first. @throws CloudError `NotFound` for an unknown one. */
  history(id: string): StateChange<S>[] {
    return this.#resource(id).history.map((change) => ({ ...change, at: new Date(change.at) }));
  }

  /** Forgets a resource; nothing happens when it is unknown. */
  remove(id: string): void {
    const resource = this.#resources.get(id);
    if (resource) this.#dropTimers(resource);
    this.#resources.delete(id);
  }

  /** Every resource's state, by id, in the order in which they were first set. */
  resources(): Map<string, S> {
    return new Map([...this.#resources].map(([id, { state }]) => [id, state]));
  }

  /**
   * What is odd about the table: states that cannot be reached from the initial one (without one, from any state that nothing leads to), and states
   * with no way out that are not declared terminal.
   */
  check(): MachineProblems<S> {
    return checkTable(this.#targets, this.#initial, this.#terminal);
  }

  /** The table as a Mermaid state diagram. */
  toMermaid(): string {
    return mermaidOf(this.#transitions, this.#initial, this.#terminal);
  }

  #checkState(name: string, state: S | undefined): S {
    if (state !== undefined && this.#targets.has(state)) return state;
    return invalid(name, `one of ${[...this.#targets.keys()].join(", ")}`, state);
  }

  #targetsOf(state: S): readonly S[] {
    return this.#targets.get(state) ?? [];
  }

  #resource(id: string): Resource<S> {
    const resource = this.#resources.get(id);
    if (!resource) throw new CloudError("NotFound", `${id} is not known to this state machine`, { resource: id });
    return resource;
  }

  #enter(id: string, resource: Resource<S>, change: { from?: S; to: S }): Resource<S> {
    this.#dropTimers(resource);
    resource.state = change.to;
    resource.history.push({ ...change, at: this.#clock.now() });
    const ways = this.#timed.filter(({ from }) => from === change.to);
    resource.timers = ways.map(({ ms, from, to }) =>
      this.#clock.setTimer(ms, () => this.transition(id, to), { label: `${id}: ${from} -> ${to}`, background: true }),
    );
    return resource;
  }

  #dropTimers(resource: Resource<S>): void {
    for (const timer of resource.timers) this.#clock.clearTimer(timer);
    resource.timers = [];
  }
}
