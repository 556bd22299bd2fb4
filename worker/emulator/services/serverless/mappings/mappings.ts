import type { Call } from "../../../core/service/call";
import { tupleKey } from "../../../core/store/keys";
import type { Concurrency } from "../concurrency";
import { readReference } from "../names";
import type { State, StoredMapping } from "../state";
import type { InvokeOutput, MappingInfo } from "../types";
import type { Flow } from "../../../core/flow/contract";
import { infoOf } from "./info";
import { comesAfter, START } from "./position";
import { QueueLine } from "./queue-line";
import { QueuePoller } from "./queue-poller";
import { Runtime } from "./runtime";
import { StreamLane } from "./stream-lane";
import { LastFailures, StreamSingles, type SingleRecord } from "./stream-singles";
import { verdictOn } from "./verdict";

/** A mapping at work: how it is woken, and how it stops. */
interface Worker {
  /** What cannot change while it works: the lanes of a stream. */
  readonly lanes: number;
  poke(): void;
  close(): void;
}

/** The mappings that are at work. None of it is state: it follows from which mappings are stored as enabled. */
export class Mappings {
  private readonly runtime: Runtime;
  private readonly workers = new Map<string, Worker>();
  private readonly lines = new Map<string, QueueLine>();
  readonly failures = new LastFailures();

  constructor(
    private readonly state: State,
    private readonly flow: Flow,
    concurrency: Concurrency,
  ) {
    this.runtime = new Runtime(state, flow, concurrency);
  }

  infoOf(mapping: StoredMapping): MappingInfo {
    return infoOf(this.state, this.flow, mapping, this.runtime.problems.get(mapping.uuid));
  }

  /** Lets a mapping work as it is stored, from now on; what it has begun it ends as before. */
  refresh(mapping: StoredMapping): void {
    const { uuid, parallelizationFactor = 1 } = mapping;
    const old = this.workers.get(uuid);
    if (old?.lanes === parallelizationFactor) return old.poke();
    this.stop(uuid);
    if (mapping.state !== "Enabled") return;
    const worker = mapping.kind === "queue" ? this.queueWorker(mapping) : this.streamWorker(mapping);
    this.workers.set(uuid, worker);
    worker.poke();
  }

  stop(uuid: string): void {
    this.workers.get(uuid)?.close();
    this.workers.delete(uuid);
    this.runtime.problems.delete(uuid);
  }

  /** A function came or went: its mappings look again. */
  functionChanged(_call: Call, name: string): void {
    for (const [uuid, worker] of this.workers) {
      const { functionName } = this.state.mapping(uuid);
      if (readReference(this.state, functionName).name === name) worker.poke();
    }
  }

  /** After the stores were restored. */
  resume(): void {
    for (const uuid of [...this.workers.keys()]) this.stop(uuid);
    for (const [, uuid] of this.state.mappingOrder.range()) this.refresh(this.state.mapping(uuid));
  }

  /** Notes, within the call that ran it, what came of a record that was delivered by itself. */
  recordFinished(record: SingleRecord, output: InvokeOutput): void {
    const { mapping: uuid, sequenceNumber } = record;
    this.runtime.tell(uuid, output);
    const key = tupleKey(uuid, "0");
    const { after } = this.state.positions.get(key) ?? START;
    const mapping = this.state.mappings.get(tupleKey(uuid));
    if (!mapping) return;
    if (mapping.onFailureArn !== undefined)
      this.failures.note(record, output, output.functionError !== undefined || this.listed(record, output));
    if (after === undefined || comesAfter(sequenceNumber, after))
      this.state.positions.set(key, { ...START, after: sequenceNumber });
  }

  /** Whether the function says of such a record that it failed, and is asked to. */
  listed({ mapping: uuid, sequenceNumber, name }: SingleRecord, output: InvokeOutput): boolean {
    const reports = this.state.mappings.get(tupleKey(uuid))?.reportBatchItemFailures === true;
    return verdictOn(output, reports, () => [sequenceNumber, name]) !== "none";
  }

  private queueWorker({ uuid, sequence, sourceArn }: StoredMapping): Worker {
    let line = this.lines.get(sourceArn);
    if (!line) this.lines.set(sourceArn, (line = new QueueLine(this.runtime, sourceArn)));
    const own = line;
    const poller = new QueuePoller(this.runtime, own, uuid, sequence);
    own.add(poller);
    return {
      lanes: 1,
      poke: own.poke,
      close: () => {
        poller.close();
        if (own.remove(poller)) return;
        own.close();
        this.lines.delete(sourceArn);
      },
    };
  }

  private streamWorker({ uuid, sourceArn, parallelizationFactor = 1 }: StoredMapping): Worker {
    const parts = this.state.dialect.deliversRecordsSingly
      ? [new StreamSingles(this.runtime, uuid)]
      : Array.from(
          { length: parallelizationFactor },
          (_, lane) => new StreamLane(this.runtime, uuid, lane, parallelizationFactor),
        );
    const poke = (): void => {
      for (const part of parts) part.poke();
    };
    const unwatch = this.flow.watch(sourceArn, poke);
    return {
      lanes: parallelizationFactor,
      poke,
      close: () => {
        unwatch();
        for (const part of parts) part.close();
      },
    };
  }
}
