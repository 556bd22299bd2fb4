import { ERROR_CODES, type ErrorCode } from "../../core/error-codes";
import { codeOf } from "../../core/error-guards";
import { DOORS, STOPPERS, type Call, type Stopper } from "../../core/service/call";
import type { CallObserver } from "../../core/service/concerns";
import type { Change } from "../../core/store/journal";
import { DEFAULT_PAYLOAD_CAP, Dictionary, WireWriter, type WordPlace } from "../../core/wire";
import { errorJson, writeCallBody, writeEntryBody } from "./call-rows";
import type { MetricSample } from "./metric-sample";
import { writeChangeBody } from "./change-rows";
import { PAGE_ROWS, PageBuilder, ROW_BYTES } from "./page-builder";
import { CONSOLE_LEVELS, type ConsoleLevel, type RecordPage } from "./record-page";
import { RecordReader } from "./record-reader";
import type { CallEntry } from "./recorded-call";
import { RowPages, type RowColumns } from "./row-pages";
import { NameGains, NameTables, type StreamNames } from "./stream-names";

/** A page is cut early when its rows take this much. */
const PAGE_BYTES = 1 << 20;
/** Longest recorded line of the console, in UTF-16 code units. */
const MAX_LINE = 32_768;
const NO_CHANGES: readonly Change[] = [];
/** In place of a signature, for records that are no calls. */
const NO_CALL = -1;

export interface RecordLogOptions {
  /** Payloads over this many bytes are cut; default 4096. */
  readonly maxPayloadBytes?: number;
  /** Records secrets as they are. */
  readonly revealSecrets?: boolean;
  /** Keeps what was recorded readable through `reader`; default false. */
  readonly retain?: boolean;
  /** Leaves out what calls changed. */
  readonly callsOnly?: boolean;
  /** Gets every page as soon as it is full or `seal` cuts it. The log may keep it too: it is to be read, or posted as a copy. */
  readonly onPage?: (page: RecordPage) => void;
}

/**
 * Records a stream: calls with what they changed, console lines, metric samples and checks, as columnar pages. Ordinals start at 1 and are the
 * records' ids.
 */
export class RecordLog implements CallObserver {
  /** Told of every call that was recorded. */
  onCall: ((ordinal: number, signature: number) => void) | undefined;
  readonly names: StreamNames;
  readonly #dictionary = new Dictionary();
  readonly #tables = new NameTables();
  readonly #gains: NameGains;
  readonly #cap: number;
  readonly #reveal: boolean;
  readonly #changes: boolean;
  readonly #onPage: ((page: RecordPage) => void) | undefined;
  readonly #retained: RowPages | undefined;
  /** Keys that change one after the other mostly begin alike. */
  readonly #firstPart: WordPlace = { text: undefined, word: 0 };
  readonly #page: PageBuilder;
  /** Rows of the page, and their bytes, that were handed out already. */
  #handedRows = 0;
  #handedBytes = 0;
  #pastBytes = 0;
  #next = 1;
  #busy = false;
  /** Rows recorded while another row was being written: a getter in an input made a call. */
  #late: { readonly page: PageBuilder; readonly signature: number }[] = [];
  #reader: RecordReader | undefined;

  constructor(options: RecordLogOptions = {}) {
    this.#cap = options.maxPayloadBytes ?? DEFAULT_PAYLOAD_CAP;
    this.#reveal = options.revealSecrets ?? false;
    this.#changes = options.callsOnly !== true;
    this.#onPage = options.onPage;
    this.#retained = options.retain === true ? new RowPages() : undefined;
    const { signatures, stores } = this.#tables;
    this.names = { signatures, stores, words: this.#dictionary.words, shapes: this.#dictionary.shapes };
    this.#gains = new NameGains(this.names);
    this.#page = this.#newPage();
  }

  /** How many records there are. */
  get size(): number {
    return this.#next - 1;
  }

  /** What the records take, names apart. */
  get byteLength(): number {
    return this.#pastBytes + this.#page.writer.length + this.size * ROW_BYTES;
  }

  /** Reads the log while it is written. Only of a log that retains. */
  get reader(): RecordReader {
    if (this.#retained === undefined) throw new Error("a RecordLog is readable when made with { retain: true }");
    return (this.#reader ??= new RecordReader(this.names, this.#retained));
  }

  observe(call: Call): void {
    this.appendCall(call);
  }

  /** Records a call and what it changed; answers its id, which it also notes on the call. */
  appendCall(call: Call): number {
    const changes = this.#changes ? call.changes : NO_CHANGES;
    const id = this.#next;
    if (call.flowId === 0) call.flowId = id;
    const signature = this.#tables.signature(call.site, call.operation);
    this.#append(1 + changes.length, signature, (page) => {
      const { startedAt, durationMs, flowId } = call;
      page.writer.secret = this.#reveal ? undefined : call.spec.secret;
      page.writer.startRow(startedAt);
      writeCallBody(page.writer, call);
      const door = DOORS.indexOf(call.door);
      const stopper = stopperNumber(call.stoppedBy);
      page.add("call", codeNumber(call.code), signature, startedAt, durationMs, call.causeId, flowId, door, stopper);
      for (const change of changes) this.#addChange(page, change, startedAt + durationMs, id, flowId);
    });
    call.recordId = id;
    return id;
  }

  /** Records a call that a program describes. */
  appendEntry(entry: CallEntry): number {
    const { provider, service, operation, input = {}, output, error, principal, durationMs = 0 } = entry;
    const id = this.#next;
    const timeMs = entry.timestamp.getTime();
    const signature = this.#tables.named(provider, provider, service, operation);
    const code = error === undefined ? "OK" : error instanceof Error ? codeOf(error) : error.code;
    const failure = error instanceof Error ? errorJson(error, code) : error;
    return this.#append(1, signature, (page) => {
      this.#startRow(page, timeMs);
      writeEntryBody(page.writer, input, output, failure, principal);
      const door = DOORS.indexOf(entry.door ?? "portable");
      const stopper = stopperNumber(entry.stoppedBy);
      page.add("call", codeNumber(code), signature, timeMs, durationMs, 0, id, door, stopper);
    });
  }

  /** Records a line of the console; a very long one is cut. */
  appendConsole(level: ConsoleLevel, text: string, timeMs: number, cause = 0): number {
    return this.#append(1, NO_CALL, (page) => {
      this.#startRow(page, timeMs);
      page.writer.writeLine(text, MAX_LINE);
      page.add("console", CONSOLE_LEVELS.indexOf(level), 0, timeMs, 0, cause, cause);
    });
  }

  /** Records a sample of a program's own metric. */
  appendMetric({ name, type, value, labels, timeMs }: MetricSample): number {
    return this.#append(1, NO_CALL, (page) => {
      this.#startRow(page, timeMs);
      page.writer.write({ name, type, value, labels });
      page.add("metric", 0, 0, timeMs, 0, 0, 0);
    });
  }

  /** Records a line of the run's report. */
  appendCheck(name: string, passed: boolean, detail: unknown, timeMs: number, cause = 0): number {
    return this.#append(1, NO_CALL, (page) => {
      this.#startRow(page, timeMs);
      page.writer.writeLine(name, MAX_LINE);
      page.writer.write(detail);
      page.add("check", passed ? 0 : 1, 0, timeMs, 0, cause, cause);
    });
  }

  /** Hands out, as one page, what was not handed out yet; nothing when there is nothing. */
  seal(): void {
    if (!this.#busy) this.#handOut();
  }

  /** Lets go of records before an ordinal: they are no longer readable. */
  forgetBefore(ordinal: number): void {
    this.#retained?.forgetBefore(ordinal);
  }

  #startRow(page: PageBuilder, timeMs: number): void {
    page.writer.secret = undefined;
    page.writer.startRow(timeMs);
  }

  #addChange(page: PageBuilder, change: Change, timeMs: number, cause: number, flow: number): void {
    page.writer.startFollower(timeMs);
    writeChangeBody(page.writer, change, this.#firstPart);
    page.add("change", 0, this.#tables.store(change.store), timeMs, 0, cause, flow);
  }

  /** Adds rows that belong together; answers the ordinal of the first. */
  #append(rows: number, signature: number, write: (page: PageBuilder) => void): number {
    const first = this.#next;
    this.#next += rows;
    if (this.#busy) {
      const late = new PageBuilder(first, new WireWriter(this.#dictionary, this.#cap), rows);
      write(late);
      this.#late.push({ page: late, signature });
      return first;
    }
    this.#busy = true;
    try {
      write(this.#page);
      if (this.#late.length > 0) this.#addLate();
    } finally {
      // Also when a program had used up the stack: what follows is still a recording.
      this.#page.abandonRow();
      this.#next = this.#page.first + this.#page.count;
      this.#busy = false;
    }
    const late = this.#late;
    if (late.length > 0) this.#late = [];
    if (signature !== NO_CALL) this.onCall?.(first, signature);
    for (const row of late) if (row.signature !== NO_CALL) this.onCall?.(row.page.first, row.signature);
    return first;
  }

  #addLate(): void {
    this.#late.sort((a, b) => a.page.first - b.page.first);
    for (const { page } of this.#late) {
      let start = 0;
      for (let row = 0; row < page.count; row++) {
        this.#page.copy(page, row, start);
        start += page.lengths[row] as number;
      }
    }
  }

  #newPage(): PageBuilder {
    const page = new PageBuilder(1, new WireWriter(this.#dictionary, this.#cap), PAGE_ROWS, () => this.#turnPage());
    this.#retained?.add(page);
    return page;
  }

  #turnPage(): void {
    const page = this.#page;
    if (page.count < PAGE_ROWS && page.writer.length < PAGE_BYTES) return;
    const whole = this.#handedRows === 0;
    if (!whole) this.#handOut();
    // Whoever gets all of a page and whoever keeps it share one copy.
    if (whole || this.#retained !== undefined) {
      const rows = page.slice(0, 0);
      if (whole) this.#give(rows);
      this.#retained?.replaceLast(rows);
    }
    this.#pastBytes += page.writer.length;
    page.restart();
    this.#retained?.add(page);
    this.#handedRows = 0;
    this.#handedBytes = 0;
  }

  #handOut(): void {
    if (this.#onPage === undefined || this.#handedRows === this.#page.count) return;
    const rows = this.#page.slice(this.#handedRows, this.#handedBytes);
    this.#handedRows = this.#page.count;
    this.#handedBytes += rows.bytes.length;
    this.#give(rows);
  }

  #give(rows: RowColumns): void {
    this.#onPage?.({ ...rows, dictionary: this.#gains.take() });
  }
}

const codeNumber = (code: ErrorCode | "OK"): number => (code === "OK" ? 0 : 1 + ERROR_CODES.indexOf(code));
const stopperNumber = (stopper: Stopper | undefined): number =>
  stopper === undefined ? 0 : 1 + STOPPERS.indexOf(stopper);
