import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import { RECORD_KINDS } from "../../worker/emulator/features/recording/record-page";

const CALL = RECORD_KINDS.indexOf("call");

/**
 * What charts need of every call, side by side and in the order in which calls ended. A call is known by its place: 0 for the first. Made once a
 * recording, shared by all that draw it.
 */
export class CallColumns {
  length = 0;
  /** Records of the calls. */
  ids = new Uint32Array(256);
  /** Milliseconds since 1970. */
  begins = new Float64Array(256);
  /** Never before that of the call before. */
  ends = new Float64Array(256);
  durations = new Float64Array(256);
  /** 0 for OK, else 1 + the place in `ERROR_CODES`. */
  codes = new Uint8Array(256);
  /** Places in the recording's signatures. */
  signatures = new Uint16Array(256);
  /** Records of the calls that caused them; 0 for none. */
  causes = new Uint32Array(256);
  #seen = 0;

  constructor(readonly recording: RecordReader) {}

  /** Takes in what was recorded meanwhile, for as long as `hasTime` says so; true when that is all. */
  follow(hasTime: () => boolean): boolean {
    const { rows, size } = this.recording;
    while (this.#seen < size) {
      const { page } = rows.find(this.#seen + 1);
      for (let row = this.#seen + 1 - page.first; row < page.count; row++) {
        if (page.kinds[row] !== CALL) continue;
        if (this.length === this.ids.length) this.#grow();
        const place = this.length++;
        const begin = page.times[row] as number;
        const duration = page.durations[row] as number;
        this.ids[place] = page.first + row;
        this.begins[place] = begin;
        this.ends[place] = place === 0 ? begin + duration : Math.max(begin + duration, this.ends[place - 1] as number);
        this.durations[place] = duration;
        this.codes[place] = page.codes[row] as number;
        this.signatures[place] = page.names[row] as number;
        this.causes[place] = page.causes[row] as number;
      }
      this.#seen = page.first + page.count - 1;
      if (!hasTime()) break;
    }
    return this.#seen === size;
  }

  /** How many calls stand at or before a record. */
  countUntil(record: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ids[middle] as number) <= record) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place of the call with a record; -1 when there is none. */
  placeOf(record: number): number {
    const place = this.countUntil(record) - 1;
    return place >= 0 && this.ids[place] === record ? place : -1;
  }

  #grow(): void {
    this.ids = larger(this.ids, Uint32Array);
    this.begins = larger(this.begins, Float64Array);
    this.ends = larger(this.ends, Float64Array);
    this.durations = larger(this.durations, Float64Array);
    this.codes = larger(this.codes, Uint8Array);
    this.signatures = larger(this.signatures, Uint16Array);
    this.causes = larger(this.causes, Uint32Array);
  }
}

function larger<T extends { length: number; set(of: T): void }>(column: T, make: new (length: number) => T): T {
  const made = new make(column.length * 2);
  made.set(column);
  return made;
}

const known = new WeakMap<RecordReader, CallColumns>();

export function columnsOf(recording: RecordReader): CallColumns {
  let columns = known.get(recording);
  if (columns === undefined) known.set(recording, (columns = new CallColumns(recording)));
  return columns;
}
