import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";

export interface CallQuery {
  /** Found in the operation, the codes, or anything the call was given. */
  readonly text: string;
  /** `""` for all. */
  readonly operation: string;
  readonly provider: string;
  readonly errorsOnly: boolean;
}

export const NO_QUERY: CallQuery = { text: "", operation: "", provider: "", errorsOnly: false };

const BATCH = 64;

/**
 * The calls of a recording that a query leaves, found bit by bit: what columns say is decided without decoding, and only a text that is in no
 * name makes rows be read.
 */
export class CallFilter {
  readonly #found: number[] = [];
  #scanned = 0;
  readonly #needle: string;
  readonly #everything: boolean;
  /** By signature: left out, taken, or up to what the row says. */
  readonly #bySignature: ("out" | "in" | "read")[] = [];

  constructor(
    private readonly recording: RecordReader,
    private readonly query: CallQuery,
  ) {
    this.#needle = query.text.trim().toLowerCase();
    this.#everything = this.#needle === "" && !query.errorsOnly && query.operation === "" && query.provider === "";
  }

  /** How many were found so far. */
  get length(): number {
    return this.#everything ? this.recording.ordinals("call").length : this.#found.length;
  }

  get done(): boolean {
    return this.#everything || this.#scanned === this.recording.ordinals("call").length;
  }

  at(index: number): number {
    return this.#everything ? this.recording.ordinals("call").at(index) : (this.#found[index] ?? 0);
  }

  /** Where a call is among those found; -1 when it is not. */
  indexOf(call: number): number {
    if (this.#everything) {
      const calls = this.recording.ordinals("call");
      const place = calls.rank(call);
      return calls.at(place) === call ? place : -1;
    }
    return this.#found.indexOf(call);
  }

  /** Goes on for as long as `hasTime` says so. */
  scan(hasTime: () => boolean): void {
    if (this.#everything) return;
    const calls = this.recording.ordinals("call");
    while (this.#scanned < calls.length) {
      const end = Math.min(calls.length, this.#scanned + BATCH);
      for (; this.#scanned < end; this.#scanned++) {
        const id = calls.at(this.#scanned);
        if (this.#matches(id)) this.#found.push(id);
      }
      if (!hasTime()) return;
    }
  }

  #matches(id: number): boolean {
    const { recording } = this;
    if (this.query.errorsOnly && recording.errorCodeAt(id) === "OK") return false;
    const number = recording.signatureNumberAt(id);
    const verdict = (this.#bySignature[number] ??= this.#judge(number));
    if (verdict !== "read") return verdict === "in";
    return (
      recording.errorCodeAt(id).toLowerCase().includes(this.#needle) || mentions(recording.callAt(id), this.#needle)
    );
  }

  #judge(signature: number): "out" | "in" | "read" {
    const { query } = this;
    const { provider, instance, service, operation } = this.recording.names.signatures[signature] ?? UNKNOWN;
    if (query.provider !== "" && query.provider !== instance) return "out";
    if (query.operation !== "" && query.operation !== `${service}.${operation}`) return "out";
    return `${provider} ${service}.${operation}`.toLowerCase().includes(this.#needle) ? "in" : "read";
  }
}

const UNKNOWN = { provider: "", instance: "", service: "", operation: "" };

function mentions(call: RecordedCall, needle: string): boolean {
  const { error } = call;
  if (error?.nativeCode?.toLowerCase().includes(needle) || error?.message.toLowerCase().includes(needle)) return true;
  return valueMentions(call.input, needle);
}

function valueMentions(value: unknown, needle: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(needle);
  if (typeof value === "number") return String(value).includes(needle);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
  return Object.values(value).some((item) => valueMentions(item, needle));
}
