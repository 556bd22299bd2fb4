import { compilePattern, EVENT_PATTERN, PatternError, type PatternRules } from "../../core/pattern/pattern";
import type { EventRecord } from "./event-record";

/** A cloud's own filter, rewritten: patterns that must all match what the cloud lets a filter see. */
export interface NativeFilter {
  matches(event: EventRecord, busArn: string): boolean;
}

/** What the rewriting makes may be longer than what was written, and compares any number. */
const REWRITTEN: PatternRules = {
  ...EVENT_PATTERN,
  maxChars: Infinity,
  maxNumeric: Number.MAX_VALUE,
};

/** One condition: a field, and the alternatives of the pattern language that it must be. */
export interface Condition {
  readonly key: string;
  readonly anyOf: readonly unknown[];
  /** Where it was written, for what is said of a mistake. */
  readonly at: string;
}

/** Compiles conditions that must all hold. Each is a pattern of its own: several may be about one field. */
export function allOf(
  conditions: readonly Condition[],
  view: (event: EventRecord, busArn: string) => unknown,
): NativeFilter {
  const patterns = conditions.map(({ key, anyOf, at }) => {
    try {
      return compilePattern({ [key]: anyOf }, REWRITTEN);
    } catch (error) {
      throw error instanceof PatternError ? new PatternError(at, error.rule) : error;
    }
  });
  return {
    matches(event, busArn) {
      const seen = view(event, busArn);
      return patterns.every((pattern) => pattern.matches(seen));
    },
  };
}
