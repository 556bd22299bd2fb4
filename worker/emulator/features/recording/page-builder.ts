import type { WireWriter } from "../../core/wire";
import { RECORD_KINDS, type RecordKind } from "./record-page";
import type { RowColumns } from "./row-pages";

/** Most records of one page. */
export const PAGE_ROWS = 1000;
/** What a row takes in the columns. */
export const ROW_BYTES = 34;

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const KIND_NUMBER = Object.fromEntries(RECORD_KINDS.map((kind, i) => [kind, i])) as Readonly<
  Record<RecordKind, number>
>;

/** The page being written: its columns, and a writer for what each row says beyond them. */
export class PageBuilder implements RowColumns {
  count = 0;
  kinds: Uint8Array<ArrayBuffer>;
  codes: Uint8Array<ArrayBuffer>;
  doors: Uint8Array<ArrayBuffer>;
  stoppers: Uint8Array<ArrayBuffer>;
  names: Uint16Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
  durations: Float64Array<ArrayBuffer>;
  causes: Uint32Array<ArrayBuffer>;
  flows: Uint32Array<ArrayBuffer>;
  lengths: Uint32Array<ArrayBuffer>;
  /** Bytes of the rows added so far. */
  #written = 0;

  constructor(
    public first: number,
    readonly writer: WireWriter,
    readonly capacity = PAGE_ROWS,
    private readonly onRow?: () => void,
  ) {
    this.kinds = new Uint8Array(capacity);
    this.codes = new Uint8Array(capacity);
    this.doors = new Uint8Array(capacity);
    this.stoppers = new Uint8Array(capacity);
    this.names = new Uint16Array(capacity);
    this.times = new Float64Array(capacity);
    this.durations = new Float64Array(capacity);
    this.causes = new Uint32Array(capacity);
    this.flows = new Uint32Array(capacity);
    this.lengths = new Uint32Array(capacity);
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.writer.bytes;
  }

  /** Completes the row whose bytes were just written. */
  add(
    kind: RecordKind,
    code: number,
    name: number,
    timeMs: number,
    durationMs: number,
    cause: number,
    flow: number,
    door = 0,
    stopper = 0,
  ): void {
    const row = this.count++;
    const { length } = this.writer;
    this.kinds[row] = KIND_NUMBER[kind];
    this.codes[row] = code;
    this.doors[row] = door;
    this.stoppers[row] = stopper;
    this.names[row] = name;
    this.times[row] = timeMs;
    this.durations[row] = durationMs;
    this.causes[row] = cause;
    this.flows[row] = flow;
    this.lengths[row] = length - this.#written;
    this.#written = length;
    this.onRow?.();
  }

  /** Drops the bytes of a row that was begun and not completed. */
  abandonRow(): void {
    this.writer.length = this.#written;
  }

  /** Takes over a row of another builder. */
  copy(from: PageBuilder, row: number, start: number): void {
    this.writer.append(from.bytes.subarray(start, start + (from.lengths[row] as number)));
    const kind = RECORD_KINDS[from.kinds[row] as number] as RecordKind;
    const [code, name, door, stopper] = [from.codes[row], from.names[row], from.doors[row], from.stoppers[row]] as Four;
    const [time, duration, cause, flow] = [
      from.times[row],
      from.durations[row],
      from.causes[row],
      from.flows[row],
    ] as Four;
    this.add(kind, code, name, time, duration, cause, flow, door, stopper);
  }

  /** Exactly sized copies of some rows, all in one buffer: what is transferred costs by the piece. */
  slice(fromRow: number, fromByte: number): RowColumns {
    const count = this.count - fromRow;
    const buffer = new ArrayBuffer(ROW_BYTES * count + this.#written - fromByte);
    let at = 0;
    const take = <T extends Column>(column: T, from: number, length: number): T => {
      const copy = new (column.constructor as new (buffer: ArrayBuffer, at: number, length: number) => T)(
        buffer,
        at,
        length,
      );
      copy.set(column.subarray(from, from + length));
      at += copy.byteLength;
      return copy;
    };
    // The widest first, so that each begins where its numbers may stand.
    return {
      first: this.first + fromRow,
      count,
      times: take(this.times, fromRow, count),
      durations: take(this.durations, fromRow, count),
      causes: take(this.causes, fromRow, count),
      flows: take(this.flows, fromRow, count),
      lengths: take(this.lengths, fromRow, count),
      names: take(this.names, fromRow, count),
      kinds: take(this.kinds, fromRow, count),
      codes: take(this.codes, fromRow, count),
      doors: take(this.doors, fromRow, count),
      stoppers: take(this.stoppers, fromRow, count),
      bytes: take(this.bytes, fromByte, this.#written - fromByte),
    };
  }

  /** Starts the next page in the same memory. */
  restart(): void {
    this.first += this.count;
    this.count = 0;
    this.#written = 0;
    this.writer.length = 0;
  }
}

type Four = [number, number, number, number];
