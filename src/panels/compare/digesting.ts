import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { Fingerprint } from "../../share/fingerprint";
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
  for (const [name, value] of Object.entries(input)) {
    if (noteOf(notes, name)?.form) continue;
    if (typeof value === "string" ? value.length <= LONGEST_NAME : typeof value === "number")
      names += `\n${name}=${value}`;
  }
  return names;
}

/** What a portable program is told, as a number: neither codes nor names of the cloud's own, nor moments. */
export function seenOf(call: RecordedCall, notes: ValueNotes): number {
  const print = new Fingerprint();
  const at = call.timestamp.getTime();
  print.add(call.errorCode);
  print.add(call.stoppedBy);
  addValue(print, call.input, notes, at);
  if (call.error === undefined) addValue(print, call.output, notes, at);
  return print.value;
}

function addValue(print: Fingerprint, value: unknown, notes: ValueNotes, at: number, noted = false): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return print.add(value);
  // Lanes keep different time as soon as one makes a call more; how long something lasts they must agree upon.
  if (value instanceof Date) return print.add(noted ? value.getTime() - at : "moment");
  if (Array.isArray(value)) {
    print.add(value.length);
    for (const item of value) addValue(print, item, notes, at, noted);
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    const note: ValueNotes[string] | undefined = noted ? undefined : noteOf(notes, name);
    if (item === undefined || note?.form) continue;
    print.add(name);
    addValue(print, item, notes, at, noted || note !== undefined);
  }
  print.add(undefined);
}
