import { Arguments, type Fields } from "../../core/service/arguments";
import { fits, readTags } from "../../core/service/name-rules";
import { pageRequest as readPageRequest, type PageRefusals, type PageRequest } from "../../core/service/page-request";
import type { NotificationDialect } from "./dialect";
import { refuse } from "./reasons";

/** What is checked of every call's arguments. */
export const args = new Arguments((argument, rule) => refuse("badArgument", { argument, rule }));
const tagArgs = new Arguments((argument, rule) => refuse("badTags", { argument, rule }));

const MAX_PAGE = 100;

/** Name or id of a topic that should exist. */
export const topicReference = (value: unknown): string => args.text("topicId", value);
/** Id of a subscription that should exist. */
export const subscriptionReference = (value: unknown): string => args.text("subscriptionId", value);

export function newTopicName(value: unknown, fifo: boolean, dialect: NotificationDialect): string {
  const name = args.text("name", value);
  const rule = fifo ? dialect.fifoTopicName : dialect.topicName;
  if (!fits(name, rule)) refuse("badTopicName", { topic: name, rule: rule.rule });
  return name;
}

export function displayNameOf(value: unknown, { maxDisplayNameLength: max }: NotificationDialect): string | undefined {
  const name = args.optionalText("displayName", value);
  return name === undefined || name.length <= max
    ? name
    : args.complain("displayName", `at most ${max} characters, not ${name.length}`);
}

export const tagsOf = (value: unknown, { maxTags, tag }: NotificationDialect): Readonly<Record<string, string>> =>
  readTags(tagArgs, value, maxTags, tag);

/** A list's arguments; `scope` names the topic and whatever else it was asked for. */
export function pageRequest(operation: string, scope: readonly (string | undefined)[], options: Fields): PageRequest {
  return readPageRequest(operation, scope, options, { default: MAX_PAGE, max: MAX_PAGE }, pageRefusals);
}

const pageRefusals: PageRefusals = {
  limit: () => args.complain("limit", "an integer of at least 1"),
  token: () => refuse("badPageToken"),
};
