import { fold } from "../../core/pattern/fold";
import { malformed } from "../../core/pattern/pattern-error";
import type { JsonValue } from "../../core/json";
import { Arguments, type Fields } from "../../core/service/arguments";
import { allOf, type Condition, type NativeFilter } from "../../services/eventbus/native-filters";
import type { EventRecord } from "../../services/eventbus/event-record";

const PARTS = ["includedEventTypes", "subjectBeginsWith", "subjectEndsWith", "advancedFilters"];
const MAX_FILTERS = 25;
const MAX_VALUES = 25;

const shape = new Arguments((argument, rule) => malformed(`.${argument}`, rule));
const ABSENT = { exists: false };
const ANYTHING_LARGE = Number.MAX_VALUE;

/** Event Grid does not see case: what it compares is folded on both sides. */
function folded(value: JsonValue): JsonValue {
  if (typeof value === "string") return fold(value);
  if (Array.isArray(value)) return value.map(folded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, folded(inner)]));
}

const escaped = (text: string): string => text.replaceAll(/[*\\]/g, "\\$&");
const containing = (text: string): string => (text === "" ? "*" : `*${escaped(text)}*`);

type Rewrite = (values: readonly unknown[], at: string) => readonly unknown[];

const texts = (values: readonly unknown[], at: string): string[] =>
  values.map((value, i) =>
    typeof value === "string" && value.length <= 512
      ? fold(value)
      : malformed(`.${at}[${i}]`, "a text of at most 512 characters"),
  );
const filled = (values: readonly unknown[], at: string): string[] =>
  texts(values, at).map((value) => (value === "" ? malformed(`.${at}`, "made of texts that are not empty") : value));
const numbers = (values: readonly unknown[], at: string): number[] =>
  values.map((value, i) =>
    typeof value === "number" && Number.isFinite(value) ? value : malformed(`.${at}[${i}]`, "a number"),
  );
const single = (values: readonly unknown[], at: string): number =>
  numbers(values, at).length === 1 ? (values[0] as number) : malformed(`.${at}`, "a list of one number");

function ranges(values: readonly unknown[], at: string): [number, number][] {
  return values.map((value, i): [number, number] => {
    const [low, high] = Array.isArray(value) && value.length === 2 ? numbers(value as unknown[], `${at}[${i}]`) : [];
    if (low === undefined || high === undefined || low > high)
      return malformed(`.${at}[${i}]`, "a pair of numbers, the lower one first");
    return [low, high];
  });
}

const compare =
  (operator: string): Rewrite =>
  (values, at) => [{ numeric: [operator, single(values, at)] }];
const inRange = ([low, high]: [number, number]): unknown =>
  low === high ? { numeric: ["=", low] } : { numeric: [">=", low, "<=", high] };
/** What is not there is not this value either. */
const notIn = (listed: readonly unknown[]): unknown[] => [{ "anything-but": listed }, ABSENT];

function outsideOf(all: [number, number][]): unknown[] {
  const sorted = [...all].sort(([a], [b]) => a - b);
  const gaps: unknown[] = [];
  let from = -Infinity;
  for (const [low, high] of sorted) {
    if (low > from) gaps.push(gap(from, low));
    from = Math.max(from, high);
  }
  return [...gaps, gap(from, Infinity), ABSENT];
}

function gap(after: number, before: number): unknown {
  if (after === -Infinity) return { numeric: ["<", before] };
  return before === Infinity ? { numeric: [">", after] } : { numeric: [">", after, "<", before] };
}

/** Each operator in the words of the pattern language. */
const OPERATORS: Readonly<Record<string, Rewrite>> = {
  NumberIn: numbers,
  NumberNotIn: (values, at) => notIn(numbers(values, at)),
  NumberLessThan: compare("<"),
  NumberLessThanOrEquals: compare("<="),
  NumberGreaterThan: compare(">"),
  NumberGreaterThanOrEquals: compare(">="),
  NumberInRange: (values, at) => ranges(values, at).map(inRange),
  NumberNotInRange: (values, at) => outsideOf(ranges(values, at)),
  BoolEquals: (values, at) =>
    values.length === 1 && typeof values[0] === "boolean" ? values : malformed(`.${at}`, "a list of true or false"),
  StringIn: texts,
  StringNotIn: (values, at) => notIn(texts(values, at)),
  StringContains: (values, at) => texts(values, at).map((text) => ({ wildcard: containing(text) })),
  StringNotContains: (values, at) => [{ "anything-but": { wildcard: texts(values, at).map(containing) } }, ABSENT],
  StringBeginsWith: (values, at) => texts(values, at).map((text) => ({ prefix: text })),
  StringNotBeginsWith: (values, at) => [{ "anything-but": { prefix: filled(values, at) } }, ABSENT],
  StringEndsWith: (values, at) => texts(values, at).map((text) => ({ suffix: text })),
  StringNotEndsWith: (values, at) => [{ "anything-but": { suffix: filled(values, at) } }, ABSENT],
  IsNullOrUndefined: () => [null, ABSENT],
  IsNotNull: () => [true, false, { prefix: "" }, { numeric: [">=", -ANYTHING_LARGE] }],
};
const VALUELESS = ["IsNullOrUndefined", "IsNotNull"];
/** Event Grid's own templates write what these compare with as `value`. */
const SINGLE = [
  "NumberLessThan",
  "NumberLessThanOrEquals",
  "NumberGreaterThan",
  "NumberGreaterThanOrEquals",
  "BoolEquals",
];

function advanced(value: unknown, at: string): Condition {
  const fields = shape.object(at, value);
  const operator = shape.oneOf(`${at}.operatorType`, fields["operatorType"], Object.keys(OPERATORS));
  const key = shape.text(`${at}.key`, fields["key"], 128);
  if (VALUELESS.includes(operator)) return { key, anyOf: OPERATORS[operator]?.([], at) ?? [], at: `.${at}` };
  const alone = fields["value"] !== undefined && fields["values"] === undefined && SINGLE.includes(operator);
  const values = alone ? [fields["value"]] : shape.list(`${at}.values`, fields["values"], (one) => one);
  if (values.length < 1 || values.length > MAX_VALUES)
    shape.complain(`${at}.values`, `a list of 1 to ${MAX_VALUES} values`);
  return { key, anyOf: OPERATORS[operator]?.(values, `${at}.values`) ?? [], at: `.${at}` };
}

/** What was folded once; many subscriptions look at one event. */
const views = new WeakMap<EventRecord, JsonValue>();

function viewOnce(event: EventRecord, topic: string): JsonValue {
  let seen = views.get(event);
  if (seen === undefined) views.set(event, (seen = view(event, topic)));
  return seen;
}

/** What the filters of an event subscription see: its event, in Event Grid's own names, and those names' usual spelling in portals. */
function view({ id, source, detailType, detail, time, resources }: EventRecord, topic: string): JsonValue {
  const subject = resources[0] ?? source;
  const common = {
    id,
    topic,
    subject,
    eventType: detailType,
    eventTime: new Date(time).toISOString(),
    dataVersion: "1.0",
  };
  const own = folded(common) as { [name: string]: JsonValue };
  return {
    ...own,
    Id: own["id"] ?? "",
    Topic: own["topic"] ?? "",
    Subject: own["subject"] ?? "",
    EventType: own["eventType"] ?? "",
    data: folded(detail),
  };
}

/** `{ includedEventTypes, subjectBeginsWith, subjectEndsWith, advancedFilters }`, each of which must hold. */
export function eventGridFilter(fields: Fields): NativeFilter | undefined {
  const names = Object.keys(fields);
  if (!names.some((name) => PARTS.includes(name))) return undefined;
  for (const name of names) if (!PARTS.includes(name)) malformed("", `a filter of ${PARTS.join(", ")}, or a pattern`);
  const conditions: Condition[] = [];
  const { includedEventTypes, subjectBeginsWith, subjectEndsWith, advancedFilters } = fields;
  if (includedEventTypes !== undefined) {
    const types = shape.texts("includedEventTypes", includedEventTypes);
    if (types.length === 0) shape.complain("includedEventTypes", "a list of at least one");
    conditions.push({ key: "eventType", anyOf: texts(types, "includedEventTypes"), at: ".includedEventTypes" });
  }
  for (const [name, value, matcher] of [
    ["subjectBeginsWith", subjectBeginsWith, "prefix"],
    ["subjectEndsWith", subjectEndsWith, "suffix"],
  ] as const) {
    if (value === undefined) continue;
    if (typeof value !== "string") shape.complain(name, "a text");
    conditions.push({ key: "subject", anyOf: [{ [matcher]: texts([value], name)[0] }], at: `.${name}` });
  }
  if (advancedFilters !== undefined) {
    const filters = shape.list("advancedFilters", advancedFilters, advanced);
    if (filters.length > MAX_FILTERS) shape.complain("advancedFilters", `at most ${MAX_FILTERS}`);
    conditions.push(...filters);
  }
  return allOf(conditions, viewOnce);
}
