import type { Arguments } from "./arguments";

/** A text that must match one pattern and none of others; `rule` completes "it must be ...". */
export interface NameRule {
  readonly must: RegExp;
  readonly mustNot?: readonly RegExp[];
  readonly rule: string;
}

/** What tag names and values may look like. */
export interface TagRule {
  readonly name: NameRule;
  readonly value: NameRule;
}

export const fits = (value: string, { must, mustNot = [] }: NameRule): boolean =>
  must.test(value) && !mustNot.some((pattern) => pattern.test(value));

export const ANYTHING: NameRule = { must: /^/, rule: "anything" };

const tagText = (min: number, max: number, rule: string): NameRule => ({
  must: new RegExp(`^[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]{${min},${max}}$`, "u"),
  rule: `${rule} of letters, digits, spaces and _ . : / = + - @`,
});

/** Tags of up to 128 and 256 characters. */
export const LETTER_TAG: TagRule = { name: tagText(1, 128, "1 to 128"), value: tagText(0, 256, "at most 256") };

/** Those tags, but for the names that AWS keeps for itself. */
export const AWS_TAG: TagRule = { ...LETTER_TAG, name: { ...LETTER_TAG.name, mustNot: [/^aws:/i] } };

/** Labels of GCP. */
export const GCP_LABEL: TagRule = {
  name: {
    must: /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u,
    rule: "1 to 63 of lower-case letters, digits, _ and -, beginning with a letter",
  },
  value: { must: /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u, rule: "at most 63 of lower-case letters, digits, _ and -" },
};

/** Checked tags, frozen; `args` says how a bad one is refused. */
export function readTags(
  args: Arguments,
  value: unknown,
  max: number,
  { name, value: valueRule }: TagRule,
): Readonly<Record<string, string>> {
  const pairs = args.pairs("tags", value);
  if (pairs.length > max) args.complain("tags", `at most ${max}`);
  for (const [tag, text] of pairs) {
    if (!fits(tag, name)) args.complain(`tag name ${JSON.stringify(tag)}`, name.rule);
    if (!fits(text, valueRule)) args.complain(`value of tag ${JSON.stringify(tag)}`, valueRule.rule);
  }
  // Own properties, whatever the names: `__proto__` too.
  return Object.freeze(Object.fromEntries(pairs));
}
