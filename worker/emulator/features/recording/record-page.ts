/** What a record of a run's stream is. Recordings store it as a number: only ever append. */
export const RECORD_KINDS = ["call", "console", "change", "metric", "check"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/**
 * Some consecutive records of a stream, as columns that are transferred and never cloned row by row. What every row has stands in typed arrays, so
 * that filters and charts read it without decoding; the rest of a row is `lengths[i]` bytes of `bytes`, decoded when the row is on the screen.
 *
 * Columns of all pages joined are the same bytes however the stream was cut into pages: the digest is taken over them.
 */
export interface RecordPage {
  /** Ordinal of the first record; the first record of a stream is 1. */
  readonly first: number;
  readonly count: number;
  /** Index into {@link RECORD_KINDS}. */
  readonly kinds: Uint8Array;
  /** Calls: 0 for OK, else 1 + index into `ERROR_CODES`. Console: index into `CONSOLE_LEVELS`. Checks: 0 passed, 1 failed. */
  readonly codes: Uint8Array;
  /** Calls: index into `DOORS`. */
  readonly doors: Uint8Array;
  /** Calls: 0, or 1 + index into `STOPPERS`. */
  readonly stoppers: Uint8Array;
  /** Calls: index into the stream's signatures. Changes: index into its stores. Otherwise 0. */
  readonly names: Uint16Array;
  /** Virtual time, milliseconds since 1970: when a call began, when a line was printed, a value changed. */
  readonly times: Float64Array;
  /** Calls: milliseconds it took. */
  readonly durations: Float64Array;
  /** Record that caused this one: the call of a change, the producing call of a delivery; 0 for none. */
  readonly causes: Uint32Array;
  /** First record of the chain. */
  readonly flows: Uint32Array;
  /** Bytes of each row in `bytes`. */
  readonly lengths: Uint32Array;
  readonly bytes: Uint8Array;
  /** What the stream's dictionary gained since the page before, in order. */
  readonly dictionary: DictionaryPage;
}

/** Names that rows refer to by number. */
export interface DictionaryPage {
  readonly signatures: readonly CallSignature[];
  /** `instance/service/store`, for example `aws/storage/objects`. */
  readonly stores: readonly string[];
  /** Strings that occur often enough to be worth a number. */
  readonly strings: readonly string[];
  /** Key lists of objects. */
  readonly shapes: readonly (readonly string[])[];
}

/** What a call was: the same for every call of one operation on one account. */
export interface CallSignature {
  readonly provider: string;
  readonly instance: string;
  readonly service: string;
  readonly operation: string;
}

export const CONSOLE_LEVELS = ["log", "info", "warn", "error", "debug"] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];
