import { fold } from "./fold";
import { inside, malformed } from "./pattern-error";
import type { PatternRules } from "./rules";
import { isFields } from "./source";
import { oneText, onlyEntry, text, wildcard, type Test } from "./tests";

type TextTest = (text: string) => boolean;
type Form = (wanted: string, at: string, rules: PatternRules) => TextTest;

const filled = (wanted: string, at: string): string =>
  wanted === "" ? malformed(at, "a text of at least one character") : wanted;

const FORMS: Readonly<Record<string, Form>> = {
  prefix(wanted, at) {
    filled(wanted, at);
    return (given) => given.startsWith(wanted);
  },
  suffix(wanted, at) {
    filled(wanted, at);
    return (given) => given.endsWith(wanted);
  },
  wildcard: (wanted, at, rules) => wildcard(wanted, at, rules),
  "equals-ignore-case": (wanted) => {
    const folded = fold(wanted);
    return (given) => fold(given) === folded;
  },
};

const KINDS = `a text, a number, a list of one kind, or one of ${Object.keys(FORMS).join(", ")}`;

/** Of one thing or a list: each with its place. */
function each(value: unknown, at: string): [value: unknown, at: string][] {
  if (!Array.isArray(value)) return [[value, at]];
  if (value.length === 0) malformed(at, "a list of at least one value");
  return (value as unknown[]).map((element, i) => [element, `${at}[${i}]`]);
}

/** Anything that is there, except what is named: a text or number, a list of one kind, or texts of some form. */
export function anythingBut(value: unknown, at: string, rules: PatternRules): Test {
  if (isFields(value)) {
    const [name, inner] = onlyEntry(value, at);
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (!form) return malformed(at, KINDS);
    const tests = each(inner, inside(at, name)).map(([wanted, place]) =>
      form(text(wanted, place, rules), place, rules),
    );
    return (given) => typeof given !== "string" || !tests.some((test) => test(given));
  }
  if (typeof value !== "string" && typeof value !== "number" && !Array.isArray(value)) return malformed(at, KINDS);
  const named = each(value, at).map(([element, place]) => oneText(element, place, rules));
  if (named.some((element) => typeof element !== typeof named[0])) malformed(at, "a list of one kind");
  const excluded = new Set<unknown>(named);
  return (given) => !excluded.has(given);
}
