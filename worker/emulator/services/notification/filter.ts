import { jsonDepth } from "../../core/json-depth";
import { PatternError, compilePattern, type CompiledPattern } from "../../core/pattern/pattern";
import type { NotificationDialect } from "./dialect";
import { refuse } from "./reasons";
import type { StoredSubscription } from "./state";
import type { Pattern, FilterScope, PublishAttributes } from "./types";

/** Deeper texts are no message body that a policy could want: engines differ in how deep they can go. */
const MAX_BODY_DEPTH = 1000;

/** The policies of stored subscriptions, read once. They follow from what is stored, and are no state. */
const compiled = new WeakMap<StoredSubscription, CompiledPattern>();

const rulesOf = (scope: FilterScope, dialect: NotificationDialect): NotificationDialect["bodyPolicy"] =>
  scope === "body" ? dialect.bodyPolicy : dialect.attributePolicy;

/** A checked policy as plain data of its own. */
export function readPolicy(value: unknown, scope: FilterScope, dialect: NotificationDialect): Pattern {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse("badFilterPolicy", { argument: "filterPolicy", rule: "an object" });
  try {
    return JSON.parse(compilePattern(value, rulesOf(scope, dialect)).text) as Pattern;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return refuse("badFilterPolicy", { argument: `filterPolicy${error.at}`, rule: error.rule });
  }
}

/** What policies look at. */
export interface Filterable {
  readonly attributes: PublishAttributes;
  /** The text as JSON; `undefined` for what is none. */
  body(): unknown;
}

/** A text as policies see it. */
export function bodyOf(text: string): unknown {
  if (jsonDepth(text) > MAX_BODY_DEPTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a subscription wants such a message. */
export function wants(subscription: StoredSubscription, message: Filterable, dialect: NotificationDialect): boolean {
  const { filterPolicy, filterScope } = subscription;
  if (!filterPolicy) return true;
  let pattern = compiled.get(subscription);
  if (!pattern) {
    pattern = compilePattern(filterPolicy, rulesOf(filterScope, dialect));
    compiled.set(subscription, pattern);
  }
  return pattern.matches(filterScope === "body" ? message.body() : message.attributes);
}

/** Whether two policies say the same; the order of names does not count. */
export const samePolicy = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
