/** Stands for a text or bytes over the payload cap: its size in bytes, its SHA-256, and how it begins. */
export interface CutPayload {
  readonly $bytes: number;
  readonly $sha256: string;
  readonly $head: string | Uint8Array;
}

/** Why a value was not recorded. Recordings store it as a number: only ever append. */
export const OMISSIONS = ["function", "symbol", "circular", "too deep", "too large", "unreadable"] as const;
export type Omission = (typeof OMISSIONS)[number];

/** Stands for a value that was not recorded (why), or for the end of a long list (how many more there were). */
export interface Omitted {
  readonly $omitted: Omission | number;
}

/** What stands for a secret. */
export const HIDDEN = "***";

/**
 * An object's own enumerable fields are recorded. A class whose fields are getters on its prototype says here what its instances are
 * recorded as.
 */
export const WIRE_FIELDS: unique symbol = Symbol("wireFields");

/** Takes the fields of one object, in order; `undefined` is no field. */
export interface FieldSink {
  field(key: string, value: unknown): void;
}

/**
 * An object that names its recorded fields itself.
 *
 * ```ts
 * [WIRE_FIELDS](fields: FieldSink): void {
 *   fields.field("size", this.size);
 *   fields.field("etag", this.etag);
 * }
 * ```
 */
export interface WireFielded {
  [WIRE_FIELDS](fields: FieldSink): void;
}
