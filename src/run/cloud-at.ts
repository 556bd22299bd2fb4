import type { MemStore } from "../../worker/emulator/core/store/mem-store";
import { prefixEnd } from "../../worker/emulator/core/store/order";
import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";

/** What wrote a key: the change with this place among the changes of its recording. */
export class Written {
  constructor(readonly place: number) {}
}

/** What stands under a key: the change that wrote it, unread, or the value that the base brought. */
export type Entry = unknown;

/** What one store holds at a moment. Values are decoded when they are looked at. */
export class StoreAt {
  /** `aws`, `aws#2`. */
  readonly instance: string;
  readonly service: string;
  readonly store: string;

  constructor(
    readonly name: string,
    private readonly recording: RecordReader,
    private readonly entries: MemStore<Entry>,
  ) {
    [this.instance = "", this.service = "", this.store = ""] = name.split("/");
  }

  get size(): number {
    return this.entries.size;
  }

  keyAt(place: number): string | undefined {
    return this.entries.at(place)?.[0];
  }

  /** From where to where the keys that begin with this text stand. */
  range(prefix: string): [from: number, to: number] {
    return [this.entries.rank(prefix), this.endOf(prefix)];
  }

  /** Where the keys that begin with this text end. */
  endOf(prefix: string): number {
    const end = prefixEnd(prefix);
    return end === undefined ? this.entries.size : this.entries.rank(end);
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** The change that last wrote a key; 0 when the base did, or nothing. */
  changeOf(key: string): number {
    const entry = this.entries.get(key);
    return entry instanceof Written ? this.recording.ordinals("change").at(entry.place) : 0;
  }

  valueOf(key: string): unknown {
    return readEntry(this.recording, this.entries.get(key));
  }
}

/** All stores that hold something at a moment. */
export interface CloudAt {
  readonly stores: readonly StoreAt[];
  store(name: string): StoreAt | undefined;
}

export function readEntry(recording: RecordReader, entry: Entry): unknown {
  return entry instanceof Written ? recording.changeAt(recording.ordinals("change").at(entry.place)).after : entry;
}
