import type { Delivery, FunctionParcel } from "../../../core/flow/contract";
import type { StreamEntry, StreamSource } from "../../../core/flow/event-sources";
import { tupleKey } from "../../../core/store/keys";
import { DAY_MS } from "../../../core/units";
import type { StoredMapping } from "../state";
import { passes } from "./filters";
import { START } from "./position";
import { nowhere, type Runtime } from "./runtime";

const READ_AT_ONCE = 1000;

/** A record on its way by itself. */
export interface RecordParcel extends FunctionParcel {
  readonly mapping: string;
  readonly sequenceNumber: string;
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
      runtime.flow.deliver([this.delivery(mapping, source, target.arn, entry)], entry.place ?? nowhere());
    }
    if (entries.length === READ_AT_ONCE) this.poke();
  }

  private delivery(mapping: StoredMapping, source: StreamSource, target: string, entry: StreamEntry): Delivery {
    const { uuid, sourceArn, maximumRetryAttempts = -1 } = mapping;
    const payload = source.event([entry]);
    const parcel: RecordParcel = { kind: "function", payload, mapping: uuid, sequenceNumber: entry.sequenceNumber };
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
      since: entry.at,
    };
  }
}
