import type { TimerId } from "../../core/clock/clock";
import type { Call } from "../../core/service/call";
import { tupleKey } from "../../core/store/keys";
import { parseSchedule } from "./schedule";
import type { State, StoredRule } from "./state";

/** What a rule does at its moment; answers what the recording shows. */
export type Fire = (call: Call, rule: StoredRule, dueMs: number) => unknown;

const keyOf = ({ eventBus, name }: StoredRule): string => tupleKey(eventBus, name);

/** Rules at work by the clock. One timer for each enabled rule with a schedule, always for its next moment; the timers follow from the rules, and are no state. */
export class Schedules {
  private readonly timers = new Map<string, TimerId>();

  constructor(
    private readonly state: State,
    private readonly fire: Fire,
  ) {}

  /** The rule is new, or has changed. */
  follow(rule: StoredRule): void {
    this.forget(rule);
    this.arm(rule, this.state.nowMs());
  }

  /** The rule is gone. */
  forget(rule: StoredRule): void {
    const timer = this.timers.get(keyOf(rule));
    if (timer !== undefined) this.state.context.cancel(timer);
    this.timers.delete(keyOf(rule));
  }

  /** Arms the timers that rules stored at the moment `since` call for, and no others. One firing makes up for all between then and now. */
  resume(since: number): void {
    for (const timer of this.timers.values()) this.state.context.cancel(timer);
    this.timers.clear();
    // Only the default bus has rules with schedules.
    for (const rule of this.state.rulesOf(this.state.dialect.defaultBus)) this.arm(rule, since);
  }

  private arm(rule: StoredRule, afterMs: number): void {
    if (!rule.schedule || rule.state !== "ENABLED") return;
    const schedule = parseSchedule(rule.schedule.expression);
    const dueMs = typeof schedule === "string" ? undefined : schedule.next(rule.schedule.since, afterMs);
    if (dueMs === undefined) return;
    const { eventBus, name: ruleName } = rule;
    const act = (call: Call): unknown => {
      this.timers.delete(keyOf(rule));
      const current = this.state.rule(eventBus, ruleName);
      this.arm(current, Math.max(dueMs, this.state.nowMs()));
      return this.fire(call, current, dueMs);
    };
    this.timers.set(keyOf(rule), this.state.context.at(dueMs, "scheduledEvent", { eventBus, ruleName }, act));
  }
}
