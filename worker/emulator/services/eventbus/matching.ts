import type { EngineOf } from "../../core/service/operations";
import { prefixOf } from "../../core/store/keys";
import type { JsonValue } from "../../core/json";
import type { EventBusDriver } from "./driver";
import { readEvent, readObject } from "./event-input";
import type { EventRecord } from "./event-record";
import { args, busName } from "./input";
import type { Publishing } from "./publishing";
import { MatchedEvent, readRulePattern } from "./rule-pattern";
import { ruleInfo } from "./rules";
import type { State, StoredEvent, StoredRule } from "./state";

type MatchOperation = "testEventPattern" | "matchRules" | "replayEvents";

const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

/** A kept event as it was put. */
const recordOf = ({ takenAt: _, eventBus: __, detail, ...event }: StoredEvent): EventRecord => ({
  ...event,
  detail: JSON.parse(detail) as JsonValue,
});

/** Asking rules, with and without consequences. */
export function matching(state: State, publishing: Publishing): Pick<EngineOf<EventBusDriver>, MatchOperation> {
  const { dialect, context } = state;
  const anyBus = dialect.busArn("test", context.account);

  /** An event in the form of `putEvents` or of the history: what both have, and the rest where it is given. */
  function fromInput(fields: Readonly<Record<string, unknown>>): MatchedEvent {
    const { read, time, bus: _, detail: __, ...event } = readEvent({ eventBus: "test", ...fields }, "event", state);
    const { home } = publishing;
    const replayName = args.optionalText("event.replayName", fields["replayName"]);
    const record: EventRecord = {
      ...event,
      id: textOr(fields["id"], ""),
      detail: read,
      time: time ?? state.nowMs(),
      account: textOr(fields["account"], home.account),
      region: textOr(fields["region"], home.region),
      ...(replayName !== undefined && { replayName }),
    };
    return new MatchedEvent(record, anyBus);
  }

  /** An event in the form that patterns see; fields that it leaves out are not there. */
  function fromEnvelope(value: unknown): MatchedEvent {
    const { read: fields } = readObject(value, (rule) => args.complain("event", rule));
    const moment = new Date(textOr(fields["time"], "")).getTime();
    const resources = fields["resources"];
    const record: EventRecord = {
      id: textOr(fields["id"], ""),
      source: textOr(fields["source"], ""),
      detailType: textOr(fields["detail-type"], ""),
      detail: fields["detail"] ?? {},
      time: Number.isNaN(moment) ? state.nowMs() : moment,
      resources: Array.isArray(resources) ? resources.filter((one) => typeof one === "string") : [],
      ...publishing.home,
    };
    return new MatchedEvent(record, anyBus, fields);
  }

  function readMatched(value: unknown): MatchedEvent {
    if (typeof value === "string") return fromEnvelope(value);
    const fields = args.object("event", value);
    return fields["detailType"] === undefined ? fromEnvelope(fields) : fromInput(fields);
  }

  return {
    testEventPattern(_call, pattern, event, options) {
      const compiled = readRulePattern("pattern", pattern, dialect);
      const matched = readMatched(event);
      args.options(options);
      return compiled.matches(matched);
    },

    matchRules(_call, event, options) {
      const fields = args.object("event", event);
      const matched = fromInput(fields);
      const name = busName(fields["eventBus"], state);
      args.options(options);
      const bus = state.bus(name);
      return publishing.matching(bus, new MatchedEvent(matched.event, bus.arn)).map(ruleInfo);
    },

    replayEvents(call, eventBus, options) {
      const name = busName(eventBus, state);
      const fields = args.object("options", options);
      const moment = (which: "from" | "to"): number => {
        const value = fields[which];
        const ms = value instanceof Date ? value.getTime() : NaN;
        return Number.isNaN(ms) ? args.complain(which, "a valid Date") : ms;
      };
      const [from, to] = [moment("from"), moment("to")];
      if (!(from < to)) args.complain("from", "before to");
      const replayName = args.text("replayName", fields["replayName"], 64);
      const names = fields["rules"] === undefined ? undefined : args.texts("rules", fields["rules"]);
      const bus = state.bus(name);
      let rules: StoredRule[] | undefined;
      if (names) {
        const wanted = new Set(names.map((rule) => state.rule(name, rule).name));
        rules = [...state.rulesOf(name)].filter((rule) => wanted.has(rule.name));
      }
      let count = 0;
      for (const [, stored] of state.events.range({ prefix: prefixOf(name) })) {
        if (stored.time < from || stored.time >= to) continue;
        const event: EventRecord = { ...recordOf(stored), replayName };
        publishing.send(call, bus, event, publishing.matching(bus, new MatchedEvent(event, bus.arn), rules));
        count++;
      }
      return { count };
    },
  };
}
