import { Arguments } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { StorageDialect } from "./dialect";
import type { StorageDriver } from "./driver";
import type { Parts } from "./parts";
import { NOTICE_KINDS, NOTICE_TEST, type NoticeTest } from "./notices";
import { refuse } from "./reasons";
import { Settings } from "./settings";
import type { State } from "./state";
import type { NotificationConfig, NotificationRule, StorageEventName } from "./types";

const EVENTS: readonly StorageEventName[] = [
  "ObjectCreated",
  "ObjectRemoved",
  "ObjectExpired",
  "ObjectTransitioned",
  "ObjectTagged",
];
const shape = new Arguments((argument, rule) => refuse("badNotification", { argument, rule }));

type NamedRule = NotificationRule & { id: string };

function readRule(element: unknown, at: string, { nativeEvents }: StorageDialect, newId: () => string): NamedRule {
  const fields = shape.object(at, element);
  const known = [...EVENTS, ...Object.keys(nativeEvents)];
  const events = shape.list(`${at}.events`, fields["events"], (event, argument) => shape.oneOf(argument, event, known));
  if (events.length === 0) shape.complain(`${at}.events`, "at least one event");
  const prefix = shape.optionalText(`${at}.prefix`, fields["prefix"]);
  const suffix = shape.optionalText(`${at}.suffix`, fields["suffix"]);
  const target = shape.text(`${at}.target`, fields["target"]);
  const id = fields["id"] === undefined ? newId() : shape.text(`${at}.id`, fields["id"], 255);
  return { id, events, ...(prefix !== undefined && { prefix }), ...(suffix !== undefined && { suffix }), target };
}

/** Whether one change could fit both rules. */
function overlap(a: NotificationRule, b: NotificationRule, { nativeEvents }: StorageDialect): boolean {
  const meant = (event: string): { name: string; cause?: string } => nativeEvents[event] ?? { name: event };
  const shareEvent = a.events.some((one) =>
    b.events.some((other) => {
      const [x, y] = [meant(one), meant(other)];
      return x.name === y.name && (x.cause === undefined || y.cause === undefined || x.cause === y.cause);
    }),
  );
  const [p = "", q = ""] = [a.prefix, b.prefix];
  const [s = "", t = ""] = [a.suffix, b.suffix];
  return shareEvent && (p.startsWith(q) || q.startsWith(p)) && (s.endsWith(t) || t.endsWith(s));
}

function checkApart(rules: readonly NamedRule[], dialect: StorageDialect): void {
  rules.forEach((rule, i) => {
    const other = rules
      .slice(0, i)
      .find((earlier) => earlier.id === rule.id || (dialect.exclusiveNotifications && overlap(earlier, rule, dialect)));
    if (other?.id === rule.id) shape.complain(`rules[${i}].id`, "different from the other rules'");
    if (other)
      shape.complain(
        `rules[${i}]`,
        `apart from rule ${JSON.stringify(other.id)}: for one event, prefixes or suffixes must not overlap`,
      );
  });
}

function readNotifications(config: unknown, dialect: StorageDialect, newId: () => string): NotificationConfig {
  const fields = shape.object("config", config);
  const rules = shape.list("rules", fields["rules"], (element, at) => readRule(element, at, dialect, newId));
  checkApart(rules, dialect);
  const eventBus = fields["eventBus"];
  if (eventBus === undefined) return { rules };
  if (eventBus === true)
    return dialect.namedEventBus
      ? shape.complain("eventBus", "the name of an event bus: this cloud has no default one")
      : { rules, eventBus };
  return {
    rules,
    eventBus: dialect.namedEventBus
      ? shape.text("eventBus", eventBus)
      : shape.complain("eventBus", "true: this cloud tells its default bus"),
  };
}

/** Whom a configuration names must be there, and take what it is told in any order. Answers the queues and topics, each once. */
function checkTargets({ rules, eventBus }: NotificationConfig, { context, dialect }: State): NoticeTest["targets"] {
  const { account, flow } = context;
  const tested = new Map<string, string>();
  rules.forEach(({ id = "", target }, i) => {
    const found = flow.find(target, NOTICE_KINDS);
    const at = `rules[${i}].target`;
    if (!found?.exists || !NOTICE_KINDS.includes(found.kind))
      return shape.complain(at, "the full name of a queue, topic, function or event bus that exists");
    if (found.fifo) shape.complain(at, "a queue or topic that is not FIFO: changes of objects have no order to keep");
    if ((found.kind === "queue" || found.kind === "topic") && !tested.has(found.name)) tested.set(found.name, id);
  });
  if (eventBus !== undefined && !flow.find(dialect.notices.busOf(eventBus, account), ["bus"])?.exists)
    shape.complain("eventBus", "an event bus that exists");
  return [...tested].map(([target, id]) => ({ id, target }));
}

/** Whom changes are told to. */
export function notifications({
  state,
}: Parts): Pick<EngineOf<StorageDriver>, "putNotificationConfig" | "getNotificationConfig"> {
  const settings = new Settings(state);
  const { ids } = state.context;
  return {
    putNotificationConfig(call, bucket, config, options) {
      const stored = settings.put(
        bucket,
        "notifications",
        () => readNotifications(config, state.dialect, () => ids.uuid()),
        options,
      );
      const wanted = stored.notifications ?? { rules: [] };
      const targets = checkTargets(wanted, state);
      const { rules, eventBus } = wanted;
      if (rules.length === 0 && eventBus === undefined) settings.delete(bucket, "notifications", options);
      if (state.dialect.notices.test && targets.length > 0) {
        const { name, arn } = stored;
        const requestId = ids.requestId();
        const test: NoticeTest = { bucket: name, bucketArn: arn, at: state.nowMs(), requestId, targets };
        call.emit({ type: NOTICE_TEST, data: test });
      }
    },

    getNotificationConfig(_call, bucket, options) {
      return settings.find(bucket, "notifications", options) ?? { rules: [] };
    },
  };
}
