import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import type { Lane } from "./align";
import { noteOf, type ValueNotes } from "./notes";

/** A longer text in an input is content, and no name of anything. */
const LONGEST_NAME = 200;
const BATCH = 32;

/** Numbers for texts, the same in all lanes. */
export class Words {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The calls of one lane, each reduced to three numbers: what it is, what it is roughly, and what a portable program sees of it. */
export class CallLane implements Lane {
  readonly exact: Int32Array;
  readonly rough: Int32Array;
  readonly seen: Uint32Array;
  #read = 0;

  constructor(
    readonly recording: RecordReader,
    private readonly words: Words,
    private readonly notesOf: (service: string) => ValueNotes,
  ) {
    const { length } = recording.ordinals("call");
    this.exact = new Int32Array(length);
    this.rough = new Int32Array(length);
    this.seen = new Uint32Array(length);
  }

  /** How many calls were read so far. */
  get read(): number {
    return this.#read;
  }

  get length(): number {
    return this.exact.length;
  }

  callAt(place: number): RecordedCall {
    return this.recording.callAt(this.recording.ordinals("call").at(place));
  }

  /** Reads on for as long as `hasTime` says so; true when all are read. */
  scan(hasTime: () => boolean): boolean {
    while (this.#read < this.length && hasTime()) {
      const end = Math.min(this.length, this.#read + BATCH);
      for (; this.#read < end; this.#read++) this.#take(this.callAt(this.#read), this.#read);
    }
    return this.#read === this.length;
  }

  #take(call: RecordedCall, place: number): void {
    const notes = this.notesOf(call.service);
    const kind = `${call.service}.${call.operation} ${call.origin}`;
    this.rough[place] = this.words.numberOf(kind);
    this.exact[place] = this.words.numberOf(kind + namesIn(call.input, notes));
    this.seen[place] = seenOf(call, notes);
  }
}

/** What an input names: `bucket` and `key`, but no content, and nothing in a form of the cloud's own. */
function namesIn(input: unknown, notes: ValueNotes): string {
  if (typeof input !== "object" || input === null) return "";
  let names = "";
  for (const name of Object.keys(input)) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (noteOf(notes, name)?.form) continue;
    if (typeof value === "number") names += `\n${name}=${value}`;
    else if (typeof value === "string" && value.length <= LONGEST_NAME) names += `\n${name}=${value}`;
  }
  return names;
}

/** What a portable program is told, as a number: neither codes nor names of the cloud's own, nor moments. */
export function seenOf(call: RecordedCall, notes: ValueNotes): number {
  const mix = new Mix();
  const at = call.timestamp.getTime();
  mix.text(call.errorCode);
  mix.text(call.stoppedBy ?? "");
  addValue(mix, call.input, notes, at, false);
  if (call.error === undefined) addValue(mix, call.output, notes, at, false);
  return mix.value;
}

function addValue(mix: Mix, value: unknown, notes: ValueNotes, at: number, noted: boolean): void {
  if (typeof value === "string") return mix.text(value);
  if (typeof value === "number") return mix.number(value);
  if (typeof value !== "object" || value === null) return mix.text(String(value));
  if (value instanceof Uint8Array) return mix.bytes(value);
  // Lanes keep different time as soon as one makes a call more; how long something lasts they must agree upon.
  if (value instanceof Date) return mix.number(noted ? value.getTime() - at : 0);
  if (Array.isArray(value)) {
    mix.number(value.length);
    for (const item of value) addValue(mix, item, notes, at, noted);
    return;
  }
  for (const name of Object.keys(value)) {
    const item = (value as Readonly<Record<string, unknown>>)[name];
    const note: ValueNotes[string] | undefined = noted ? undefined : noteOf(notes, name);
    if (item === undefined || note?.form) continue;
    mix.text(name);
    addValue(mix, item, notes, at, noted || note !== undefined);
  }
  mix.number(0);
}

const bits = new DataView(new ArrayBuffer(8));

/** FNV-1a, over units of text and bytes: it meets every value of every call, and so must cost next to nothing. */
class Mix {
  #hash = 0x811c9dc5;

  /** Spread over all bits. */
  get value(): number {
    let hash = this.#hash;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  text(text: string): void {
    let hash = Math.imul(this.#hash ^ text.length, 0x01000193);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    this.#hash = Math.imul(hash ^ 1, 0x01000193);
  }

  number(number: number): void {
    bits.setFloat64(0, number);
    this.#hash = Math.imul(Math.imul(this.#hash ^ bits.getInt32(0), 0x01000193) ^ bits.getInt32(4), 0x01000193);
  }

  bytes(bytes: Uint8Array): void {
    let hash = Math.imul(this.#hash ^ bytes.length, 0x01000193);
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    this.#hash = Math.imul(hash ^ 2, 0x01000193);
  }
}
