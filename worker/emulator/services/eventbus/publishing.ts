import type { Call } from "../../core/service/call";
import { BUS_EVENT, type EventTaken } from "./deliveries";
import type { EventRecord } from "./event-record";
import { MatchedEvent, wants } from "./rule-pattern";
import type { State, StoredBus, StoredEvent, StoredRule } from "./state";

/** Events on their way to the rules of a bus. */
export class Publishing {
  constructor(private readonly state: State) {}

  /** Account and region of what happens here. */
  get home(): Pick<EventRecord, "account" | "region"> {
    const { dialect, account } = this.state.context;
    return { account: dialect.accountOf(account), region: account.region };
  }

  /** The enabled rules that want an event, in the order in which they were created. */
  matching(
    bus: StoredBus,
    matched: MatchedEvent,
    among: Iterable<StoredRule> = this.state.rulesOf(bus.name),
  ): StoredRule[] {
    const found: StoredRule[] = [];
    for (const rule of among)
      if (rule.state === "ENABLED" && wants(rule, matched, this.state.dialect)) found.push(rule);
    return found;
  }

  /** Takes an event: keeps it, and lets it go to the targets of the rules that want it. */
  take(call: Call, bus: StoredBus, event: EventRecord, detail: string): void {
    this.keep(bus, event, detail);
    this.send(call, bus, event, this.matching(bus, new MatchedEvent(event, bus.arn)));
  }

  /** Keeps an event in its bus's history. */
  keep(bus: StoredBus, event: EventRecord, detail: string): void {
    const stored: StoredEvent = { ...event, detail, eventBus: bus.name, takenAt: this.state.nowMs() };
    this.state.keep(stored);
  }

  /** Lets an event go to the targets of rules, once the call has committed. */
  send(call: Call, bus: StoredBus, event: EventRecord, rules: readonly StoredRule[]): void {
    const acting = rules.filter(({ targets }) => targets.length > 0);
    if (acting.length === 0) return;
    const data: EventTaken = { busArn: bus.arn, busName: bus.name, event, takenAt: this.state.nowMs(), rules: acting };
    call.emit({ type: BUS_EVENT, data });
  }
}
