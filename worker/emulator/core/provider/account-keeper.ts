import type { Ids, IdsState } from "../ids";
import type { RandomState, Sfc32 } from "../sfc32";
import type { OpenService } from "../service/service";
import type { StoreSet, StoreSetSnapshot } from "../store/store-set";

/** Where the generators of one service stood. */
export interface ServiceChance {
  readonly random: RandomState;
  readonly ids: IdsState;
  /** The stream behind the ids. */
  readonly idsRandom: RandomState;
  readonly latency: RandomState;
}

/** Everything that an account is at one moment, but for its clock. */
export interface AccountState {
  /** Forks, by full name: `aws/storage/objects`. */
  readonly stores: StoreSetSnapshot["stores"];
  /** By service; of those that were used. */
  readonly chance: ReadonlyMap<string, ServiceChance>;
}

/** The generators of a service that is in use. */
export interface ChanceStreams {
  readonly random: Sfc32;
  readonly ids: Ids;
  readonly idsRandom: Sfc32;
  readonly latency: Sfc32;
}

interface InUse {
  readonly streams: ChanceStreams;
  readonly service: OpenService<unknown>;
}

/** A service that the account offers, in use or not. */
interface Offered {
  readonly service: string;
  /** Takes it into use; nothing when it is. */
  use(): void;
}

const keepers = new WeakMap<object, AccountKeeper>();

/** Takes and brings back the state of one account, whichever services are in use. */
export class AccountKeeper {
  private readonly inUse = new Map<string, InUse>();
  /** Where chance stands in services that nobody has used since it was brought back. */
  private waiting = new Map<string, ServiceChance>();
  /** The moment of the state that was brought back. */
  private restoredFrom: number | undefined;
  private readonly offered: Offered[] = [];
  /** How many deliveries between its services have not ended. */
  pendingDeliveries: () => number = () => 0;

  constructor(
    private readonly instance: string,
    private readonly stores: StoreSet,
  ) {}

  /** The keeper of a provider. */
  static of(provider: object): AccountKeeper {
    const keeper = keepers.get(provider);
    if (!keeper) throw new Error("not a provider");
    return keeper;
  }

  /** Called once by the account's maker. */
  keep(provider: object): void {
    keepers.set(provider, this);
  }

  offer(service: string, use: () => void): void {
    this.offered.push({ service, use });
  }

  /** Called for each service when it comes into use. */
  used(name: string, service: OpenService<unknown>, streams: ChanceStreams): void {
    this.inUse.set(name, { service, streams });
    this.goOn(name);
  }

  /** The account as it is; O(stores). */
  take(): AccountState {
    const chance = new Map(this.waiting);
    for (const [name, { streams }] of this.inUse) chance.set(name, stateOf(streams));
    return { stores: this.stores.fork().stores, chance };
  }

  /**
   * Brings back a state that was taken at the moment `at`. Services that have something stored come into use, so that what is due happens whether or not
   * anybody calls them. The journal is not told.
   */
  restore({ stores, chance }: AccountState, at: number): void {
    this.stores.restore({ stores });
    this.waiting = new Map(chance);
    this.restoredFrom = at;
    for (const offered of this.offered) {
      if (this.inUse.has(offered.service)) this.goOn(offered.service);
      else if (this.hasState(offered.service)) offered.use();
    }
  }

  /** Lets a service take up what was brought back for it, if anything was. */
  private goOn(name: string): void {
    const { service, streams } = this.inUse.get(name) as InUse;
    const chance = this.waiting.get(name);
    this.waiting.delete(name);
    if (chance) bringBack(streams, chance);
    if (this.restoredFrom !== undefined) service.resume?.(this.restoredFrom);
  }

  private hasState(service: string): boolean {
    const prefix = `${this.instance}/${service}/`;
    return this.stores.names().some((name) => name.startsWith(prefix) && this.stores.open(name).size > 0);
  }
}

function stateOf({ random, ids, idsRandom, latency }: ChanceStreams): ServiceChance {
  return { random: random.save(), ids: ids.save(), idsRandom: idsRandom.save(), latency: latency.save() };
}

function bringBack({ random, ids, idsRandom, latency }: ChanceStreams, chance: ServiceChance): void {
  random.restore(chance.random);
  ids.restore(chance.ids);
  idsRandom.restore(chance.idsRandom);
  latency.restore(chance.latency);
}
