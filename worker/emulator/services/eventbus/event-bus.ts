import { pages, type ListOpts } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type { EventBusDriver, EventBusInfo, ListEventBusesOptions, ListRulesOptions, Rule, Target } from "./driver";
import { eventbus } from "./index";

/**
 * Events by content, the same on every cloud: each operation of {@link EventBusDriver} with error injection, rate limit, latency, metrics and recording around it,
 * and an iterator for each list.
 *
 * ```ts
 * import { cloud, EventBus } from "tabcloud";
 *
 * const bus = new EventBus(cloud);
 * await bus.createEventBus({ name: "orders" });
 * await bus.putRule({ name: "large", eventBus: "orders", eventPattern: { detail: { total: [{ numeric: [">", 100] }] } } });
 * await bus.putTargets("orders", "large", [{ id: "q", arn: queueArn }]);
 * await bus.putEvents([{ eventBus: "orders", source: "shop", detailType: "Order Placed", detail: { total: 150 } }]);
 * ```
 */
export class EventBus extends portableClass<EventBusDriver, PortableOptions>(eventbus, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its event buses (`aws.eventBridge`, `cloud.eventBus`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no event buses.
   */
  constructor(target: EventBusDriver | { readonly eventBus: EventBusDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every bus, page by page; each page is a call of {@link EventBusDriver.listEventBuses}. */
  eventBuses(options: ListEventBusesOptions = {}): AsyncGenerator<EventBusInfo, void, undefined> {
    return pages((pageToken) => this.listEventBuses(withToken(options, pageToken)), options.pageToken);
  }

  /**
   * Every rule of a bus, page by page; each page is a call of {@link EventBusDriver.listRules}.
   *
   * ```ts
   * for await (const { name, state } of bus.rules("orders")) console.log(name, state);
   * ```
   */
  rules(eventBus: string | undefined, options: ListRulesOptions = {}): AsyncGenerator<Rule, void, undefined> {
    return pages((pageToken) => this.listRules(eventBus, withToken(options, pageToken)), options.pageToken);
  }

  /** Every target of a rule, page by page; each page is a call of {@link EventBusDriver.listTargets}. */
  targets(
    eventBus: string | undefined,
    ruleName: string,
    options: ListOpts = {},
  ): AsyncGenerator<Target, void, undefined> {
    return pages((pageToken) => this.listTargets(eventBus, ruleName, withToken(options, pageToken)), options.pageToken);
  }
}

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
