import type { JsonValue } from "../../core/json";
import type { RetrySchedule, TargetKind } from "../../core/flow/contract";
import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { EventRecord } from "./event-record";
import type { NativeFilter } from "./native-filters";
import type { EventBusReason } from "./reasons";

/**
 * How one cloud's event bus differs. Figures are fields of their own so that each can be overridden: `{ dialect: { eventBus: { maxEntries: 2 } } }`; `Infinity` means no
 * limit.
 */
export interface EventBusDialect extends BaseDialect {
  readonly nativeReasons: Readonly<Record<EventBusReason, NativeReason>>;

  // ---- buses ----
  readonly busName: NameRule;
  /** The bus that is there from the start, and meant where none is named; empty where there is none. */
  readonly defaultBus: string;
  busArn(bus: string, account: Account): string;
  /** The name of a bus in the form of `busArn`, as group `bus`. */
  readonly busArnForm: RegExp;
  readonly maxBuses: number;
  readonly maxDescriptionChars: number;
  readonly maxTags: number;
  readonly tag: TagRule;
  /** What deleting does to a bus with rules, or a rule with targets. */
  readonly deleteNonEmpty: "refuse" | "cascade";

  // ---- rules ----
  readonly ruleName: NameRule;
  ruleArn(bus: string, rule: string, account: Account): string;
  readonly maxRules: number;
  /** Whether a rule must say which events, or when. */
  readonly needsPattern: boolean;
  readonly maxPatternChars: number;
  /** Of one text in a pattern. */
  readonly maxPatternValueChars: number;
  /** The cloud's own way to say which events; nothing when `fields` is not written that way. */
  nativeFilter(fields: Readonly<Record<string, unknown>>): NativeFilter | undefined;
  /** Whether rules can act by the clock. */
  readonly schedules: boolean;

  // ---- targets ----
  readonly targetId: NameRule;
  readonly maxTargets: number;
  /** How many the real cloud takes, which holds here with `strictTargets`. */
  readonly nativeTargets: number;
  readonly strictTargets: boolean;
  readonly maxInputChars: number;

  // ---- events ----
  readonly maxEntries: number;
  readonly maxCallBytes: number;
  /** What the source of a program's event may not begin with; empty where anything goes. */
  readonly reservedSource: string;
  /** Whether an event for a bus that does not exist counts as taken. */
  readonly takesUnknownBus: boolean;
  readonly maxHistory: number;
  readonly maxPageItems: number;
  accountOf(account: Account): string;
  /** What a target gets that asks for nothing else. */
  envelope(event: EventRecord, busArn: string): JsonValue;
  /** The body that an endpoint gets, and its content type. */
  endpointBody(envelope: JsonValue): { readonly body: string; readonly contentType: string };

  // ---- deliveries ----
  readonly retry: RetrySchedule;
  readonly maxRetries: number;
  readonly minEventAgeMs: number;
  readonly maxEventAgeMs: number;
  readonly deadLetterKinds: readonly TargetKind[];
  /** How long after the last attempt a dead letter is put down. */
  readonly deadLetterAfterMs: number;
}
