import type { Call } from "../../core/service/call";
import { ascending, tupleKey } from "../../core/store/keys";
import { UPPER_HEX } from "../../core/ids";
import { keyAttributes } from "./keys";
import { refuse } from "./reasons";
import type { State, StoredItem, StoredRecord, StoredStream, StoredTable, StreamPosition } from "./state";
import type { StreamViewType } from "./types";
import { equal, measure } from "./values";

const NOWHERE: StreamPosition = { last: 0, trimmed: 0, count: 0 };
const SALT_DIGITS = 16;
const ID_DIGITS = 32;
const SEQUENCE_DIGITS = 20;

export const streamKey = ({ table, label }: Pick<StoredStream, "table" | "label">): string => tupleKey(table, label);
/** Under which name the flow remembers the call that made a record. */
export const recordPlace = (arn: string, seq: number): string => `${arn}#${seq}`;

/** The number of a record as programs see it: 21 digits, as DynamoDB's; they sort as numbers and as texts. */
export const sequenceNumber = (seq: number): string => `1${String(seq).padStart(SEQUENCE_DIGITS, "0")}`;
export const seqOf = (sequence: string): number => Number(sequence.slice(1));

/** A stream found, and where its records are. */
export interface OpenStream {
  readonly stream: StoredStream;
  /** In `streams` and `positions`, and what its records' keys begin with. */
  readonly key: string;
}

const showsNew = (view: StreamViewType): boolean => view === "NEW_IMAGE" || view === "NEW_AND_OLD_IMAGES";
const showsOld = (view: StreamViewType): boolean => view === "OLD_IMAGE" || view === "NEW_AND_OLD_IMAGES";

/** The change streams of tables. Records are trimmed by the next record, and out of reach as soon as they are old. */
export class Streams {
  constructor(private readonly state: State) {}

  /** The stream of this name; one that is off is gone with its last record. */
  find(arn: string): OpenStream | undefined {
    const key = this.state.streamArns.get(arn);
    const stream = key === undefined ? undefined : this.state.streams.get(key);
    if (key === undefined || stream === undefined || this.isGone(stream)) return undefined;
    return { stream, key };
  }

  /** The stream of a table that is on, or was last. */
  of(table: StoredTable): OpenStream | undefined {
    return table.stream && this.find(table.stream.arn);
  }

  position(key: string): StreamPosition {
    return this.state.positions.get(key) ?? NOWHERE;
  }

  /** The last record that is out of reach now. */
  trimmed(key: string): number {
    let { trimmed } = this.position(key);
    for (const [, { seq, at }] of this.state.records.range({ prefix: key })) {
      if (!this.isOld(at)) break;
      trimmed = seq;
    }
    return trimmed;
  }

  /** Records behind a number, in order. */
  *after(key: string, seq: number): Generator<StoredRecord> {
    for (const [, record] of this.state.records.range({ prefix: key, after: key + tupleKey(ascending(seq)) }))
      if (!this.isOld(record.at)) yield record;
  }

  /** Enters a change into the stream of its table, unless it changed nothing. */
  record(
    call: Call,
    table: StoredTable,
    at: string,
    old: StoredItem | undefined,
    stored: StoredItem | undefined,
    expired: boolean,
  ): void {
    const { state } = this;
    const open = this.of(table);
    const item = (stored ?? old)?.item;
    if (open === undefined || item === undefined || (old && stored && equal(old.item, stored.item))) return;
    const { stream, key } = open;
    const latestOnly = state.dialect.latestViews.includes(stream.viewType);
    const { last, trimmed, count } = this.position(key);
    const dropped = latestOnly ? this.dropEarlier(key, at) : 0;
    if (latestOnly && stored === undefined) {
      state.positions.set(key, { last, trimmed, count: count - dropped });
      return;
    }
    const seq = last + 1;
    const keys = keyAttributes(table, item);
    const images = {
      ...(stored && showsNew(stream.viewType) && { newItem: stored }),
      ...(old && showsOld(stream.viewType) && { oldItem: old }),
    };
    const size = measure(keys, state.dialect) + (images.newItem?.size ?? 0) + (images.oldItem?.size ?? 0);
    const record: StoredRecord = {
      ...{ seq, id: stream.salt + seq.toString(16).padStart(ID_DIGITS - SALT_DIGITS, "0") },
      type: stored === undefined ? "REMOVE" : old === undefined ? "INSERT" : "MODIFY",
      ...{ keys, ...images, at: state.nowMs(), size, itemKey: at },
      ...(expired && { expired: true }),
    };
    state.records.set(key + tupleKey(ascending(seq)), record);
    if (latestOnly) state.latest.set(key + at, seq);
    state.positions.set(key, this.trim(key, latestOnly, { last: seq, trimmed, count: count - dropped + 1 }));
    const { flow } = state.context;
    flow.remember(recordPlace(stream.arn, seq), call);
    flow.wake(stream.arn);
  }

  enable(table: StoredTable, viewType: StreamViewType): NonNullable<StoredTable["stream"]> {
    const { state } = this;
    this.forgetOld(table.name);
    let at = state.nowMs();
    const arnAt = (): string => state.dialect.streamArn(table.arn, labelOf(at));
    // Two streams of one instant have names of their own all the same.
    while (state.streamArns.has(arnAt())) at++;
    const salt = state.context.ids.of(UPPER_HEX, SALT_DIGITS).toLowerCase();
    const stream: StoredStream = {
      arn: arnAt(),
      table: table.name,
      label: labelOf(at),
      viewType,
      status: "ENABLED",
      salt,
    };
    state.streams.set(streamKey(stream), stream);
    state.streamArns.set(stream.arn, streamKey(stream));
    return { arn: stream.arn, enabled: true, viewType };
  }

  disable(table: StoredTable): void {
    const open = this.of(table);
    if (open === undefined || open.stream.status === "DISABLED") return;
    this.state.streams.set(open.key, { ...open.stream, status: "DISABLED", disabledAt: this.state.nowMs() });
    this.state.context.flow.wake(open.stream.arn);
  }

  /** The stream that a call asks for, or the refusal. */
  open(table: string, arn: string | undefined): OpenStream {
    if (arn !== undefined) {
      const found = this.find(arn);
      return found?.stream.table === table ? found : refuse("noSuchStream", { streamArn: arn, resource: arn });
    }
    return this.of(this.state.table(table)) ?? refuse("streamOff", { table, resource: table });
  }

  /** Drops the streams of a table that nobody can read any more. */
  forgetOld(table: string): void {
    const { streams, streamArns, positions, records, latest } = this.state;
    for (const [key, stream] of streams.range({ prefix: tupleKey(table) })) {
      if (!this.isGone(stream)) continue;
      for (const [record] of records.range({ prefix: key })) records.delete(record);
      for (const [entry] of latest.range({ prefix: key })) latest.delete(entry);
      positions.delete(key);
      streamArns.delete(stream.arn);
      streams.delete(key);
    }
  }

  isOld(at: number): boolean {
    return this.state.nowMs() >= at + this.state.dialect.streamKeepMs;
  }

  private isGone({ status, disabledAt }: StoredStream): boolean {
    return status === "DISABLED" && disabledAt !== undefined && this.isOld(disabledAt);
  }

  /** Removes an item's record where only the latest is kept; how many there were. */
  private dropEarlier(key: string, at: string): number {
    const seq = this.state.latest.get(key + at);
    this.state.latest.delete(key + at);
    return seq !== undefined && this.state.records.delete(key + tupleKey(ascending(seq))) ? 1 : 0;
  }

  private trim(key: string, latestOnly: boolean, position: StreamPosition): StreamPosition {
    const { records, dialect, latest } = this.state;
    let { trimmed, count } = position;
    for (;;) {
      const [first, record] = records.first({ prefix: key }) ?? [];
      if (first === undefined || record === undefined) break;
      if (count <= dialect.maxStreamRecords && !this.isOld(record.at)) break;
      records.delete(first);
      if (latestOnly) latest.delete(key + record.itemKey);
      trimmed = record.seq;
      count--;
    }
    return { last: position.last, trimmed, count };
  }
}

/** `2026-04-01T00:00:00.000`. */
const labelOf = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
