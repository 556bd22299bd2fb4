import { Arguments, type Fields } from "../../core/service/arguments";
import { fits, readTags } from "../../core/service/name-rules";
import { pageRequest as readPageRequest, type PageRefusals, type PageRequest } from "../../core/service/page-request";
import type { EventBusDialect } from "./dialect";
import { refuse } from "./reasons";
import type { State, StoredBus, StoredRule } from "./state";

/** What is checked of every call's arguments. */
export const args = new Arguments((argument, rule) => refuse("badArgument", { argument, rule }));

/** The name that an argument means, a bus's name or `arn`; whether there is such a bus is not asked. */
export function busName(value: unknown, { dialect, context }: State): string {
  if (value === undefined) return dialect.defaultBus === "" ? refuse("busNameMissing") : dialect.defaultBus;
  const text = args.text("eventBus", value);
  const inArn = dialect.busArnForm.exec(text)?.groups?.["bus"];
  if (inArn === undefined) return text;
  // Another account's bus of that name is not this account's.
  return dialect.busArn(inArn, context.account).toLowerCase() === text.toLowerCase() ? inArn : text;
}

/** The bus that an argument means. */
export const busOf = (value: unknown, state: State): StoredBus => state.bus(busName(value, state));

/** The rule that two arguments mean; both are read before either is looked for. */
export function ruleOf(eventBus: unknown, ruleName: unknown, state: State): StoredRule {
  const bus = busName(eventBus, state);
  const name = args.text("ruleName", ruleName);
  state.bus(bus);
  return state.rule(bus, name);
}

/** The name of a bus to be. */
export function newBusName(value: unknown, { busName: rule }: EventBusDialect): string {
  const bus = args.text("name", value);
  return fits(bus, rule) ? bus : refuse("badBusName", { bus, rule: rule.rule });
}

/** The name of a rule, new or not. */
export function ruleNameOf(value: unknown, { ruleName: rule }: EventBusDialect): string {
  const name = args.text("name", value);
  return fits(name, rule) ? name : refuse("badRuleName", { name, rule: rule.rule });
}

export function description(value: unknown, { maxDescriptionChars: max }: EventBusDialect): string | undefined {
  const text = args.optionalText("description", value);
  if (text !== undefined && text.length > max) args.complain("description", `at most ${max} characters`);
  return text;
}

export const tags = (value: unknown, dialect: EventBusDialect): Readonly<Record<string, string>> =>
  readTags(args, value, dialect.maxTags, dialect.tag);

const PAGE_REFUSALS: PageRefusals = {
  limit: () => args.complain("limit", "an integer of at least 1"),
  token: () => refuse("badPageToken"),
};

/** The list's arguments; `scope` names whatever it was asked for. */
export function pageRequest(
  operation: string,
  scope: readonly string[],
  options: Fields,
  { maxPageItems: max }: EventBusDialect,
): PageRequest {
  return readPageRequest(operation, scope, options, { default: max, max }, PAGE_REFUSALS);
}
