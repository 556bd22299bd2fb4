import type { TimerId } from "../../../core/clock/clock";
import { MAX_DEPTH, type Place } from "../../../core/flow/contract";
import type { StreamEntry, StreamSource } from "../../../core/flow/event-sources";
import type { Call } from "../../../core/service/call";
import { tupleKey } from "../../../core/store/keys";
import { DAY_MS, MIB } from "../../../core/units";
import type { FailedBatch, StoredMapping, StoredPosition } from "../state";
import type { InvokeOutput } from "../types";
import { passes } from "./filters";
import { givenUp, type GiveUpCondition } from "./given-up";
import { advance, behind, comesAfter, START, type Advance, type Taken } from "./position";
import { nowhere, whenDone, type Runtime } from "./runtime";
import { verdictOf, verdictOn } from "./verdict";

/** How long a stream keeps its records, and so the longest that one can be tried. */
const KEPT_MS = DAY_MS;
const MAX_EVENT_BYTES = 6 * MIB;
const READ_AT_ONCE = 1000;
const THROTTLED_MS = 1000;

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * One lane of a stream's shard: batches one after the other, and nothing behind a batch that failed until it has passed, was given up, or is too old. Where it
 * stands is kept with each invocation, so that a restored lane goes on there.
 */
export class StreamLane {
  private position: StoredPosition;
  private busy = false;
  private asked = false;
  private closed = false;
  private timer: TimerId | undefined;
  private gatherUntil: number | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly uuid: string,
    private readonly lane: number,
    private readonly lanes: number,
  ) {
    this.position = runtime.state.positions.get(this.key) ?? START;
  }

  private get key(): string {
    return tupleKey(this.uuid, String(this.lane));
  }

  close(): void {
    this.closed = true;
    this.disarm();
  }

  readonly poke = (): void => {
    if (this.asked || this.busy || this.closed) return;
    this.asked = true;
    this.runtime.flow.dispatch(() => {
      this.asked = false;
      return this.step();
    });
  };

  private step(): unknown {
    const { runtime, position } = this;
    const mapping = this.closed || this.busy ? undefined : runtime.enabled(this.uuid);
    if (!mapping) return undefined;
    const now = runtime.state.nowMs();
    if (position.retryAt !== undefined && now < position.retryAt) return this.wakeAt(position.retryAt);
    const target = runtime.functionOf(mapping);
    const source = target && runtime.flow.source(mapping.sourceArn);
    if (!target || source?.kind !== "stream") return undefined;
    const taken = this.take(mapping, source, target.arn);
    if (!taken || !this.isFull(mapping, taken, now)) return undefined;
    const who = `${this.uuid} ${this.lane}`;
    if (!runtime.hasRoom(this.uuid, target.name, who, this.poke)) return undefined;
    return this.call(mapping, source, target.arn, taken);
  }

  /** The next batch, if there is one: past whatever is filtered out, gone, or too old. */
  private take(mapping: StoredMapping, source: StreamSource, functionArn: string): Taken | undefined {
    const now = this.runtime.state.nowMs();
    for (;;) {
      const { position } = this;
      const taken = this.read(mapping, source);
      const end = position.ends[0];
      if (!taken) {
        if (end === undefined) return undefined;
        // What was to be tried again is gone from the stream.
        if (position.failed && position.tries > 0) this.giveUp(mapping, source, functionArn, "RecordAgeExceeded");
        this.position = behind(position, end);
        continue;
      }
      const { entries } = taken;
      if (entries.length === 0) {
        this.position = behind(position, taken.through);
        continue;
      }
      const tooOld = entries.filter(({ at }) => now >= at + this.maxAgeMs(mapping));
      if (tooOld.length === 0) return taken;
      const last = tooOld[tooOld.length - 1] as StreamEntry;
      this.giveUp(mapping, source, functionArn, "RecordAgeExceeded", tooOld);
      this.position = { ...behind(position, last.sequenceNumber), ends: this.endsBehind(last.sequenceNumber) };
    }
  }

  private endsBehind(sequenceNumber: string): readonly string[] {
    return this.position.ends.filter((end) => comesAfter(end, sequenceNumber));
  }

  private maxAgeMs({ maximumRecordAgeMs = -1 }: StoredMapping): number {
    return maximumRecordAgeMs < 0 ? KEPT_MS : Math.min(maximumRecordAgeMs, KEPT_MS);
  }

  /** Records of this lane behind its position, up to the size of a batch; undefined when there is none of the whole stream. */
  private read(mapping: StoredMapping, source: StreamSource): Taken | undefined {
    const { after, ends } = this.position;
    const end = ends[0];
    const entries: StreamEntry[] = [];
    let through = after;
    let bytes = 0;
    for (;;) {
      const limit =
        this.lanes === 1 && mapping.filters.length === 0 ? mapping.batchSize - entries.length : READ_AT_ONCE;
      const read = source.read(through, limit);
      for (const entry of read) {
        if (end !== undefined && comesAfter(entry.sequenceNumber, end)) return this.taken(entries, through);
        const own = this.lanes === 1 || hashOf(entry.key) % this.lanes === this.lane;
        if (own && passes(mapping.filters, () => entry.filterable)) {
          if (entries.length > 0 && bytes + entry.size > MAX_EVENT_BYTES) return this.taken(entries, through);
          entries.push(entry);
          bytes += entry.size;
        }
        through = entry.sequenceNumber;
        if (entries.length === mapping.batchSize) return this.taken(entries, through);
      }
      if (read.length < limit) return this.taken(entries, through);
    }
  }

  private taken(entries: readonly StreamEntry[], through: string | undefined): Taken | undefined {
    return through === undefined || through === this.position.after ? undefined : { entries, through };
  }

  /** Whether a batch is to go now, or to wait for more until its window ends. */
  private isFull(mapping: StoredMapping, { entries }: Taken, now: number): boolean {
    const { ends, tries } = this.position;
    const full = entries.length >= mapping.batchSize || mapping.batchingWindowMs === 0 || ends.length > 0 || tries > 0;
    this.gatherUntil = full ? undefined : (this.gatherUntil ?? now + mapping.batchingWindowMs);
    if (this.gatherUntil === undefined) return true;
    if (now < this.gatherUntil) {
      this.wakeAt(this.gatherUntil);
      return false;
    }
    this.gatherUntil = undefined;
    return true;
  }

  private call(mapping: StoredMapping, source: StreamSource, functionArn: string, taken: Taken): unknown {
    const { runtime } = this;
    const place = taken.entries[0]?.place ?? nowhere();
    this.busy = true;
    this.disarm();
    const identifiers = (): string[] => taken.entries.flatMap((entry) => [entry.sequenceNumber, entry.name]);
    if (place.depth >= MAX_DEPTH) {
      this.busy = false;
      this.position = behind(this.position, taken.through);
      return this.poke();
    }
    let came: Advance | undefined;
    const finished = (output: InvokeOutput): void => {
      const verdict = verdictOn(output, mapping.reportBatchItemFailures, identifiers);
      came = advance(this.position, taken, verdict, output, mapping, runtime.state.nowMs());
      if (!this.closed) runtime.state.positions.set(this.key, this.stored(came, taken.through));
    };
    const event = source.event(taken.entries);
    const attempt = this.position.tries + 1;
    const call = runtime.invoke(mapping, functionArn, event, attempt, place, { finished });
    return whenDone(call, (done) => this.settle(mapping, source, functionArn, taken, done, came));
  }

  private stored({ position, givenUp }: Advance, through: string): StoredPosition {
    return givenUp ? behind(position, through) : position;
  }

  private settle(
    mapping: StoredMapping,
    source: StreamSource,
    functionArn: string,
    taken: Taken,
    call: Call,
    came: Advance | undefined,
  ): void {
    const { runtime } = this;
    const now = runtime.state.nowMs();
    this.busy = false;
    if (call.code === "Throttled") {
      // Somebody says there is no room who does not tell when there is.
      this.position = { ...this.position, retryAt: now + THROTTLED_MS };
    } else {
      const verdict = verdictOf(call, false, () => []);
      const next = came ?? advance(this.position, taken, verdict, undefined, mapping, now);
      this.position = next.position;
      if (next.givenUp) {
        this.giveUp(mapping, source, functionArn, "RetryAttemptsExhausted", undefined, runtime.flow.placeOf(call));
        this.position = this.stored(next, taken.through);
      }
    }
    this.waitForRetry(mapping);
    this.poke();
  }

  /** Until the retry, or until the batch is too old for it. */
  private waitForRetry(mapping: StoredMapping): void {
    const { retryAt, failed } = this.position;
    if (retryAt === undefined || !failed) return;
    const tooOldAt = failed.lastAt + this.maxAgeMs(mapping);
    if (tooOldAt < retryAt) this.position = { ...this.position, retryAt: tooOldAt };
  }

  /** Tells the failure place of records that will not be tried again. */
  private giveUp(
    mapping: StoredMapping,
    { shardId }: StreamSource,
    functionArn: string,
    condition: GiveUpCondition,
    entries?: readonly StreamEntry[],
    place: Place = nowhere(),
  ): void {
    const { runtime } = this;
    const { failed, tries } = this.position;
    const batch = entries ? batchOf(entries, failed) : failed;
    if (!batch) return;
    const now = runtime.state.nowMs();
    const delivery = givenUp(mapping, batch, { condition, tries, shardId, functionArn, now });
    if (delivery) runtime.flow.deliver([delivery], place);
  }

  private wakeAt(moment: number): void {
    const { clock } = this.runtime.state.context;
    this.disarm();
    const options = { label: "serverless.stream", background: true };
    this.timer = clock.setTimer(Math.max(0, moment - clock.nowMs()), this.poke, options);
  }

  private disarm(): void {
    if (this.timer !== undefined) this.runtime.state.context.clock.clearTimer(this.timer);
    this.timer = undefined;
  }
}

function batchOf(entries: readonly StreamEntry[], failed: FailedBatch | undefined): FailedBatch {
  const [first, last] = [entries[0] as StreamEntry, entries[entries.length - 1] as StreamEntry];
  return {
    requestId: "",
    executedVersion: "",
    ...failed,
    ...{ start: first.sequenceNumber, end: last.sequenceNumber, size: entries.length },
    ...{ firstAt: first.at, lastAt: last.at },
  };
}
