import { anythingBut } from "./anything-but";
import { cidrTest } from "./cidr";
import { fold } from "./fold";
import { numeric } from "./numeric";
import { inside, malformed } from "./pattern-error";
import type { PatternRules } from "./rules";
import { isFields, type Fields } from "./source";
import { oneText, onlyEntry, onText, text, wildcard, type Scalar, type Test } from "./tests";

/** What a field must be: the alternatives of its list. */
export interface Leaf {
  /** How many alternatives were written. */
  readonly count: number;
  readonly test: Test;
  /** Whether a field that is not there will do. */
  readonly takesAbsent: boolean;
}

type Matcher = (value: unknown, at: string, rules: PatternRules) => Test;

/** A text, or a text whose case does not count. */
function caseChoice(value: unknown, at: string, rules: PatternRules): { readonly wanted: string; ignoreCase: boolean } {
  if (!isFields(value)) return { wanted: text(value, at, rules), ignoreCase: false };
  const [name, inner] = onlyEntry(value, at);
  if (name !== "equals-ignore-case") malformed(at, 'a text or { "equals-ignore-case": text }');
  return { wanted: fold(text(inner, inside(at, name), rules)), ignoreCase: true };
}

const MATCHERS: Readonly<Record<string, Matcher>> = {
  prefix(value, at, rules) {
    const { wanted, ignoreCase } = caseChoice(value, at, rules);
    return onText((given) => (ignoreCase ? fold(given) : given).startsWith(wanted));
  },
  suffix(value, at, rules) {
    const { wanted, ignoreCase } = caseChoice(value, at, rules);
    return onText((given) => (ignoreCase ? fold(given) : given).endsWith(wanted));
  },
  "equals-ignore-case": (value, at, rules) => {
    const wanted = fold(text(value, at, rules));
    return onText((given) => fold(given) === wanted);
  },
  wildcard: (value, at, rules) => onText(wildcard(text(value, at, rules), at, rules)),
  "anything-but": anythingBut,
  numeric: (value, at, { maxNumeric }) => numeric(value, at, maxNumeric),
  cidr: (value, at, rules) =>
    onText(cidrTest(text(value, at, rules)) ?? malformed(at, 'an address block such as "10.0.0.0/24"')),
};

const KNOWN = [...Object.keys(MATCHERS), "exists"].join(", ");

function matcher(fields: Fields, at: string, rules: PatternRules): Test | "present" | "absent" {
  const [name, value] = onlyEntry(fields, at);
  if (name === "exists") {
    if (typeof value !== "boolean") return malformed(inside(at, name), "true or false");
    return value ? "present" : "absent";
  }
  // Own names only: `constructor` is no matcher.
  const read = Object.hasOwn(MATCHERS, name) ? MATCHERS[name] : undefined;
  return read ? read(value, inside(at, name), rules) : malformed(at, `one of the matchers ${KNOWN}`);
}

/** Reads a list of alternatives. */
export function readLeaf(list: readonly unknown[], at: string, rules: PatternRules): Leaf {
  if (list.length === 0) malformed(at, "a list of at least one value");
  const exact = new Set<Scalar>();
  const tests: Test[] = [];
  let takesAbsent = false;
  let takesAny = false;
  list.forEach((value, i) => {
    const place = `${at}[${i}]`;
    if (isFields(value)) {
      const read = matcher(value, place, rules);
      if (read === "absent") takesAbsent = true;
      else if (read === "present") takesAny = true;
      else tests.push(read);
    } else if (Array.isArray(value)) malformed(place, "a value or a matcher, not a list");
    else
      exact.add(
        typeof value === "string" || typeof value === "number" ? oneText(value, place, rules) : (value as null),
      );
  });
  const test: Test = takesAny ? () => true : (value) => exact.has(value) || tests.some((one) => one(value));
  return { count: list.length, test, takesAbsent };
}
