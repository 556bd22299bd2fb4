import type { Delivery, FunctionParcel, Sender } from "../../../core/flow/contract";
import type { StreamEntry, StreamSource } from "../../../core/flow/event-sources";
import { tupleKey } from "../../../core/store/keys";
import { DAY_MS } from "../../../core/units";
import type { FailedBatch, State, StoredMapping } from "../state";
import { passes } from "./filters";
import { FAILURE_PLACES, givenUpParcel, givenUpText, type GivenUp } from "./given-up";
import { START } from "./position";
import { nowhere, type Runtime } from "./runtime";
import type { InvokeOutput } from "../types";

const READ_AT_ONCE = 1000;

/** A record that is delivered by itself, and the mapping that does so. */
export interface SingleRecord {
  readonly mapping: string;
  readonly sequenceNumber: string;
  /** In its event. */
  readonly name: string;
}

/** Such a record on its way. */
export interface RecordParcel extends FunctionParcel, SingleRecord {}

/** The type under which records are delivered each by itself; no call emits it. */
export const RECORD_TYPE = "serverless.record";

/** What is kept of a record while it is tried, for the mapping's failure place. */
interface Kept extends Pick<GivenUp, "streamArn" | "shardId" | "functionArn">, Attempted {
  readonly at: number;
}

/** What the last attempt of a record answered that failed. */
type LastFailure = Pick<FailedBatch, "requestId" | "executedVersion" | "functionError">;

type Attempted = Pick<SingleRecord, "mapping" | "sequenceNumber">;

/** Last failures by record, as long as it is tried. In memory only: an attempt of an earlier run has no request id any more. */
export class LastFailures {
  private readonly failures = new Map<string, LastFailure>();

  note({ mapping, sequenceNumber }: Attempted, output: InvokeOutput, failed: boolean): void {
    const key = tupleKey(mapping, sequenceNumber);
    const { requestId, executedVersion, functionError } = output;
    if (failed) this.failures.set(key, { requestId, executedVersion, ...(functionError && { functionError }) });
    else this.failures.delete(key);
  }

  take({ mapping, sequenceNumber }: Attempted): LastFailure {
    const key = tupleKey(mapping, sequenceNumber);
    const last = this.failures.get(key);
    this.failures.delete(key);
    return last ?? { requestId: "", executedVersion: "" };
  }
}

/** Tells failure places of records that were given up. */
export function recordSender(state: State, failures: LastFailures): Sender<never> {
  return {
    deliveries: () => [],
    // With its mapping goes what it would have tried again.
    stands: ({ via = "" }) => state.mappings.has(tupleKey(via)),
    deadLetter({ keep, attempts, reason }, kind) {
      const { mapping, sequenceNumber, at, ...about } = keep as Kept;
      const failed = {
        ...failures.take({ mapping, sequenceNumber }),
        ...{ start: sequenceNumber, end: sequenceNumber, size: 1, firstAt: at, lastAt: at },
      };
      const condition = reason === "age" ? "RecordAgeExceeded" : "RetryAttemptsExhausted";
      return givenUpParcel(kind, givenUpText(failed, { ...about, condition, tries: attempts, now: state.nowMs() }));
    },
  };
}

/** A stream whose records are delivered each by itself: one that fails is tried again while the others go on. */
export class StreamSingles {
  private after: string | undefined;
  private asked = false;
  private closed = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly uuid: string,
  ) {
    this.after = (runtime.state.positions.get(tupleKey(uuid, "0")) ?? START).after;
  }

  close(): void {
    this.closed = true;
  }

  readonly poke = (): void => {
    if (this.asked || this.closed) return;
    this.asked = true;
    this.runtime.flow.dispatch(() => {
      this.asked = false;
      this.step();
    });
  };

  private step(): void {
    const { runtime } = this;
    const mapping = this.closed ? undefined : runtime.enabled(this.uuid);
    const source = mapping && runtime.flow.source(mapping.sourceArn);
    const target = mapping && runtime.functionOf(mapping);
    if (!mapping || !target || source?.kind !== "stream") return;
    const entries = source.read(this.after, READ_AT_ONCE);
    for (const entry of entries) {
      this.after = entry.sequenceNumber;
      if (!passes(mapping.filters, () => entry.filterable)) continue;
      runtime.flow.deliver([this.delivery(mapping, source, target.arn, entry)], entry.place ?? nowhere(), RECORD_TYPE);
    }
    if (entries.length === READ_AT_ONCE) this.poke();
  }

  private delivery(mapping: StoredMapping, source: StreamSource, target: string, entry: StreamEntry): Delivery {
    const { uuid, sourceArn, onFailureArn, maximumRetryAttempts = -1 } = mapping;
    const { sequenceNumber, at } = entry;
    const payload = source.event([entry]);
    const parcel: RecordParcel = { kind: "function", payload, mapping: uuid, sequenceNumber, name: entry.name };
    const steps = this.runtime.state.dialect.recordRetryMs;
    return {
      ...{ source: sourceArn, target, via: uuid, kinds: ["function"] },
      parcel: () => parcel,
      retry: {
        steps,
        then: steps.at(-1) ?? 0,
        maxAgeMs: DAY_MS,
        ...(maximumRetryAttempts >= 0 && { maxRetries: maximumRetryAttempts }),
      },
      since: at,
      ...(onFailureArn !== undefined && {
        deadLetter: { target: onFailureArn, kinds: FAILURE_PLACES },
        keep: this.keptOf(mapping, source, target, entry),
      }),
    };
  }

  private keptOf(
    { uuid: mapping, sourceArn: streamArn }: StoredMapping,
    { shardId }: StreamSource,
    functionArn: string,
    { sequenceNumber, at }: StreamEntry,
  ): Kept {
    return { mapping, streamArn, shardId, functionArn, sequenceNumber, at };
  }
}
