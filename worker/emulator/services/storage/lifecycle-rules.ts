import { Arguments, type Fields } from "../../core/service/arguments";
import type { StorageDialect } from "./dialect";
import { refuse } from "./reasons";
import type { LifecycleRule } from "./types";

const shape = new Arguments((argument, rule) => refuse("badLifecycle", { argument, rule }));
const values = new Arguments((argument, rule) => refuse("badLifecycleValue", { argument, rule }));

/** A count of days: of the wrong type it breaks the configuration's form, too small it is a bad value. */
function days(argument: string, value: unknown, min: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number") return shape.integer(argument, value, min);
  return values.integer(argument, value, min);
}

function readRule(element: unknown, at: string, dialect: StorageDialect): LifecycleRule {
  const fields: Fields = shape.object(at, element);
  const rule: LifecycleRule = {
    id: shape.text(`${at}.id`, fields["id"]),
    enabled: shape.flag(`${at}.enabled`, fields["enabled"]),
  };
  if (rule.id.length > dialect.maxRuleIdLength)
    values.complain(`${at}.id`, `at most ${dialect.maxRuleIdLength} characters`);
  const read = <K extends keyof LifecycleRule>(name: K, value: LifecycleRule[K] | undefined): void => {
    if (value !== undefined) rule[name] = value;
  };
  read("prefix", shape.optionalText(`${at}.prefix`, fields["prefix"]));
  read("expirationDays", days(`${at}.expirationDays`, fields["expirationDays"], 1));
  read("transitionDays", days(`${at}.transitionDays`, fields["transitionDays"], 0));
  read("transitionStorageClass", shape.optionalText(`${at}.transitionStorageClass`, fields["transitionStorageClass"]));
  read("abortMultipartDays", days(`${at}.abortMultipartDays`, fields["abortMultipartDays"], 1));
  read("noncurrentExpirationDays", days(`${at}.noncurrentExpirationDays`, fields["noncurrentExpirationDays"], 1));
  checkTransition(rule, at, dialect);
  const acts = [rule.expirationDays, rule.transitionDays, rule.abortMultipartDays, rule.noncurrentExpirationDays];
  if (acts.every((count) => count === undefined)) shape.complain(at, "a rule with at least one action");
  return rule;
}

function checkTransition(rule: LifecycleRule, at: string, { storageClasses, minTransitionDays }: StorageDialect): void {
  const { transitionDays, transitionStorageClass, expirationDays } = rule;
  if ((transitionDays === undefined) !== (transitionStorageClass === undefined)) {
    shape.complain(at, "given transitionDays and transitionStorageClass together");
  }
  if (transitionDays === undefined || transitionStorageClass === undefined) return;
  shape.oneOf(`${at}.transitionStorageClass`, transitionStorageClass, storageClasses);
  const min = Object.hasOwn(minTransitionDays, transitionStorageClass)
    ? (minTransitionDays[transitionStorageClass] as number)
    : 0;
  values.integer(`${at}.transitionDays for ${transitionStorageClass}`, transitionDays, min);
  if (expirationDays !== undefined && transitionDays >= expirationDays) {
    values.complain(`${at}.transitionDays`, "less than expirationDays");
  }
}

/** A configuration's rules, checked and in a form of our own. */
export function readLifecycle(config: unknown, dialect: StorageDialect): LifecycleRule[] {
  const list = shape.object("config", config)["rules"];
  if (Array.isArray(list) && (list.length === 0 || list.length > dialect.maxLifecycleRules)) {
    shape.complain("rules", `1 to ${dialect.maxLifecycleRules} rules`);
  }
  const rules = shape.list("rules", list, (element, at) => readRule(element, at, dialect));
  if (new Set(rules.map(({ id }) => id)).size < rules.length) values.complain("rules", "rules of different ids");
  return rules;
}
