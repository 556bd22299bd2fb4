import type { ServiceContext } from "../../core/service/service";
import type { MemStore } from "../../core/store/mem-store";
import { ascending, fromAscending, prefixOf, splitKey, tupleKey } from "../../core/store/keys";
import type { EventBusDialect } from "./dialect";
import { refuse } from "./reasons";
import type { Target } from "./types";

type Tags = Readonly<Record<string, string>>;

/** A bus. Moments in stored values are milliseconds since 1970. */
export interface StoredBus {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: Tags;
  readonly description?: string;
}

export interface StoredTarget extends Readonly<Target> {
  /** Its place among the targets its rule ever had. */
  readonly place: number;
}

export interface StoredRule {
  readonly name: string;
  readonly arn: string;
  readonly eventBus: string;
  readonly description: string;
  readonly state: "ENABLED" | "DISABLED";
  /** JSON text; empty where there is none. */
  readonly eventPattern: string;
  readonly schedule?: {
    readonly expression: string;
    /** What periods are counted from. */
    readonly since: number;
  };
  readonly targets: readonly StoredTarget[];
  /** The place of the next target. */
  readonly nextTarget: number;
  readonly createdAt: number;
  /** Its place among the rules of its bus, by creation. */
  readonly place: number;
}

/** An event that a bus keeps. */
export interface StoredEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON text. */
  readonly detail: string;
  readonly eventBus: string;
  readonly time: number;
  readonly resources: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly replayName?: string;
  /** When the bus took it. */
  readonly takenAt: number;
}

/** The stores of one account's buses. */
export class State {
  /** By name. */
  readonly buses: MemStore<StoredBus>;
  /** By bus and name. */
  readonly rules: MemStore<StoredRule>;
  /** Name of each rule, by bus and place. */
  readonly places: MemStore<string>;
  /** By bus, number in order of arrival, and id. */
  readonly events: MemStore<StoredEvent>;

  /** When this account came to its default bus. */
  private readonly openedAt: number;

  constructor(readonly context: ServiceContext<EventBusDialect>) {
    this.openedAt = this.nowMs();
    this.buses = context.store("buses");
    this.rules = context.store("rules");
    this.places = context.store("places", { internal: true });
    this.events = context.store("events");
  }

  get dialect(): EventBusDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /**
   * The bus of a (checked) name. The default one is there without being stored, until something is put on it: nobody created it, so no call's changes should
   * say so.
   */
  findBus(name: string): StoredBus | undefined {
    const stored = this.buses.get(tupleKey(name));
    if (stored || name === "" || name !== this.dialect.defaultBus) return stored;
    const { account } = this.context;
    return { name, arn: this.dialect.busArn(name, account), createdAt: this.openedAt, tags: {} };
  }

  bus(name: string): StoredBus {
    return this.findBus(name) ?? refuse("noSuchBus", { bus: name, resource: name });
  }

  rule(bus: string, name: string): StoredRule {
    return this.rules.get(tupleKey(bus, name)) ?? refuse("noSuchRule", { bus, rule: name, resource: name });
  }

  saveBus(bus: StoredBus): void {
    this.buses.set(tupleKey(bus.name), bus);
  }

  saveRule(rule: StoredRule): void {
    this.enter(rule.eventBus);
    this.rules.set(tupleKey(rule.eventBus, rule.name), rule);
    this.places.setIfAbsent(tupleKey(rule.eventBus, ascending(rule.place)), rule.name);
  }

  deleteRule({ eventBus, name, place }: StoredRule): void {
    this.rules.delete(tupleKey(eventBus, name));
    this.places.delete(tupleKey(eventBus, ascending(place)));
  }

  /** The place of the next rule of a bus. */
  nextPlace(bus: string): number {
    const last = this.places.first({ prefix: prefixOf(bus), reverse: true });
    return last ? fromAscending(splitKey(last[0])[1] as string) + 1 : 1;
  }

  /** The rules of a bus, in the order in which they were created. */
  *rulesOf(bus: string): Generator<StoredRule> {
    for (const [, name] of this.places.range({ prefix: prefixOf(bus) })) yield this.rule(bus, name);
  }

  /** Keeps an event; the oldest one goes for it. */
  keep(event: StoredEvent): void {
    this.enter(event.eventBus);
    const prefix = prefixOf(event.eventBus);
    const last = this.events.first({ prefix, reverse: true });
    const number = last ? fromAscending(splitKey(last[0])[1] as string) + 1 : 1;
    this.events.set(tupleKey(event.eventBus, ascending(number), event.id), event);
    while (this.events.countPrefix(prefix) > this.dialect.maxHistory) {
      const oldest = this.events.first({ prefix });
      if (!oldest) break;
      this.events.delete(oldest[0]);
    }
  }

  /** Stores the default bus with the first thing on it, so that it is shown with what it has. */
  private enter(bus: string): void {
    if (bus === this.dialect.defaultBus && !this.buses.has(tupleKey(bus))) this.saveBus(this.bus(bus));
  }
}
