import { jsonText } from "./json-lines";
import { Murmur128 } from "./murmur";
import type { RecordReader } from "./record-reader";

/** A call and its repeats: the same operation with the same input, each after the one before had failed in a way that may go away. */
export interface Attempts {
  /** Records of the calls, first attempt first; at least two. */
  readonly calls: readonly number[];
}

interface Open {
  readonly key: string;
  readonly calls: number[];
  endedAt: number;
}

/** Failed calls that wait for a repeat; the oldest give way. */
const MOST_OPEN = 1000;
/** Longer inputs are known by their hash. */
const LONG_KEY = 400;

/** Finds the repeats in a recording as it grows. Only failed calls are decoded, and calls of an operation that waits for a repeat. */
export class AttemptIndex {
  readonly #found: Attempts[] = [];
  readonly #byCall = new Map<number, Attempts>();
  readonly #open = new Map<string, Open[]>();
  readonly #queue = new Set<Open>();
  /** How many wait, by signature. */
  readonly #waiting: number[] = [];
  #seen = 0;

  constructor(private readonly reader: RecordReader) {}

  /** All calls that were repeated, by their first attempt's end. */
  get all(): readonly Attempts[] {
    return this.#found;
  }

  /** The attempts that a call is one of. */
  of(call: number): Attempts | undefined {
    return this.#byCall.get(call);
  }

  /** Goes on for as long as `hasTime` says so; true when the whole recording is known. */
  follow(hasTime: () => boolean): boolean {
    const calls = this.reader.ordinals("call");
    while (this.#seen < calls.length) {
      const end = Math.min(calls.length, this.#seen + 32);
      for (; this.#seen < end; this.#seen++) this.#take(calls.at(this.#seen));
      if (!hasTime()) break;
    }
    return this.#seen === calls.length;
  }

  #take(id: number): void {
    const { reader } = this;
    const signature = reader.signatureNumberAt(id);
    if (reader.errorCodeAt(id) === "OK" && (this.#waiting[signature] ?? 0) === 0) return;
    const { input, error } = reader.callAt(id);
    const key = keyOf(signature, input);
    const begin = reader.timeAt(id);
    const open = latestBefore(this.#open.get(key), begin);
    const again = error?.retryable === true;
    if (open === undefined) {
      if (again) this.#wait({ key, calls: [id], endedAt: begin + reader.durationAt(id) }, signature);
      return;
    }
    open.calls.push(id);
    open.endedAt = begin + reader.durationAt(id);
    if (open.calls.length === 2) {
      this.#found.push(open);
      this.#byCall.set(open.calls[0] as number, open);
    }
    this.#byCall.set(id, open);
    if (!again) this.#close(open, signature);
  }

  #wait(open: Open, signature: number): void {
    const others = this.#open.get(open.key);
    if (others === undefined) this.#open.set(open.key, [open]);
    else others.push(open);
    this.#queue.add(open);
    this.#waiting[signature] = (this.#waiting[signature] ?? 0) + 1;
    if (this.#queue.size <= MOST_OPEN) return;
    const [oldest] = this.#queue;
    if (oldest !== undefined) this.#close(oldest, this.reader.signatureNumberAt(oldest.calls[0] as number));
  }

  #close(open: Open, signature: number): void {
    this.#queue.delete(open);
    this.#waiting[signature] = (this.#waiting[signature] ?? 1) - 1;
    const others = (this.#open.get(open.key) ?? []).filter((it) => it !== open);
    if (others.length === 0) this.#open.delete(open.key);
    else this.#open.set(open.key, others);
  }
}

/** What had failed before a call began, and last: calls at the same time are no repeats of each other. */
function latestBefore(opens: readonly Open[] | undefined, begin: number): Open | undefined {
  let latest: Open | undefined;
  for (const open of opens ?? []) {
    if (open.endedAt <= begin && (latest === undefined || open.endedAt > latest.endedAt)) latest = open;
  }
  return latest;
}

const encoder = new TextEncoder();

function keyOf(signature: number, input: unknown): string {
  const text = jsonText(input);
  return `${signature} ${text.length > LONG_KEY ? new Murmur128().update(encoder.encode(text)).hex() : text}`;
}
