import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";

/** What one store holds: for each key the change that made it what it is. Values are decoded when they are looked at. */
export class StoreState {
  readonly #changes = new Map<string, number>();
  #sorted: string[] | undefined;

  constructor(
    /** `aws`, `aws#2`. */
    readonly instance: string,
    readonly service: string,
    readonly store: string,
  ) {}

  set(key: string, change: number): void {
    if (!this.#changes.has(key)) this.#sorted = undefined;
    this.#changes.set(key, change);
  }

  delete(key: string): void {
    if (this.#changes.delete(key)) this.#sorted = undefined;
  }

  /** The change that last wrote a key. */
  changeOf(key: string): number | undefined {
    return this.#changes.get(key);
  }

  get keys(): readonly string[] {
    return (this.#sorted ??= [...this.#changes.keys()].sort());
  }

  /** Where the first key stands that is not before this text. */
  lowerBound(text: string): number {
    const { keys } = this;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** From where to where the keys that begin with this text stand. */
  range(prefix: string): [from: number, to: number] {
    if (prefix === "") return [0, this.keys.length];
    return [this.lowerBound(prefix), this.lowerBound(`${prefix}\uffff`)];
  }
}

const BATCH = 64;

/** The cloud as the changes of a recording leave it. */
export class CloudState {
  /** By number, as the recording names them. */
  readonly #stores: StoreState[] = [];
  #seen = 0;

  constructor(readonly recording: RecordReader) {}

  get stores(): readonly StoreState[] {
    return this.#stores.filter((it) => it.keys.length > 0);
  }

  get done(): boolean {
    return this.#seen === this.recording.ordinals("change").length;
  }

  /** Takes in what is new, for as long as `hasTime` says so. */
  follow(hasTime: () => boolean): void {
    const { recording } = this;
    const changes = recording.ordinals("change");
    while (this.#seen < changes.length) {
      const end = Math.min(changes.length, this.#seen + BATCH);
      for (; this.#seen < end; this.#seen++) {
        const id = changes.at(this.#seen);
        const change = recording.changeAt(id);
        const store = this.#store(recording.signatureNumberAt(id), change.store);
        if ("after" in change) store.set(change.key, id);
        else store.delete(change.key);
      }
      if (!hasTime()) return;
    }
  }

  #store(number: number, name: string): StoreState {
    const known = this.#stores[number];
    if (known !== undefined) return known;
    const [instance = "", service = "", store = ""] = name.split("/");
    return (this.#stores[number] = new StoreState(instance, service, store));
  }
}
