import { MemStore } from "../../worker/emulator/core/store/mem-store";
import type { StoreSetSnapshot } from "../../worker/emulator/core/store/store-set";
import { OrdinalList } from "../../worker/emulator/features/recording/kind-index";
import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import { Checkpoints, fork, type Checkpoint } from "./checkpoints";
import { StoreAt, Written, type CloudAt, type Entry } from "./cloud-at";

/** The stores that a run starts from, read bit by bit: each step is a bit. */
export type BaseSteps = Iterator<unknown, StoreSetSnapshot>;

/** Between two looks at the clock. */
const BATCH = 32;
/** The list of who came before counts from 1, so that 0 is nobody. */
const NOBODY = 0;
/** Instead of who created a key, where a change removes it. */
const REMOVAL = 0xffffffff;

/**
 * The cloud at any moment of a run, worked out from what its recording says of changes. It follows the recording in slices, keeps the cloud as it was
 * every so often, and reaches every moment between from the last of those: a jump costs a few milliseconds, however long the run is.
 *
 * ```ts
 * const history = new CloudHistory(recording);
 * if (history.follow(() => performance.now() < end, record)) show(history.at(record).stores);
 * ```
 */
export class CloudHistory {
  #base: BaseSteps | undefined;
  #baseStores: ReadonlyMap<string, MemStore<Entry>> = new Map();
  /** Names of the stores, and after the changes taken in what they hold; whatever names a store by a number uses its slot here. */
  readonly #names: string[] = [];
  readonly #slots = new Map<string, number>();
  readonly #head: MemStore<Entry>[] = [];
  /** By slot: the changes that removed keys which are still gone. */
  readonly #gone: Map<string, Written>[] = [];
  /** By change, as places and plus one: which change of the same key came before. */
  readonly #previous = new OrdinalList();
  /** By change, as places and plus one: which change created what it writes; nobody when that was there before the run. */
  readonly #creators = new OrdinalList();
  #checkpoints: Checkpoints | undefined;
  #taken = 0;
  /** The moment looked at last, to go on from with the next step. */
  #last: { readonly point: Checkpoint; readonly cloud: CloudAt } | undefined;

  constructor(
    readonly recording: RecordReader,
    base?: BaseSteps,
  ) {
    this.#base = base;
  }

  /** How many of the changes have been taken in. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes in what is new, up to a record, for as long as `hasTime` says so.
   * @returns Whether everything up to that record is known.
   */
  follow(hasTime: () => boolean, until: number = this.recording.size): boolean {
    if (!this.#openBase(hasTime)) return false;
    const checkpoints = (this.#checkpoints ??= new Checkpoints({ changes: 0, stores: fork(this.#head) }));
    const { changes } = this;
    const wanted = changes.rank(until + 1);
    while (this.#taken < wanted) {
      const end = Math.min(wanted, this.#taken + BATCH);
      while (this.#taken < end) {
        this.#takeIn(this.#taken++);
        checkpoints.pass(this.#taken, this.#head);
      }
      if (!hasTime()) break;
    }
    return this.#taken >= wanted;
  }

  /** Whether everything up to a record is known. */
  knows(record: number): boolean {
    return this.#checkpoints !== undefined && this.#taken >= this.changes.rank(record + 1);
  }

  /**
   * The cloud as it was after a record.
   * @throws RangeError when `follow` has not come so far.
   */
  at(record: number): CloudAt {
    if (!this.knows(record)) throw new RangeError(`nothing is known of record ${record} yet`);
    const wanted = this.changes.rank(record + 1);
    if (this.#last?.point.changes === wanted) return this.#last.cloud;
    const stores = this.#storesAfter(wanted);
    const found = new Map<string, StoreAt>();
    stores.forEach((entries, slot) => {
      const name = this.#names[slot] as string;
      if (entries.size > 0) found.set(name, new StoreAt(name, this.recording, entries));
    });
    const cloud = { stores: [...found.values()], store: (name: string) => found.get(name) };
    this.#last = { point: { changes: wanted, stores }, cloud };
    return cloud;
  }

  valueAt(store: string, key: string, record: number): unknown {
    return this.at(record).store(store)?.valueOf(key);
  }

  /** What a change replaced; undefined when there was nothing. The change must be known. */
  valueBefore(change: number): unknown {
    const before = this.previous(change);
    if (before !== 0) return this.recording.changeAt(before).after;
    const name = this.recording.names.stores[this.recording.signatureNumberAt(change)] as string;
    return this.baseValue(name, this.recording.changeKeyAt(change));
  }

  /** The change of the same key before a change; 0 when the run made none. */
  previous(change: number): number {
    return this.#ordinal(this.#previous.at(this.#placeOf(change)));
  }

  /** The changes of a key as far as they are known, the latest first. */
  *touches(store: string, key: string): Generator<number> {
    const slot = this.#slots.get(store);
    if (slot === undefined) return;
    const latest = this.#head[slot]?.get(key) ?? this.#gone[slot]?.get(key);
    if (!(latest instanceof Written)) return;
    for (let at = latest.place + 1; at !== NOBODY; at = this.#previous.at(at - 1)) yield this.#ordinal(at);
  }

  /** What the run found under a key when it began. */
  baseValue(store: string, key: string): unknown {
    return this.#baseStores.get(store)?.get(key);
  }

  isRemoval(change: number): boolean {
    return this.#creators.at(this.#placeOf(change)) === REMOVAL;
  }

  /** The change that created what a change wrote; 0 when that was there before the run, or the change is a removal. */
  creator(change: number): number {
    const creator = this.#creators.at(this.#placeOf(change));
    return creator === REMOVAL ? 0 : this.#ordinal(creator);
  }

  get changes(): ReturnType<RecordReader["ordinals"]> {
    return this.recording.ordinals("change");
  }

  #openBase(hasTime: () => boolean): boolean {
    while (this.#base !== undefined) {
      const step = this.#base.next();
      if (step.done === true) {
        this.#baseStores = step.value.stores;
        for (const [name, store] of this.#baseStores) this.#head[this.#slot(name)] = store.fork();
        this.#base = undefined;
      } else if (!hasTime()) return false;
    }
    return true;
  }

  #takeIn(place: number): void {
    const { recording } = this;
    const id = this.changes.at(place);
    const { key, removed } = recording.changedKeyAt(id);
    const slot = this.#slotOf(id);
    const store = this.#head[slot] as MemStore<Entry>;
    const gone = this.#gone[slot] as Map<string, Written>;
    const before = store.get(key);
    const previous = before ?? gone.get(key);
    this.#previous.push(previous instanceof Written ? previous.place + 1 : NOBODY);
    const written = new Written(place);
    if (removed) {
      this.#creators.push(REMOVAL);
      store.delete(key);
      gone.set(key, written);
      return;
    }
    if (before === undefined) this.#creators.push(place + 1);
    else this.#creators.push(before instanceof Written ? this.#creators.at(before.place) : NOBODY);
    store.set(key, written);
    if (gone.size > 0) gone.delete(key);
  }

  /** All stores after so many changes, from the nearest state that is at hand. */
  #storesAfter(wanted: number): MemStore<Entry>[] {
    if (wanted === this.#taken) return fork(this.#head);
    const checkpoint = (this.#checkpoints as Checkpoints).before(wanted);
    const last = this.#last?.point;
    const from = last !== undefined && last.changes <= wanted && last.changes > checkpoint.changes ? last : checkpoint;
    const stores = fork(from.stores);
    // A store that did not exist then.
    for (let slot = stores.length; slot < this.#head.length; slot++) stores.push(new MemStore<Entry>());
    for (let place = from.changes; place < wanted; place++) {
      const id = this.changes.at(place);
      const store = stores[this.#slotOf(id)] as MemStore<Entry>;
      const key = this.recording.changeKeyAt(id);
      if (this.#creators.at(place) === REMOVAL) store.delete(key);
      else store.set(key, new Written(place));
    }
    return stores;
  }

  #slotOf(change: number): number {
    return this.#slot(this.recording.names.stores[this.recording.signatureNumberAt(change)] as string);
  }

  #slot(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#names.length;
    this.#names.push(name);
    this.#slots.set(name, slot);
    this.#head.push(new MemStore<Entry>());
    this.#gone.push(new Map());
    return slot;
  }

  #placeOf(change: number): number {
    const place = this.changes.rank(change);
    if (this.changes.at(place) !== change) throw new RangeError(`record ${change} is no change`);
    if (place >= this.#taken) throw new RangeError(`nothing is known of change ${change} yet`);
    return place;
  }

  #ordinal(placeAndOne: number): number {
    return placeAndOne === NOBODY ? 0 : this.changes.at(placeAndOne - 1);
  }
}
