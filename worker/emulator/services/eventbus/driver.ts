import type { ListOpts, Opts, Page } from "../../core/paging";
import type { ListEventBusesOptions, ListRulesOptions, ReplayOptions, UpdateEventBusOptions } from "./options";
import type {
  BusEvent,
  EventBusConfig,
  EventBusInfo,
  EventInput,
  JsonValue,
  Pattern,
  PublishResult,
  Rule,
  RuleConfig,
  Target,
} from "./types";

export type * from "./options";
export type * from "./types";

/**
 * Events by content: EventBridge on AWS, Event Grid on Azure, Eventarc on GCP. What is put on a bus is matched against the patterns of its rules, and each match
 * goes to the rule's targets: queues, topics, functions, other buses, registered endpoints.
 *
 * A bus is named by its name or its `arn`; `undefined` is the default bus on AWS (`default`, there from the start) and `InvalidArgument` on Azure and GCP. A bus
 * or rule that does not exist is `NotFound` (`ResourceNotFoundException`, `ResourceNotFound`, `NOT_FOUND`), an argument of the wrong shape `InvalidArgument`
 * (`ValidationException`, `InvalidRequest`, `INVALID_ARGUMENT`). A refused call has changed nothing. Lists give 100 items a page, which is also the most.
 */
export interface EventBusDriver {
  // ---- buses ----

  /**
   * Creates a bus (Azure: topic, GCP: channel).
   *
   * ```ts
   * const { arn } = await bus.createEventBus({ name: "orders", tags: { team: "shop" } });
   * ```
   * @param config `name`: 3 to 50 of `a-z0-9-`, beginning with a letter, is good on every cloud.
   * @throws CloudError `AlreadyExists` (`ResourceAlreadyExistsException`, `ResourceConflict`, `ALREADY_EXISTS`), also for `default` on AWS; `InvalidArgument` for a bad
   * name, description or tags.
   */
  createEventBus(config: EventBusConfig, options?: Opts): Promise<EventBusInfo>;

  /**
   * Deletes a bus and its history; on Azure and GCP its rules, too.
   * @throws CloudError `InvalidArgument` for the default bus; on AWS `FailedPrecondition` (`ValidationException`) while it has rules.
   */
  deleteEventBus(name: string, options?: Opts): Promise<void>;

  /** The bus of a name or `arn`. */
  getEventBus(name: string | undefined, options?: Opts): Promise<EventBusInfo>;

  /** Buses by name. */
  listEventBuses(options?: ListEventBusesOptions): Promise<Page<EventBusInfo>>;

  /** Sets the description or the tags of a bus; what is left out stays. */
  updateEventBus(name: string | undefined, options: UpdateEventBusOptions): Promise<EventBusInfo>;

  // ---- rules ----

  /**
   * Creates a rule (Azure: event subscription, GCP: trigger), or replaces the one of that name: its targets, its place and `createdAt` stay, everything else comes
   * from the input.
   *
   * ```ts
   * await bus.putRule({ name: "large", eventBus: "orders", eventPattern: { detail: { total: [{ numeric: [">", 100] }] } } });
   * await bus.putRule({ name: "nightly", scheduleExpression: "cron(0 3 * * ? *)" }); // AWS
   * ```
   * @throws CloudError `InvalidArgument` for a bad name, a pattern that is none (`InvalidEventPatternException`, `InvalidRequest`, `INVALID_ARGUMENT`) or a schedule that is
   * none, neither of both on AWS and GCP (on Azure a rule without pattern takes every event), a schedule on another bus than the default one; `Unimplemented` for a
   * schedule on Azure and GCP.
   */
  putRule(config: RuleConfig, options?: Opts): Promise<Rule>;

  /**
   * Deletes a rule. What is on its way already still arrives.
   * @throws CloudError On AWS `FailedPrecondition` (`ValidationException`) while it has targets.
   */
  deleteRule(eventBus: string | undefined, ruleName: string, options?: Opts): Promise<void>;

  /** A rule with its targets. */
  getRule(eventBus: string | undefined, ruleName: string, options?: Opts): Promise<Rule>;

  /** Rules of a bus by name. */
  listRules(eventBus: string | undefined, options?: ListRulesOptions): Promise<Page<Rule>>;

  /** Lets a rule act; no error when it does. Events put while it was disabled are not delivered later. */
  enableRule(eventBus: string | undefined, ruleName: string, options?: Opts): Promise<void>;

  /** Stops a rule; no error when it is. */
  disableRule(eventBus: string | undefined, ruleName: string, options?: Opts): Promise<void>;

  // ---- targets ----

  /**
   * Adds targets to a rule, or replaces those of the same id in their place. An `arn` that names nothing is taken, and fails when something is delivered.
   *
   * ```ts
   * await bus.putTargets("orders", "large", [{ id: "q", arn: queue.arn, inputPath: "$.detail" }]);
   * ```
   * @throws CloudError `InvalidArgument` for an empty list, an id twice or a bad one, `input` that is no JSON, more than one of `input`, `inputPath` and
   * `inputTransformer`, a placeholder without path; `ResourceExhausted` (`LimitExceededException`, `QuotaExceeded`, `RESOURCE_EXHAUSTED`) above 5 targets.
   */
  putTargets(eventBus: string | undefined, ruleName: string, targets: Target[], options?: Opts): Promise<void>;

  /** Removes targets by id; unknown ids are passed over. */
  removeTargets(eventBus: string | undefined, ruleName: string, ids: string[], options?: Opts): Promise<void>;

  /** Targets of a rule in the order in which they were first added. */
  listTargets(eventBus: string | undefined, ruleName: string, options?: ListOpts): Promise<Page<Target>>;

  // ---- events ----

  /**
   * Puts events on buses. Each one is taken or refused by itself; one that is taken gets an id, is kept in its bus's history (the last 1,000), matched and
   * delivered: queues, topics and buses have it when the promise resolves, functions and endpoints run on a later turn.
   *
   * ```ts
   * const { eventIds, entries } = await bus.putEvents([{ source: "shop", detailType: "Order Placed", detail: { total: 150 }, eventBus: "orders" }]);
   * ```
   * @returns For each input its `eventId` or its `error`: `InvalidArgument` without source, detail type or detail, or when the detail is no JSON object (AWS:
   * `MalformedDetail`); on AWS `PermissionDenied` for a source that begins with `aws.` (`NotAuthorizedForSourceException`); `NotFound` for an unknown bus on Azure and GCP,
   * where AWS answers an id and the event reaches nothing.
   * @throws CloudError `InvalidArgument`, and nothing is put: no entries, more than 10 on AWS (Azure 5,000, GCP 100), or more than 1 MiB in all.
   */
  putEvents(events: EventInput[], options?: Opts): Promise<PublishResult>;

  /** The last `limit` events that a bus has taken, oldest first; all it keeps, the last 1,000, without a limit. */
  getEventHistory(eventBus: string | undefined, limit?: number, options?: Opts): Promise<BusEvent[]>;

  /**
   * Whether a pattern matches an event, given as for {@link EventBusDriver.putEvents} or as the envelope that patterns see, or its JSON text.
   *
   * ```ts
   * await bus.testEventPattern({ detail: { a: [{ exists: false }] } }, { source: "s", detailType: "t", detail: {} }); // true
   * ```
   */
  testEventPattern(pattern: string | Pattern, event: EventInput | JsonValue, options?: Opts): Promise<boolean>;

  /** The enabled rules of the event's bus that match it, in the order in which they were created; nothing is delivered. */
  matchRules(event: EventInput, options?: Opts): Promise<Rule[]>;

  /**
   * Puts kept events with `from <= time < to` through rules again: with the same id, and `replay-name` in the payload.
   * @returns How many events there were.
   * @throws CloudError `NotFound` for a rule that does not exist.
   */
  replayEvents(eventBus: string | undefined, options: ReplayOptions): Promise<{ count: number }>;
}
