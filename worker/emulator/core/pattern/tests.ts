import { malformed } from "./pattern-error";
import type { PatternRules } from "./rules";
import type { Fields } from "./source";
import { parseWildcard, wildcardTest } from "./wildcard";

/** What can stand at the end of a path. */
export type Scalar = string | number | boolean | null;
/** Says yes or no to a value that is there. */
export type Test = (value: Scalar) => boolean;

/** A test of texts, to which nothing else is equal. */
export const onText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === "string" && test(value);

/** The one name of an object and what it holds. */
export function onlyEntry(fields: Fields, at: string): [name: string, value: unknown] {
  const entries = Object.entries(fields);
  const [only] = entries;
  return only && entries.length === 1 ? only : malformed(at, "one matcher, an object with one name");
}

/** A text of allowed length. */
export function text(value: unknown, at: string, { maxValueChars }: PatternRules): string {
  if (typeof value !== "string") return malformed(at, "a text");
  if (value.length > maxValueChars) malformed(at, `at most ${maxValueChars} characters`);
  return value;
}

/** A text or a number of allowed size. */
export function oneText(value: unknown, at: string, rules: PatternRules): string | number {
  if (typeof value !== "number") return text(value, at, rules);
  if (!(Math.abs(value) <= rules.maxNumber)) malformed(at, `a number within ${rules.maxNumber} of zero`);
  return value;
}

/** A wildcard read once. */
export function wildcard(written: string, at: string, { maxStars }: PatternRules): (text: string) => boolean {
  const pieces = parseWildcard(written, maxStars);
  return typeof pieces === "string" ? malformed(at, pieces) : wildcardTest(pieces);
}
