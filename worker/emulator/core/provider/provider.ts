import { ambient } from "../ambient";
import type { Clock } from "../clock/clock";
import type { CloudName } from "../error-codes";
import { CloudError } from "../errors";
import { Ids } from "../ids";
import { seededRandom } from "../random";
import type { Concerns } from "../service/concerns";
import type { AnyDriver } from "../service/operations";
import { Pipeline, type PipelineHost } from "../service/pipeline";
import { makeDriver } from "../service/portable";
import { together } from "../service/weather";
import type { Account, BaseDialect, OpenService, ServiceContext, ServiceDefinition } from "../service/service";
import { ChangeLog } from "../store/journal";
import { StoreSet } from "../store/store-set";
import { AccountKeeper } from "./account-keeper";
import { resolveOptions, type LatencyReader, type ProviderOptions, type ResolvedOptions } from "./options";

/** A service of one cloud with its driver and dialect types erased, so that services of all kinds fit one list. */
export interface OfferedService {
  readonly definition: Omit<ServiceDefinition<Record<string, unknown>, BaseDialect>, "open">;
  readonly dialect: BaseDialect;
  open(context: ServiceContext<BaseDialect>): OpenService<unknown>;
}

/** Offers a service on a cloud in that cloud's dialect. */
export function offer<D, Dialect extends BaseDialect>(
  definition: ServiceDefinition<D, Dialect>,
  dialect: Dialect,
): OfferedService {
  return {
    definition,
    dialect,
    // The context's dialect is this one, overridden field by field with values of the same types.
    open: (context) => definition.open(context as ServiceContext<Dialect>),
  };
}

/** One cloud: its name, where it stands, and what it offers. */
export interface CloudDefinition {
  readonly name: CloudName;
  readonly defaultRegion: string;
  /** Which of an account's identifiers this cloud goes by. */
  readonly accountField: "accountId" | "subscriptionId" | "projectId";
  readonly services: readonly OfferedService[];
}

/** What every provider has besides its services. */
export interface ProviderBase {
  /** Which cloud this is. */
  readonly name: CloudName;
  /** The region resources are made in. */
  readonly region: string;
  /** The clock everything in this account follows. */
  readonly clock: Clock;
}

function dialectWith(
  service: OfferedService,
  overrides: Readonly<Record<string, unknown>> | undefined,
  cloud: CloudName,
): BaseDialect {
  if (!overrides) return service.dialect;
  const merged: Record<string, unknown> = { ...service.dialect };
  for (const [field, value] of Object.entries(overrides)) {
    const own = merged[field];
    if (own === undefined || typeof own !== typeof value) {
      const what = own === undefined ? "has no such field" : `is a ${typeof own} there, not a ${typeof value}`;
      throw new CloudError(
        "InvalidArgument",
        `dialect.${service.definition.field}.${field}: ${service.dialect.native} ${what}`,
        { provider: cloud },
      );
    }
    if (value === null || (typeof value === "number" && !(value >= 0))) {
      throw new CloudError(
        "InvalidArgument",
        `dialect.${service.definition.field}.${field}: it must be ${typeof value === "number" ? "a number of at least 0" : "an object"}, not ${String(value)}`,
        { provider: cloud },
      );
    }
    merged[field] = value;
  }
  return merged as unknown as BaseDialect;
}

/** Opens an account on a cloud: checks the options, and builds each service when it is first used. */
export function openProvider(
  cloud: CloudDefinition,
  given: ProviderOptions | undefined,
  readLatency: LatencyReader,
): ProviderBase {
  const options = resolveOptions(cloud.name, cloud.defaultRegion, given);
  const surroundings = ambient();
  const instance = surroundings.nameInstance(cloud.name);
  const account: Account = { provider: cloud.name, instance, ...accountOf(options) };
  // A second account of one run draws other identifiers than the first, unless it was given a seed of its own.
  const random = seededRandom(given?.seed ?? (instance === cloud.name ? options.seed : `${options.seed}/${instance}`));
  const changeLog = new ChangeLog();
  const stores = new StoreSet(changeLog);
  const keeper = new AccountKeeper(instance, stores);
  const host: PipelineHost = {
    clock: options.clock,
    changeLog,
    chaos: together(surroundings.chaos, options.chaos),
    observers: surroundings.observers,
    ...(surroundings.gate && { gate: surroundings.gate }),
    ...(surroundings.pace && { pace: surroundings.pace }),
  };
  const shared: Concerns = {
    injection: options.injector,
    limit: options.limiter,
    metrics: options.metrics,
    recorder: options.recorder,
  };

  // Read once here so that a bad latency is refused at the door and not by the first call.
  readLatency(options.latency, random);

  const known = cloud.services.map((service) => service.definition.field);
  const unknown = Object.keys(options.dialect).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new CloudError("InvalidArgument", `dialect.${unknown}: there is no such service`, { provider: cloud.name });

  const provider: ProviderBase = { name: cloud.name, region: options.region, clock: options.clock };
  for (const service of cloud.services) {
    const { definition } = service;
    const dialect = dialectWith(service, options.dialect[definition.field], cloud.name);
    let driver: AnyDriver | undefined;
    const get = (): AnyDriver => (driver ??= openDriver());
    const openDriver = (): AnyDriver => {
      const idsRandom = random.fork(`ids/${definition.service}`);
      const streams = {
        random: random.fork(definition.service),
        ids: new Ids(idsRandom),
        idsRandom,
        latency: random.fork(`latency/${definition.service}`),
      };
      const defaults = { ...shared, latency: readLatency(options.latency, streams.latency) };
      const site = { provider: cloud.name, instance, service: definition.service };
      const context: ServiceContext<BaseDialect> = {
        dialect,
        account,
        clock: options.clock,
        random: streams.random,
        ids: streams.ids,
        store: <V>(name: string, options?: { internal?: boolean }) =>
          stores.open<V>(`${instance}/${definition.service}/${name}`, options),
        at: (dueMs, operation, input, run) =>
          options.clock.setTimer(
            Math.max(0, dueMs - options.clock.nowMs()),
            () => pipeline.act(operation, input, run, defaults),
            {
              label: `${definition.service}.${operation}`,
              background: true,
            },
          ),
        cancel: (timer) => options.clock.clearTimer(timer),
      };
      const opened = service.open(context);
      const tables = { reasons: definition.reasons, nativeReasons: dialect.nativeReasons };
      const pipeline = new Pipeline(site, definition.operations, opened.engine, tables, host);
      driver = makeDriver(definition, { pipeline, defaults, latencyRandom: streams.latency });
      keeper.used(definition.service, opened, streams);
      return driver;
    };
    keeper.offer(definition.service, () => void get());
    Object.defineProperty(provider, definition.field, { get, enumerable: true });
    Object.defineProperty(provider, dialect.field, { get, enumerable: true });
  }
  keeper.keep(provider);
  return Object.freeze(provider);
}

function accountOf(options: ResolvedOptions): Omit<Account, "provider" | "instance"> {
  const { region, accountId, projectId, subscriptionId, resourceGroup } = options;
  return { region, accountId, projectId, subscriptionId, resourceGroup };
}
