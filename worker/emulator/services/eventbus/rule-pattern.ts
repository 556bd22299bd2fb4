import { compilePattern, EVENT_PATTERN, PatternError } from "../../core/pattern/pattern";
import type { EventBusDialect } from "./dialect";
import { patternDocument, type EventRecord } from "./event-record";
import { refuse } from "./reasons";
import type { StoredRule } from "./state";

/** An event as rules see it; what they look at is made when the first of them does. */
export class MatchedEvent {
  #document: unknown;

  constructor(
    readonly event: EventRecord,
    readonly busArn: string,
    document?: unknown,
  ) {
    this.#document = document;
  }

  get document(): unknown {
    return (this.#document ??= patternDocument(this.event));
  }
}

/** Which events a rule is about, read once. */
export interface RulePattern {
  /** As it is kept. */
  readonly text: string;
  matches(event: MatchedEvent): boolean;
}

const EVERYTHING: RulePattern = { text: "", matches: () => true };

/** What a cloud's own filter is written in: an object, or its text; `undefined` of everything else, which then is (or is no) pattern. */
function nativeFields(
  source: unknown,
  { maxPatternChars }: EventBusDialect,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = typeof source === "string" ? source : JSON.stringify(source);
    if (text === undefined || text.length > maxPatternChars) return undefined;
    const fields: unknown = JSON.parse(text);
    return typeof fields === "object" && fields !== null && !Array.isArray(fields)
      ? (fields as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a pattern, or the cloud's own filter.
 * @throws PatternError
 */
function read(source: unknown, dialect: EventBusDialect): RulePattern {
  const fields = nativeFields(source, dialect);
  const native = fields && dialect.nativeFilter(fields);
  if (native) return { text: JSON.stringify(fields), matches: ({ event, busArn }) => native.matches(event, busArn) };
  const { maxPatternChars: maxChars, maxPatternValueChars: maxValueChars } = dialect;
  const pattern = compilePattern(source, { ...EVENT_PATTERN, maxChars, maxValueChars });
  return { text: pattern.text, matches: ({ document }) => pattern.matches(document) };
}

/** Reads what a caller gives, or refuses it. */
export function readRulePattern(argument: string, source: unknown, dialect: EventBusDialect): RulePattern {
  try {
    return read(source, dialect);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return refuse("badPattern", { argument: `${argument}${error.at}`, rule: error.rule });
  }
}

/** Patterns of stored rules, by rule: a rule that was changed is another one. They follow from the stores, and are no state. */
const compiled = new WeakMap<StoredRule, RulePattern>();

/** Whether a rule wants an event, enabled or not. A rule that acts by the clock alone wants none. */
export function wants(rule: StoredRule, event: MatchedEvent, dialect: EventBusDialect): boolean {
  let pattern = compiled.get(rule);
  if (!pattern) {
    if (rule.eventPattern !== "") pattern = read(rule.eventPattern, dialect);
    else pattern = rule.schedule ? { text: "", matches: () => false } : EVERYTHING;
    compiled.set(rule, pattern);
  }
  return pattern.matches(event);
}
