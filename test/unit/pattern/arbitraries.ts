import fc from "fast-check";
import type { Json } from "./oracle";

/** Few names and values, so that patterns and events meet. */
const name = fc.constantFrom("a", "b", "c", "a.b", "b.c", "a.b.c", "", ".", "__proto__", "constructor", "length");
const text = fc.constantFrom(...["", "x", "xy", "xyx", "XY", "aab", "*", "a*b", "\\", "ß", "SS", "ΣΣ", "σς", "😀"]);
const address = fc.constantFrom(
  ...["10.0.0.1", "10.0.1.255", "::1", "2001:db8::8a2e:370:7334", "2001:db8:0:1:2:3:4:5"],
);
const number = fc.constantFrom(0, -0, 1, 1.5, -3, 300, 5e9, 1e-7);
const scalar: fc.Arbitrary<Json> = fc.oneof(text, number, fc.constantFrom(true, false, null), address);

export const event: fc.Arbitrary<Json> = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
})).object;

const oneOrMore = <T extends Json>(one: fc.Arbitrary<T>): fc.Arbitrary<Json> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

/** Pieces without stars inside, joined by up to four stars. */
const wildcard = fc
  .array(fc.constantFrom("", "x", "y", "ab", "\\*", "\\\\", "xyx"), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.filter((piece, i) => piece !== "" || i === 0 || i === pieces.length - 1).join("*"))
  .map((text) => text.replaceAll(/(?<!\\)\*+/g, "*"));

const filled = text.filter((it) => it !== "");
const matcher: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc
    .oneof(
      text,
      text.map((it): Json => ({ "equals-ignore-case": it })),
    )
    .map((it) => ({ prefix: it })),
  fc
    .oneof(
      text,
      text.map((it): Json => ({ "equals-ignore-case": it })),
    )
    .map((it) => ({ suffix: it })),
  text.map((it) => ({ "equals-ignore-case": it })),
  wildcard.map((it) => ({ wildcard: it })),
  fc.oneof(oneOrMore(text), oneOrMore(number)).map((it) => ({ "anything-but": it })),
  fc
    .oneof(
      oneOrMore(filled).map((it): Json => ({ prefix: it })),
      oneOrMore(filled).map((it): Json => ({ suffix: it })),
      oneOrMore(text).map((it): Json => ({ "equals-ignore-case": it })),
      oneOrMore(wildcard).map((it): Json => ({ wildcard: it })),
    )
    .map((it) => ({ "anything-but": it })),
  fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), number).map((it) => ({ numeric: it })),
  fc
    .tuple(
      fc.constantFrom(">", ">="),
      fc.constantFrom(-5e9, 0, 1),
      fc.constantFrom("<", "<="),
      fc.constantFrom(1.5, 5e9),
    )
    .map((it) => ({ numeric: it })),
  fc.tuple(address, fc.nat(32)).map(([it, mask]) => ({ cidr: `${it}/${it.includes(":") ? mask * 4 : mask}` })),
  fc.boolean().map((it) => ({ exists: it })),
);

export const pattern: fc.Arbitrary<Json> = fc.letrec<{ object: Json; list: Json }>((tie) => ({
  list: fc.array(matcher, { minLength: 1, maxLength: 3 }),
  object: fc
    .tuple(
      fc.array(fc.tuple(name, fc.oneof({ maxDepth: 3 }, tie("list"), tie("object"))), { minLength: 1, maxLength: 2 }),
      fc.oneof(
        { maxDepth: 2 },
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.array(tie("object"), { minLength: 2, maxLength: 3 }) },
      ),
    )
    .map(([entries, ways]): Json => Object.fromEntries(ways ? [...entries, ["$or", ways]] : entries)),
})).object;

/** A pattern that asks for parts of the event, so that both answers are common. */
export const about = (of: Json): fc.Arbitrary<Json> =>
  fc.func<[number], number>(fc.nat(9)).map((choose) => {
    let step = 0;
    const read = (value: Json): Json => {
      if (Array.isArray(value))
        return value.length === 0 ? [{ exists: false }] : read(value[choose(step++) % value.length] as Json);
      if (typeof value !== "object" || value === null) {
        const forms: Json[] = [value, { exists: true }, { "anything-but": "other" }];
        return [forms[choose(step++) % forms.length] as Json];
      }
      const entries = Object.entries(value).filter(() => choose(step++) > 2);
      return entries.length === 0
        ? { nothing: [{ exists: false }] }
        : Object.fromEntries(entries.map(([key, inner]) => [key, read(inner)]));
    };
    return read(of);
  });
