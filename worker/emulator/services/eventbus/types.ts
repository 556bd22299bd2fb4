import type { CloudError } from "../../core/errors";
import type { JsonValue, Pattern } from "../../core/json";

export type { JsonValue, Pattern } from "../../core/json";

/** A bus to be (Azure: topic, GCP: channel). */
export interface EventBusConfig {
  name: string;
  tags?: Record<string, string>;
  /** At most 512 characters. */
  description?: string;
}

/** A bus as it is. */
export interface EventBusInfo {
  name: string;
  /** Its name in full: an ARN, a resource id or a resource name. Taken wherever a bus is asked for. */
  arn: string;
  state: "ACTIVE" | "INACTIVE";
  createdAt: Date;
  tags: Record<string, string>;
  description?: string;
}

/** A rule to be (Azure: event subscription, GCP: trigger). */
export interface RuleConfig {
  name: string;
  /** Name or `arn`. Default: the default bus on AWS; required elsewhere. */
  eventBus?: string;
  description?: string;
  /** Default `ENABLED`. */
  state?: "ENABLED" | "DISABLED";
  /**
   * Which events it is about: a pattern, as JSON text or as the object. On Azure also `{ includedEventTypes, subjectBeginsWith, subjectEndsWith, advancedFilters }`,
   * on GCP also `{ eventFilters }`.
   */
  eventPattern?: string | Pattern;
  /** AWS, default bus: `rate(5 minutes)` or `cron(0 12 ? * MON-FRI *)`, in UTC. */
  scheduleExpression?: string;
}

/** A rule as it is. */
export interface Rule {
  name: string;
  arn: string;
  /** Name of its bus. */
  eventBus: string;
  description: string;
  /** JSON text; empty where there is none. */
  eventPattern: string;
  scheduleExpression?: string;
  state: "ENABLED" | "DISABLED";
  /** In the order in which they were first added. */
  targets: Target[];
  createdAt: Date;
}

/** Where the events of a rule go (Azure, GCP: destination), and what is made of them. At most one of `input`, `inputPath` and `inputTransformer`. */
export interface Target {
  /** Unique in its rule. */
  id: string;
  /** Queue URL, or the `arn` of a queue, topic, bus or function, or the URL of an endpoint registered with notification. */
  arn: string;
  /** JSON text that is delivered instead of the event. */
  input?: string;
  /** The part of the event that is delivered: `$.detail.order`. */
  inputPath?: string;
  /** Parts of the event by name, and the text that `<name>` is replaced in. */
  inputTransformer?: { paths: Record<string, string>; template: string };
  /** Lowers what the cloud does: retries, and the age in milliseconds at which an event is given up. */
  retryPolicy?: { maxRetries?: number; maxEventAgeMs?: number };
  /** Where an event goes that could not be delivered: a queue (Azure: a container, too; GCP: a topic, too). */
  deadLetterArn?: string;
  /** Message group, for FIFO queues. */
  groupId?: string;
}

/** An event to be put. */
export interface EventInput {
  /** Who tells it: `shop`. */
  source: string;
  /** What happened: `Order Placed`. */
  detailType: string;
  /** A JSON object, or its text. */
  detail: string | JsonValue;
  /** Name or `arn`. Default: the default bus on AWS; required elsewhere. */
  eventBus?: string;
  /** When it happened; default now. Data only. */
  time?: Date;
  resources?: string[];
}

/** An event that a bus has taken. */
export interface BusEvent {
  id: string;
  source: string;
  detailType: string;
  /** JSON text. */
  detail: string;
  /** Name of the bus. */
  eventBus: string;
  time: Date;
  resources: string[];
  /** Account (Azure: subscription, GCP: project). */
  account: string;
  region: string;
  replayName?: string;
}

/** What became of the events of one call. */
export interface PublishResult {
  successCount: number;
  failCount: number;
  /** Of those that were taken, in the order of the input. */
  eventIds: string[];
  /** One for each input, in the same order. */
  entries: { eventId?: string; error?: CloudError }[];
}
