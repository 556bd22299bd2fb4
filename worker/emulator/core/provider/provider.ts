import { ambient } from "../ambient";
import type { Clock } from "../clock/clock";
import type { CloudName } from "../error-codes";
import { CloudError } from "../errors";
import type { AccountFlow, OpenFlow } from "../flow/account";
import type { DeliveryFilter, DeliveryInfo, Place } from "../flow/contract";
import { seededRandom } from "../random";
import type { Sfc32 } from "../sfc32";
import type { PipelineHost } from "../service/pipeline";
import { Turnstile } from "../service/turnstile";
import { together } from "../service/weather";
import type { Account } from "../service/service";
import { ChangeLog } from "../store/journal";
import { StoreSet } from "../store/store-set";
import { AccountKeeper, type ChanceStreams } from "./account-keeper";
import { facadesOf } from "./facade";
import { LazyService, streamsOf, type AccountParts } from "./lazy-service";
import { dialectWith, type OfferedService } from "./offered";
import { resolveOptions, type LatencyReader, type ProviderOptions, type Quotas, type ResolvedOptions } from "./options";

export { offer, type OfferedService } from "./offered";

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
  /**
   * Carries every event that is due at the clock's present moment to its target, and waits for the functions this runs; what sleeps on the clock meanwhile is not
   * waited for. The clock does not move. Answers how many deliveries were attempted. A run does this by itself before time moves on.
   *
   * ```ts
   * await photos.putObject("photos", "cat.jpg", picture); // its function starts on a later turn
   * await cloud.settle();
   * ```
   * @throws CloudError `ResourceExhausted` after more than 10,000 deliveries to functions at one moment beyond those that the program itself set going: a loop.
   */
  settle(): Promise<number>;
  /**
   * The deliveries of events between this provider's services, oldest first: those on their way, and the last 10,000 that have ended.
   *
   * ```ts
   * for (const { source, target, state, attempts } of await cloud.listDeliveries({ state: "retrying" }))
   *   console.log(source, target, state, attempts);
   * ```
   */
  listDeliveries(filter?: DeliveryFilter): Promise<DeliveryInfo[]>;
}

/** What the flow's stores and chance go by, beside those of services. */
const FLOW = "flow";

/** Opens an account on a cloud: checks the options, and builds each service when it is first used. */
export function openProvider(
  cloud: CloudDefinition,
  given: ProviderOptions | undefined,
  readLatency: LatencyReader,
  openFlow: OpenFlow,
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
    turnstile: new Turnstile(),
    deliver: (call) => flow.emitted(call),
    chaos: together(surroundings.chaos, options.chaos),
    observers: surroundings.observers,
    ...(surroundings.gate && { gate: surroundings.gate }),
    ...(surroundings.pace && { pace: surroundings.pace }),
  };

  // Read once here so that a bad latency is refused at the door and not by the first call.
  readLatency(options.latency, random);
  checkOverrides(cloud, options.dialect);
  checkQuotas(cloud, options.quotas);

  const parts: AccountParts = {
    ...{ account, random, stores, keeper, host, latency: options.latency, readLatency },
    provisioning: options.provisioning,
    shared: {
      injection: options.injector,
      limit: options.limiter,
      metrics: options.metrics,
      recorder: options.recorder,
    },
    flow: () => flow,
  };
  const services = cloud.services.map(
    (offered) =>
      new LazyService(
        offered,
        dialectWith(offered, options.dialect[offered.definition.field], options.quotas, cloud.name),
        parts,
      ),
  );
  const flow = openFlowOf(parts, services, openFlow, options, (place) => cloudAt(place));
  const provider: ProviderBase = {
    name: cloud.name,
    region: options.region,
    clock: options.clock,
    settle: () => flow.settle(),
    listDeliveries: (filter) => flow.listDeliveries(filter),
  };
  const cloudAt = facadesOf(
    provider,
    services.map((service) => ({ fields: fieldsOf(service), driverAt: (place) => service.driverAt(place) })),
  );
  for (const service of services)
    for (const field of fieldsOf(service))
      Object.defineProperty(provider, field, { get: () => service.use().driver, enumerable: true });
  keeper.keep(provider);
  return Object.freeze(provider);
}

const fieldsOf = ({ definition, dialect }: LazyService): [string, string] => [definition.field, dialect.field];

function openFlowOf(
  { account, host, keeper, random, stores }: AccountParts,
  services: readonly LazyService[],
  openFlow: OpenFlow,
  options: ResolvedOptions,
  cloudAt: (place: Place) => object,
): AccountFlow {
  let streams: ChanceStreams | undefined;
  const use = (): Sfc32 => {
    if (!streams) {
      streams = streamsOf(random, FLOW);
      keeper.used(FLOW, { engine: {}, resume: () => flow.resume() }, streams);
    }
    return streams.random;
  };
  const flow = openFlow({
    provider: account.provider,
    clock: host.clock,
    turnstile: host.turnstile,
    options: options.delivery,
    services: services.map((service) => ({
      service: service.definition.service,
      receives: service.definition.receives ?? [],
      use: () => service.use(),
    })),
    store: (name) => stores.open(`${account.instance}/${FLOW}/${name}`, { internal: true }),
    written: () => void host.changeLog.take(),
    random: use,
    cloudAt,
  });
  for (const service of services) keeper.offer(service.definition.service, () => void service.use());
  keeper.pendingDeliveries = () => flow.pending;
  // Last, so that all that it may deliver to has been brought back.
  keeper.offer(FLOW, () => void use());
  return flow;
}

function checkOverrides({ name, services }: CloudDefinition, dialect: ResolvedOptions["dialect"]): void {
  const known = services.map((service) => service.definition.field);
  const unknown = Object.keys(dialect).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new CloudError("InvalidArgument", `dialect.${unknown}: there is no such service`, { provider: name });
}

function checkQuotas({ name, services }: CloudDefinition, quotas: Quotas): void {
  const known = services.flatMap(({ definition }) => Object.keys(definition.quotas ?? {}));
  const unknown = quotas === "default" ? undefined : Object.keys(quotas).find((counted) => !known.includes(counted));
  if (unknown === undefined) return;
  const message = `quotas.${unknown}: nothing of that name is counted; known are ${known.join(", ")}`;
  throw new CloudError("InvalidArgument", message, { provider: name, operation: "new" });
}

function accountOf(options: ResolvedOptions): Omit<Account, "provider" | "instance"> {
  const { region, accountId, projectId, subscriptionId, resourceGroup } = options;
  return { region, accountId, projectId, subscriptionId, resourceGroup };
}
