import { pageToken, takePage } from "../../core/paging";
import type { EngineOf } from "../../core/service/operations";
import { prefixOf, prefixWithin, tupleKey } from "../../core/store/keys";
import type { EventBusDriver } from "./driver";
import { args, busName, busOf, description, pageRequest, ruleNameOf, ruleOf } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { readRulePattern } from "./rule-pattern";
import { parseSchedule } from "./schedule";
import type { StoredRule } from "./state";
import { targetInfo } from "./targets";
import type { Rule } from "./types";

type RuleOperation = "putRule" | "deleteRule" | "getRule" | "listRules" | "enableRule" | "disableRule";

const MAX_SCHEDULE_CHARS = 256;

/** A rule as callers get it: a copy through and through. */
export const ruleInfo = (rule: StoredRule): Rule => ({
  name: rule.name,
  arn: rule.arn,
  eventBus: rule.eventBus,
  description: rule.description,
  state: rule.state,
  eventPattern: rule.eventPattern,
  ...(rule.schedule && { scheduleExpression: rule.schedule.expression }),
  targets: rule.targets.map(targetInfo),
  createdAt: new Date(rule.createdAt),
});

/** The operations on rules. */
export function rules({ state, schedules }: Parts): Pick<EngineOf<EventBusDriver>, RuleOperation> {
  const { dialect, context } = state;

  function readSchedule(value: unknown): string | undefined {
    if (value === undefined || value === "") return undefined;
    const expression = args.text("scheduleExpression", value, MAX_SCHEDULE_CHARS);
    if (!dialect.schedules) refuse("noSchedules");
    const schedule = parseSchedule(expression);
    if (typeof schedule === "string") refuse("badSchedule", { argument: "scheduleExpression", rule: schedule });
    return expression;
  }

  function setState(rule: StoredRule, to: StoredRule["state"]): void {
    if (rule.state === to) return;
    const changed = { ...rule, state: to };
    state.saveRule(changed);
    schedules.follow(changed);
  }

  return {
    putRule(_call, config, options) {
      const fields = args.object("config", config);
      const name = ruleNameOf(fields["name"], dialect);
      const eventBus = busName(fields["eventBus"], state);
      const text = description(fields["description"], dialect) ?? "";
      const enabled =
        fields["state"] === undefined ? "ENABLED" : args.oneOf("state", fields["state"], ["ENABLED", "DISABLED"]);
      // An empty text is what getRule says of a rule without pattern.
      const given = fields["eventPattern"] === "" ? undefined : fields["eventPattern"];
      const pattern = given === undefined ? undefined : readRulePattern("eventPattern", given, dialect);
      const expression = readSchedule(fields["scheduleExpression"]);
      if (dialect.needsPattern && !pattern && expression === undefined) refuse("ruleNeedsPattern");
      if (expression !== undefined && eventBus !== dialect.defaultBus)
        refuse("badSchedule", {
          argument: "scheduleExpression",
          rule: `on the bus ${dialect.defaultBus}, and no other`,
        });
      args.options(options);

      state.bus(eventBus);
      const before = state.rules.get(tupleKey(eventBus, name));
      const max = dialect.maxRules;
      if (!before && state.rules.countPrefix(prefixOf(eventBus)) >= max) refuse("tooManyRules", { bus: eventBus, max });
      const now = state.nowMs();
      const since = before?.schedule?.expression === expression ? (before?.schedule?.since ?? now) : now;
      const stored: StoredRule = {
        name,
        arn: dialect.ruleArn(eventBus, name, context.account),
        eventBus,
        description: text,
        state: enabled,
        eventPattern: pattern?.text ?? "",
        ...(expression !== undefined && { schedule: { expression, since } }),
        targets: before?.targets ?? [],
        nextTarget: before?.nextTarget ?? 1,
        createdAt: before?.createdAt ?? now,
        place: before?.place ?? state.nextPlace(eventBus),
      };
      state.saveRule(stored);
      schedules.follow(stored);
      return ruleInfo(stored);
    },

    deleteRule(_call, eventBus, ruleName, options) {
      const rule = ruleOf(eventBus, ruleName, state);
      args.options(options);
      if (dialect.deleteNonEmpty === "refuse" && rule.targets.length > 0)
        refuse("ruleHasTargets", { bus: rule.eventBus, rule: rule.name, resource: rule.name });
      state.deleteRule(rule);
      schedules.forget(rule);
    },

    getRule(_call, eventBus, ruleName, options) {
      args.options(options);
      return ruleInfo(ruleOf(eventBus, ruleName, state));
    },

    listRules(_call, eventBus, options) {
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const bus = busName(eventBus, state);
      const request = pageRequest("listRules", [bus, prefix], fields, dialect);
      busOf(bus, state);
      const after = request.after === undefined ? {} : { after: tupleKey(bus, request.after) };
      const entries = state.rules.range({ prefix: prefixWithin([bus], prefix), ...after });
      const { items, ...rest } = takePage(entries, request.limit, ([, { name }]) =>
        pageToken({ ...request, after: name }),
      );
      return { items: items.map(([, rule]) => ruleInfo(rule)), ...rest };
    },

    enableRule(_call, eventBus, ruleName, options) {
      args.options(options);
      setState(ruleOf(eventBus, ruleName, state), "ENABLED");
    },

    disableRule(_call, eventBus, ruleName, options) {
      args.options(options);
      setState(ruleOf(eventBus, ruleName, state), "DISABLED");
    },
  };
}
