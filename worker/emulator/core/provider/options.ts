import { ambient } from "../ambient";
import type { Clock } from "../clock/clock";
import type { CloudName } from "../error-codes";
import { CloudError } from "../errors";
import type { DeliveryOptions } from "../flow/contract";
import type { Random } from "../random";
import type { CallObserver, ChaosConcern, InjectionConcern, LatencyConcern, LimitConcern } from "../service/concerns";

/** What is counted: as the cloud does, or some resources by figures of one's own. */
export type Quotas = "default" | Readonly<Record<string, number>>;

/** Defaults for all portable objects made from a provider, and what the account is called. */
export interface ProviderOptions<Latency = unknown> {
  /** Where time comes from; default: the run's clock, or a `RealClock` outside of runs. Several providers may share one. */
  clock?: Clock;
  /** Same seed, program and starting clock: same identifiers. Default: the run's seed, or `"tabcloud"`. */
  seed?: string | number;
  /** Default `us-east-1` (AWS), `eastus` (Azure), `us-central1` (GCP). */
  region?: string;
  /** AWS account, 12 digits; default `123456789012`. */
  accountId?: string;
  /** GCP project, 6 to 30 of `a-z0-9-`; default `mock-project`. */
  projectId?: string;
  /** Azure subscription, a GUID; default all zeros. */
  subscriptionId?: string;
  /** Azure resource group, 1 to 90 characters; default `mock-rg`. */
  resourceGroup?: string;
  /** What every portable call takes: milliseconds, a distribution, or either by operation; default 0. */
  latency?: Latency;
  /** Records the calls of every portable object of this provider. */
  recorder?: CallObserver;
  /** Counts and times the calls of every portable object of this provider. */
  metrics?: CallObserver;
  /** Limits the rate of the calls of every portable object of this provider. */
  limiter?: LimitConcern;
  /** Makes calls of portable objects of this provider fail on purpose. */
  injector?: InjectionConcern;
  /** Weather over this provider: it hits every call, through whichever door. */
  chaos?: ChaosConcern;
  /** Overrides single fields of a service's dialect: `{ storage: { minPartBytes: 1 } }`. */
  dialect?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * How many resources there may be: `"default"` for as many as the cloud grants a new account, or figures of one's own (`{ tables: 3, topics: 10 }`), which then are all
   * that is counted. One too many is `ResourceExhausted`. Default: nothing is counted. Names: `buckets`, `tables`, `topics`, `subscriptions`, `fifoSubscriptions`,
   * `filterPolicies`, `buses`, `rules`; any other is `InvalidArgument`.
   */
  quotas?: Quotas;
  /** `"simulated"`: resources pass through `creating`, `updating` and `deleting` on the clock. Default `"instant"`. */
  provisioning?: "instant" | "simulated";
  /** How events between this provider's services travel: `{ duplicateProbability: 0.1 }` makes one hop in ten twice. Default: each exactly once, retried on the second. */
  delivery?: DeliveryOptions;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  readonly clock: Clock;
  readonly seed: string | number;
  readonly region: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly latency: unknown;
  readonly recorder: CallObserver | undefined;
  readonly metrics: CallObserver | undefined;
  readonly limiter: LimitConcern | undefined;
  readonly injector: InjectionConcern | undefined;
  readonly chaos: ChaosConcern | undefined;
  readonly dialect: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly quotas: Quotas;
  readonly delivery: DeliveryOptions;
  readonly provisioning: "instant" | "simulated";
}

/** Turns what a caller gave as `latency` into a concern; the features know the distributions, the core does not. */
export type LatencyReader = (latency: unknown, random: Random) => LatencyConcern | undefined;

/** Whose account it is unless the options say otherwise. */
export const DEFAULT_ACCOUNT = {
  accountId: "123456789012",
  projectId: "mock-project",
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  resourceGroup: "mock-rg",
} as const;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Rule {
  readonly ok: (value: unknown) => boolean;
  readonly rule: string;
}

const text = (pattern: RegExp, rule: string): Rule => ({ ok: (v) => typeof v === "string" && pattern.test(v), rule });
const having = (methods: readonly string[], rule: string): Rule => ({
  ok: (v) => isObject(v) && methods.every((method) => typeof v[method] === "function"),
  rule,
});
const DELIVERY: readonly string[] = ["duplicateProbability", "jitter"] satisfies (keyof DeliveryOptions)[];
const isShare = (v: unknown): boolean => typeof v === "number" && v >= 0 && v <= 1;
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null && !Array.isArray(v);

const RULES: { readonly [K in keyof Required<ProviderOptions>]: Rule } = {
  clock: having(["nowMs", "now", "sleep", "setTimer"], "a clock, for example new FakeClock()"),
  seed: {
    ok: (v) => typeof v === "string" || (typeof v === "number" && Number.isFinite(v)),
    rule: "a string or a finite number",
  },
  region: text(/\S/, "a region's name, not empty"),
  accountId: text(/^\d{12}$/, "12 digits"),
  projectId: text(/^[a-z0-9-]{6,30}$/, "6 to 30 of a-z, 0-9 and -"),
  subscriptionId: text(GUID, "a GUID"),
  resourceGroup: text(/^.{1,90}$/s, "1 to 90 characters"),
  // The features check a latency when they read it.
  latency: { ok: () => true, rule: "" },
  recorder: having(["observe"], "a Recorder"),
  metrics: having(["observe"], "a Metrics"),
  limiter: having(["admit"], "a RateLimiter"),
  injector: having(["before", "after"], "an ErrorInjector"),
  chaos: having(["disturb"], "a ChaosEngine"),
  dialect: {
    ok: (v) => isObject(v) && Object.values(v).every(isObject),
    rule: "an object by service: { storage: { ... } }",
  },
  quotas: {
    ok: (v) =>
      v === "default" || (isObject(v) && Object.values(v).every((n) => Number.isSafeInteger(n) && Number(n) >= 0)),
    rule: '"default", or counts by resource: { tables: 3 }',
  },
  provisioning: { ok: (v) => v === "instant" || v === "simulated", rule: '"instant" or "simulated"' },
  delivery: {
    ok: (v) =>
      isObject(v) &&
      Object.entries(v).every(([name, share]) => DELIVERY.includes(name) && (share === undefined || isShare(share))),
    rule: "{ duplicateProbability?, jitter? }, each a number from 0 to 1",
  },
};

const isOption = (name: string): name is keyof typeof RULES => Object.hasOwn(RULES, name);

/** Checks options at the door and fills in defaults; anything wrong or unknown is `InvalidArgument`. */
export function resolveOptions(cloud: CloudName, region: string, given: ProviderOptions = {}): ResolvedOptions {
  const bad = (message: string): never => {
    throw new CloudError("InvalidArgument", message, { provider: cloud, operation: "new" });
  };
  if (!isObject(given)) bad("provider options must be an object");
  for (const [name, value] of Object.entries(given)) {
    if (!isOption(name)) return bad(`unknown provider option "${name}"; known are ${Object.keys(RULES).join(", ")}`);
    if (value !== undefined && !RULES[name].ok(value)) bad(`provider option "${name}" must be ${RULES[name].rule}`);
  }
  const surroundings = ambient();
  return {
    clock: given.clock ?? surroundings.clock,
    seed: given.seed ?? surroundings.seed,
    region: given.region ?? region,
    accountId: given.accountId ?? DEFAULT_ACCOUNT.accountId,
    projectId: given.projectId ?? DEFAULT_ACCOUNT.projectId,
    subscriptionId: given.subscriptionId ?? DEFAULT_ACCOUNT.subscriptionId,
    resourceGroup: given.resourceGroup ?? DEFAULT_ACCOUNT.resourceGroup,
    latency: given.latency ?? surroundings.latencyMs,
    recorder: given.recorder,
    metrics: given.metrics,
    limiter: given.limiter,
    injector: given.injector,
    chaos: given.chaos,
    dialect: given.dialect ?? {},
    quotas: given.quotas ?? {},
    delivery: given.delivery ?? {},
    provisioning: given.provisioning ?? "instant",
  };
}
