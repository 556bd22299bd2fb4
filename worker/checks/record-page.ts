import { RECORD_KINDS } from "../emulator/features/recording/record-page";
import type { CallSignature, DictionaryPage, RecordPage } from "../emulator/features/recording/record-page";
import { list, shape, text, whole } from "./shape";
import type { Check } from "./shape";

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Names are numbered in 16 bits, so no page can use more. */
const maxNames = 65_536;
const anyText = text(0x3fff_ffff);

/** A column on memory that is transferred: shared memory could change after it was checked, a resizable buffer shrink. */
const column =
  <T extends TypedArray>(type: { new (length: number): T }): Check<T> =>
  (value): value is T =>
    value instanceof type &&
    value.buffer instanceof ArrayBuffer &&
    !("resizable" in value.buffer && value.buffer.resizable === true);

const bytes = column(Uint8Array);
const numbers16 = column(Uint16Array);
const numbers32 = column(Uint32Array);
const floats = column(Float64Array);

const isSignature = shape<CallSignature>({
  provider: anyText,
  instance: anyText,
  service: anyText,
  operation: anyText,
});

const isDictionary = shape<DictionaryPage>({
  signatures: list(isSignature, maxNames),
  stores: list(anyText, maxNames),
  strings: list(anyText, maxNames),
  shapes: list(list(anyText, maxNames), maxNames),
});

const hasColumns = shape<RecordPage>({
  first: whole,
  count: whole,
  kinds: bytes,
  codes: bytes,
  doors: bytes,
  stoppers: bytes,
  names: numbers16,
  times: floats,
  durations: floats,
  causes: numbers32,
  flows: numbers32,
  lengths: numbers32,
  bytes,
  dictionary: isDictionary,
});

/** A page with at least one record whose columns agree in length, and whose rows lie within its bytes. */
export const isRecordPage: Check<RecordPage> = (value): value is RecordPage => {
  if (!hasColumns(value) || value.count < 1 || value.first < 1) return false;
  const { kinds, codes, doors, stoppers, names, times, durations, causes, flows, lengths } = value;
  const columns: readonly TypedArray[] = [
    kinds,
    codes,
    doors,
    stoppers,
    names,
    times,
    durations,
    causes,
    flows,
    lengths,
  ];
  if (columns.some((it) => it.length !== value.count)) return false;
  // One plain pass: this is done for every page, in the gate and again on the page's own thread, and callbacks make it ten times slower.
  let size = 0;
  for (let row = 0; row < value.count; row++) {
    if ((kinds[row] as number) >= RECORD_KINDS.length) return false;
    if (!Number.isFinite(times[row]) || !Number.isFinite(durations[row])) return false;
    size += lengths[row] as number;
  }
  return size === value.bytes.length;
};

/** The memory behind a page, each buffer once: what a transfer moves and what it weighs. */
export function pageBuffers(page: RecordPage): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(page)) {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  }
  return [...buffers];
}

/** Bytes of a page as far as they can be counted without encoding it: its buffers, and the names it brings. */
export function pageSize(page: RecordPage): number {
  const { signatures, stores, strings, shapes } = page.dictionary;
  const named = signatures.map((it) => [it.provider, it.instance, it.service, it.operation]);
  let size = pageBuffers(page).reduce((sum, buffer) => sum + buffer.byteLength, 0);
  for (const names of [stores, strings, ...shapes, ...named]) for (const name of names) size += 2 * name.length;
  return size;
}
