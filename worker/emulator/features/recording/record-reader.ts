import type { CloudName, ErrorCode } from "../../core/error-codes";
import { ERROR_CODES } from "../../core/error-codes";
import type { Hop } from "../../core/flow/contract";
import { DOORS, STOPPERS, type Door, type Stopper } from "../../core/service/call";
// Not through the folder's index: the page reads, and would load the writer with it.
import { WireReader } from "../../core/wire/wire-reader";
import { readCallBody, readCallHop } from "./call-rows";
import { readChangeKey } from "./change-rows";
import { KindIndex } from "./kind-index";
import type { MetricSample } from "./metric-sample";
import { CONSOLE_LEVELS, RECORD_KINDS } from "./record-page";
import type { CallSignature, ConsoleLevel, RecordKind, RecordPage } from "./record-page";
import type { RecordedCall } from "./recorded-call";
import { RowPages, type PageRows } from "./row-pages";
import type { StreamNames } from "./stream-names";

/** A line of the console. */
export interface ConsoleRecord {
  readonly id: number;
  readonly level: ConsoleLevel;
  readonly text: string;
  readonly timeMs: number;
  /** The call in which it was printed; 0 for none. */
  readonly causeId: number;
}

/** What became of one key of one store. */
export interface ChangeRecord {
  readonly id: number;
  /** `instance/service/store`. */
  readonly store: string;
  readonly key: string;
  /** Absent when the key was removed. */
  readonly after?: unknown;
  readonly timeMs: number;
  /** The call that made the change. */
  readonly causeId: number;
}

/** A line of the run's report. */
export interface CheckRecord {
  readonly id: number;
  readonly name: string;
  readonly passed: boolean;
  readonly detail: unknown;
  readonly timeMs: number;
}

/**
 * Reads a stream of pages as they arrive. Nothing is decoded before it is asked for: columns and indexes serve lists and filters, a row's own bytes are
 * read when it is shown.
 *
 * ```ts
 * const reader = new RecordReader();
 * reader.addPage(page);
 * const calls = reader.ordinals("call");
 * console.log(calls.length, reader.callAt(calls.at(calls.length - 1)));
 * ```
 */
export class RecordReader {
  readonly names: StreamNames;
  readonly rows: RowPages;
  readonly #own: OwnNames | undefined;
  readonly #wire: WireReader;
  readonly #kinds: KindIndex;

  /** Without arguments: a reader that is given pages. A log that can be read while it is written passes its own. */
  constructor(names?: StreamNames, rows = new RowPages()) {
    this.#own = names === undefined ? { signatures: [], stores: [], words: [], shapes: [] } : undefined;
    this.names = names ?? (this.#own as StreamNames);
    this.rows = rows;
    this.#wire = new WireReader(this.names);
    this.#kinds = new KindIndex(rows);
  }

  /** Takes the next page in. */
  addPage(page: RecordPage): void {
    const own = this.#own;
    if (own === undefined) throw new Error("this reader reads a log, not pages");
    if (page.first !== this.size + 1) throw new Error(`expected record ${this.size + 1}, not ${page.first}`);
    const { signatures, stores, strings, shapes } = page.dictionary;
    for (const signature of signatures) own.signatures.push(signature);
    for (const store of stores) own.stores.push(store);
    for (const word of strings) own.words.push(word);
    for (const shape of shapes) own.shapes.push(shape);
    this.rows.add(page);
  }

  /** How many records there are. */
  get size(): number {
    return this.rows.last;
  }

  /** Ordinals of all records of a kind, in order. */
  ordinals(kind: RecordKind): Ordinals {
    return this.#kinds.of(kind);
  }

  kindAt(id: number): RecordKind {
    return RECORD_KINDS[this.#number(id, "kinds")] as RecordKind;
  }

  /** Milliseconds since 1970: when a call began, anything else happened. */
  timeAt(id: number): number {
    return this.#number(id, "times");
  }

  durationAt(id: number): number {
    return this.#number(id, "durations");
  }

  /** Of a call. */
  errorCodeAt(id: number): ErrorCode | "OK" {
    return codeOfNumber(this.#number(id, "codes"));
  }

  /** Of a call. */
  signatureAt(id: number): CallSignature {
    return this.names.signatures[this.signatureNumberAt(id)] as CallSignature;
  }

  /** Index into `names.signatures`, of a call: filters decide once a signature, not once a call. */
  signatureNumberAt(id: number): number {
    return this.#number(id, "names");
  }

  /** Of a call. */
  doorAt(id: number): Door {
    return DOORS[this.#number(id, "doors")] as Door;
  }

  /** Of a call: what ended it before, or instead of, its driver. */
  stopperAt(id: number): Stopper | undefined {
    return STOPPERS[this.#number(id, "stoppers") - 1];
  }

  /** Of a check. */
  passedAt(id: number): boolean {
    return this.#number(id, "codes") === 0;
  }

  /** The record that caused this one; 0 for none. */
  causeAt(id: number): number {
    return this.#number(id, "causes");
  }

  /** The first record of the chain that this one belongs to. */
  flowAt(id: number): number {
    return this.#number(id, "flows");
  }

  /** Of a call that delivers something: from where to where. Its input is not read. */
  hopAt(id: number): Hop | undefined {
    if (DOORS[this.#number(id, "doors")] !== "delivery") return undefined;
    const found = this.rows.find(id);
    return readCallHop(this.#open(found, id - found.page.first));
  }

  callAt(id: number): RecordedCall {
    const found = this.rows.find(id);
    const { page } = found;
    const row = id - page.first;
    const { input, output, error, principal, hop } = readCallBody(this.#open(found, row));
    const { provider, service, operation } = this.names.signatures[page.names[row] as number] as CallSignature;
    const door = DOORS[page.doors[row] as number] as Door;
    const stopper = STOPPERS[(page.stoppers[row] as number) - 1];
    const cause = page.causes[row] as number;
    return {
      id,
      provider: provider as CloudName,
      service,
      operation,
      input,
      ...(output !== undefined && { output }),
      ...(error !== undefined && { error }),
      errorCode: codeOfNumber(page.codes[row] as number),
      timestamp: new Date(page.times[row] as number),
      durationMs: page.durations[row] as number,
      ...(stopper !== undefined && { stoppedBy: stopper }),
      origin: door === "delivery" || door === "clock" ? door : "client",
      door,
      ...(principal !== undefined && { principal }),
      ...(cause > 0 && { causeId: cause }),
      flowId: page.flows[row] as number,
      ...(hop && { hop }),
    };
  }

  consoleAt(id: number): ConsoleRecord {
    const { page, row, wire } = this.#row(id);
    const level = CONSOLE_LEVELS[page.codes[row] as number] as ConsoleLevel;
    return { id, level, text: wire.text(), timeMs: page.times[row] as number, causeId: page.causes[row] as number };
  }

  changeAt(id: number): ChangeRecord {
    const found = this.rows.find(id);
    const { page } = found;
    const row = id - page.first;
    const wire = this.#openChange(found, row);
    const store = this.names.stores[page.names[row] as number] as string;
    const timeMs = page.times[row] as number;
    const causeId = page.causes[row] as number;
    const key = readChangeKey(wire);
    return { id, store, key, ...(!wire.atEnd && { after: wire.value() }), timeMs, causeId };
  }

  metricAt(id: number): MetricSample {
    const { page, row, wire } = this.#row(id);
    return { ...(wire.value() as Omit<MetricSample, "timeMs">), timeMs: page.times[row] as number };
  }

  checkAt(id: number): CheckRecord {
    const { page, row, wire } = this.#row(id);
    const name = wire.text();
    return { id, name, passed: page.codes[row] === 0, detail: wire.value(), timeMs: page.times[row] as number };
  }

  /** Ordinals of what a call changed, in order. */
  changesOf(call: number): number[] {
    const ids: number[] = [];
    for (let id = call + 1; id <= this.size && this.kindAt(id) === "change" && this.causeAt(id) === call; id++)
      ids.push(id);
    return ids;
  }

  /** The key of a change, without what stands under it. */
  changeKeyAt(id: number): string {
    const found = this.rows.find(id);
    return readChangeKey(this.#openChange(found, id - found.page.first));
  }

  /** The key of a change and whether it was removed, without what stands under it. */
  changedKeyAt(id: number): { readonly key: string; readonly removed: boolean } {
    const found = this.rows.find(id);
    const wire = this.#openChange(found, id - found.page.first);
    return { key: readChangeKey(wire), removed: wire.atEnd };
  }

  #number(
    id: number,
    column: "kinds" | "codes" | "doors" | "stoppers" | "names" | "times" | "durations" | "causes" | "flows",
  ): number {
    const { page } = this.rows.find(id);
    return page[column][id - page.first] as number;
  }

  #row(id: number): { page: PageRows["page"]; row: number; wire: WireReader } {
    const found = this.rows.find(id);
    const row = id - found.page.first;
    return { page: found.page, row, wire: this.#open(found, row) };
  }

  #open(found: PageRows, row: number): WireReader {
    const { page } = found;
    return this.#wire.openRow(page.bytes, found.endOf(row - 1), found.endOf(row), page.times[row] as number);
  }

  /** A change may refer to texts and payloads of its call, which may stand on the page before. */
  #openChange(found: PageRows, row: number): WireReader {
    const { page } = found;
    const call = page.causes[row] as number;
    const of = this.rows.find(call);
    this.#open(of, call - of.page.first);
    return this.#wire.openFollower(page.bytes, found.endOf(row - 1), found.endOf(row), page.times[row] as number);
  }
}

/** An ordered list of ordinals that grows with its stream. */
export interface Ordinals {
  readonly length: number;
  at(index: number): number;
  /** How many are smaller than an ordinal. */
  rank(ordinal: number): number;
}

interface OwnNames extends StreamNames {
  readonly signatures: CallSignature[];
  readonly stores: string[];
  readonly words: string[];
  readonly shapes: (readonly string[])[];
}

const codeOfNumber = (code: number): ErrorCode | "OK" => (code === 0 ? "OK" : (ERROR_CODES[code - 1] ?? "Internal"));
