import { readBranch } from "./branch";
import { checkSize } from "./measure";
import { holds } from "./matching";
import { EVENT_PATTERN, type PatternRules } from "./rules";
import { isFields, readSource } from "./source";

export { PatternError } from "./pattern-error";
export { ATTRIBUTE_POLICY, BODY_POLICY, EVENT_PATTERN, type PatternRules } from "./rules";

/** A pattern that was read once, to be matched many times. */
export interface CompiledPattern {
  /** Its JSON text: as it was given, or of the object that was given. */
  readonly text: string;
  /**
   * Whether an event is as the pattern says. What is no object never is. Takes time in proportion to pattern times event at most, whatever they are.
   *
   * Flat patterns take attributes by name: a text, a number, a list of them, or bytes, which are there but equal nothing.
   */
  matches(event: unknown): boolean;
}

/**
 * Reads a pattern: JSON text, or the object itself.
 *
 * ```ts
 * const pattern = compilePattern({ detail: { total: [{ numeric: [">", 100] }] } });
 * pattern.matches({ detail: { total: 150 } }); // true
 * ```
 * @throws PatternError with the place and the rule that is broken there.
 */
export function compilePattern(source: unknown, rules: PatternRules = EVENT_PATTERN): CompiledPattern {
  const { text, fields } = readSource(source, rules);
  const branch = readBranch(fields, rules);
  checkSize(branch, rules);
  const dots = rules.scope === "nested";
  return { text, matches: (event) => isFields(event) && holds(branch, event, dots) };
}
