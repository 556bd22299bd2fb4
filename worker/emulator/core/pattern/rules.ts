/** How a pattern is written and how large it may be, as data: rules, filter policies and mapping filters differ in nothing else. */
export interface PatternRules {
  /** `nested`: objects nest and a dot in a name joins as nesting does. `flat`: names are taken as they are, and values are lists only. */
  readonly scope: "nested" | "flat";
  /** Whether `{}` is a pattern, which then matches everything. */
  readonly takesEmpty: boolean;
  /** Of the whole text. */
  readonly maxChars: number;
  /** Of one text in it that is compared. */
  readonly maxValueChars: number;
  /** Names from the top to a list. */
  readonly maxDepth: number;
  /** Outermost names, those inside `$or` too. */
  readonly maxKeys: number;
  /** Product over all lists of length times depth; the ways of an `$or` add up. */
  readonly maxCombinations: number;
  /** Largest number, above and below zero, that is compared for equality. */
  readonly maxNumber: number;
  /** Largest number, above and below zero, in a `numeric` matcher. */
  readonly maxNumeric: number;
  /** Stars in one wildcard. */
  readonly maxStars: number;
}

/** Patterns of bus rules and of event source mappings. */
export const EVENT_PATTERN: PatternRules = {
  scope: "nested",
  takesEmpty: false,
  maxChars: 2048,
  maxValueChars: Infinity,
  maxDepth: 100,
  maxKeys: Infinity,
  maxCombinations: Infinity,
  maxNumber: Number.MAX_VALUE,
  maxNumeric: 5e9,
  maxStars: 5,
};

/** Filter policies of subscriptions on a message's body. */
export const BODY_POLICY: PatternRules = {
  ...EVENT_PATTERN,
  takesEmpty: true,
  maxChars: 256 * 1024,
  maxKeys: 5,
  maxCombinations: 150,
  maxNumber: 1e9,
  maxNumeric: 1e9,
};

/** Filter policies of subscriptions on a message's attributes. */
export const ATTRIBUTE_POLICY: PatternRules = { ...BODY_POLICY, scope: "flat" };
