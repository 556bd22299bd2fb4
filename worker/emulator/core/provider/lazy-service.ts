import type { AccountFlow, ServiceInUse } from "../flow/account";
import type { Place } from "../flow/contract";
import { Ids } from "../ids";
import type { Sfc32 } from "../sfc32";
import type { Concerns } from "../service/concerns";
import type { AnyDriver } from "../service/operations";
import { Pipeline, type PipelineHost } from "../service/pipeline";
import { driversAt, makeDriver, type DriverBinding } from "../service/portable";
import type { Account, BaseDialect, ServiceContext } from "../service/service";
import type { StoreSet } from "../store/store-set";
import type { AccountKeeper, ChanceStreams } from "./account-keeper";
import type { OfferedService } from "./offered";
import type { LatencyReader } from "./options";

/** What all services of an account share. */
export interface AccountParts {
  readonly account: Account;
  readonly random: Sfc32;
  readonly stores: StoreSet;
  readonly keeper: AccountKeeper;
  readonly host: PipelineHost;
  /** The provider's concerns, but for its latency. */
  readonly shared: Concerns;
  readonly latency: unknown;
  readonly provisioning: "instant" | "simulated";
  readonly readLatency: LatencyReader;
  flow(): AccountFlow;
}

interface Opened extends ServiceInUse {
  readonly binding: DriverBinding;
  readonly driver: AnyDriver;
}

/** The streams of chance of one part of an account. */
export function streamsOf(random: Sfc32, name: string): ChanceStreams {
  const idsRandom = random.fork(`ids/${name}`);
  return { random: random.fork(name), ids: new Ids(idsRandom), idsRandom, latency: random.fork(`latency/${name}`) };
}

/** A service of an account, built when it is first used. */
export class LazyService {
  private opened: Opened | undefined;
  private driversAt: ((place: Place) => AnyDriver) | undefined;

  constructor(
    private readonly offered: OfferedService,
    readonly dialect: BaseDialect,
    private readonly parts: AccountParts,
  ) {}

  get definition(): OfferedService["definition"] {
    return this.offered.definition;
  }

  use(): Opened {
    return this.opened ?? this.open();
  }

  /** A driver whose calls stand at a place in a flow. */
  driverAt(place: Place): AnyDriver {
    this.driversAt ??= driversAt(this.definition, this.use().binding);
    return this.driversAt(place);
  }

  private open(): Opened {
    const { definition } = this;
    const { account, host, keeper, shared } = this.parts;
    const streams = streamsOf(this.parts.random, definition.service);
    const defaults = { ...shared, latency: this.parts.readLatency(this.parts.latency, streams.latency) };
    const service = this.offered.open(this.contextWith(streams, defaults));
    const site = { provider: account.provider, instance: account.instance, service: definition.service };
    const tables = { reasons: definition.reasons, nativeReasons: this.dialect.nativeReasons };
    const pipeline = new Pipeline(site, definition.operations, service.engine, tables, host);
    const binding = { pipeline, defaults, latencyRandom: streams.latency };
    const driver = makeDriver(definition, binding);
    this.opened = { pipeline, concerns: defaults, receives: service.receives, source: service.source, binding, driver };
    this.parts.flow().opened(service.sends);
    keeper.used(definition.service, service, streams);
    return this.opened;
  }

  private contextWith(streams: ChanceStreams, defaults: Concerns): ServiceContext<BaseDialect> {
    const { account, host, stores } = this.parts;
    const { clock } = host;
    const { service } = this.definition;
    return {
      dialect: this.dialect,
      account,
      clock,
      random: streams.random,
      ids: streams.ids,
      provisioning: this.parts.provisioning,
      flow: this.parts.flow().of(service),
      store: <V>(name: string, options?: { internal?: boolean }) =>
        stores.open<V>(`${account.instance}/${service}/${name}`, options),
      at: (dueMs, operation, input, run) =>
        clock.setTimer(
          Math.max(0, dueMs - clock.nowMs()),
          () => void this.use().pipeline.act(operation, input, run, defaults),
          { label: `${service}.${operation}`, background: true },
        ),
      cancel: (timer) => clock.clearTimer(timer),
    };
  }
}
