import { pageToken, takePage } from "../../core/paging";
import type { EngineOf } from "../../core/service/operations";
import type { EventBusDriver } from "./driver";
import { args, busName, pageRequest, ruleOf } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredTarget } from "./state";
import { readTargets } from "./target-input";
import type { Target } from "./types";

type TargetOperation = "putTargets" | "removeTargets" | "listTargets";

/** A target as callers get it: a copy through and through. */
export function targetInfo({ place: _, ...target }: StoredTarget): Target {
  return structuredClone(target);
}

/** The operations on the targets of a rule. What a target's name leads to is found when something is delivered. */
export function targets({ state }: Parts): Pick<EngineOf<EventBusDriver>, TargetOperation> {
  const { dialect } = state;
  return {
    putTargets(_call, eventBus, ruleName, given, options) {
      const [bus, read] = [busName(eventBus, state), readTargets(given, dialect)];
      args.options(options);
      const rule = ruleOf(bus, ruleName, state);
      const merged = new Map<string, StoredTarget>(rule.targets.map((target) => [target.id, target]));
      let { nextTarget } = rule;
      // One that was there keeps its place.
      for (const target of read)
        merged.set(target.id, { ...target, place: merged.get(target.id)?.place ?? nextTarget++ });
      const max = dialect.strictTargets ? dialect.nativeTargets : dialect.maxTargets;
      if (merged.size > max) refuse("tooManyTargets", { rule: rule.name, max, resource: rule.name });
      state.saveRule({ ...rule, targets: [...merged.values()], nextTarget });
    },

    removeTargets(_call, eventBus, ruleName, ids, options) {
      const gone = new Set(args.texts("ids", ids));
      if (gone.size === 0) args.complain("ids", "a list of at least one");
      args.options(options);
      const rule = ruleOf(eventBus, ruleName, state);
      const left = rule.targets.filter(({ id }) => !gone.has(id));
      if (left.length < rule.targets.length) state.saveRule({ ...rule, targets: left });
    },

    listTargets(_call, eventBus, ruleName, options) {
      const fields = args.options(options);
      const bus = busName(eventBus, state);
      const name = args.text("ruleName", ruleName);
      const request = pageRequest("listTargets", [bus, name], fields, dialect);
      const after = request.after === undefined ? 0 : Number(request.after);
      const left = ruleOf(bus, name, state).targets.filter(({ place }) => place > after);
      const { items, ...rest } = takePage(left, request.limit, ({ place }) =>
        pageToken({ ...request, after: String(place) }),
      );
      return { items: items.map(targetInfo), ...rest };
    },
  };
}
