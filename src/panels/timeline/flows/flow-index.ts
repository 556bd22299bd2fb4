import type { ResourceWire } from "../../../../worker/emulator/core/service/resources";
import type { Catalogue } from "../../../../worker/protocol";
import { columnsOf, type CallColumns } from "../../../run/call-columns";
import type { RecordReader } from "../../../../worker/emulator/features/recording/record-reader";
import { SaidFailed } from "../../flow/said-failed";

/** From where to where deliveries went, by which rule. */
export interface Route {
  readonly instance: string;
  /** Of the target. */
  readonly service: string;
  readonly source: string;
  readonly target: string;
  readonly via: string | undefined;
}

/** Calls that came of one call, or of one moment of the clock. */
export interface Flow {
  /** Its first record. */
  readonly id: number;
  /** Its calls, in the order in which they were recorded. */
  readonly places: readonly number[];
}

/** What a call is in its flow: the program's own, a hop, what a service did on its own to make one (receive, settle), or the clock's. */
export type Part = "own" | "hop" | "work" | "clock";
const PARTS: readonly Part[] = ["own", "hop", "work", "clock"];

interface Growing {
  readonly id: number;
  readonly places: number[];
}

const BATCH = 64;
const MOST_ATTEMPTS = 65_535;

/** The flows of a recording, followed bit by bit as it grows. Of a row no more is read than its hop; of hops that may have failed all the same, their outputs. */
export class FlowIndex {
  readonly routes: Route[] = [];
  /** What goes along each route, once the wiring is known. */
  carries: readonly (ResourceWire["carries"] | undefined)[] = [];
  readonly columns: CallColumns;
  readonly #flows: Growing[] = [];
  readonly #byId = new Map<number, Growing>();
  readonly #routeNumbers = new Map<string, number>();
  readonly #saidFailed: SaidFailed;
  #parts = new Uint8Array(256);
  /** 1 + the place in `routes`. */
  #routeOf = new Uint32Array(256);
  #attempts = new Uint16Array(256);
  #depths = new Uint8Array(256);
  #failed = new Uint8Array(256);
  #seen = 0;

  constructor(
    readonly recording: RecordReader,
    catalogue: () => Catalogue,
  ) {
    this.columns = columnsOf(recording);
    this.#saidFailed = new SaidFailed(recording, catalogue);
  }

  /** In the order of their first calls that came of another. */
  get flows(): readonly Flow[] {
    return this.#flows;
  }

  get count(): number {
    return this.#seen;
  }

  /** The flow with a first record, if anything came of it. */
  flow(id: number): Flow | undefined {
    return this.#byId.get(id);
  }

  /** The flow that a call is part of. */
  flowOf(place: number): Flow | undefined {
    return place < 0 || place >= this.#seen ? undefined : this.#byId.get(this.recording.flowAt(this.#id(place)));
  }

  partOf(place: number): Part {
    return PARTS[this.#parts[place] as number] as Part;
  }

  /** A number, undefined for what is no hop. */
  routeOf(place: number): number | undefined {
    const route = this.#routeOf[place] as number;
    return route === 0 ? undefined : route - 1;
  }

  /** 1 for the first; 0 for what is no hop. */
  attemptOf(place: number): number {
    return this.#attempts[place] as number;
  }

  depthOf(place: number): number {
    return this.#depths[place] as number;
  }

  /** It failed, or answered that what it called did. */
  failed(place: number): boolean {
    return this.#failed[place] === 1;
  }

  /** The place of the call that it came of; -1 for none. */
  causeOf(place: number): number {
    const cause = this.columns.causes[place] as number;
    return cause === 0 ? -1 : this.columns.placeOf(cause);
  }

  /** Goes on for as long as `hasTime` says so; whether that was all. */
  follow(hasTime: () => boolean): boolean {
    const { columns } = this;
    const all = columns.follow(hasTime);
    while (this.#seen < columns.length) {
      const end = Math.min(columns.length, this.#seen + BATCH);
      while (end > this.#parts.length) this.#grow();
      for (; this.#seen < end; this.#seen++) this.#take(this.#seen);
      if (!hasTime()) break;
    }
    return all && this.#seen === columns.length;
  }

  #take(place: number): void {
    const { recording } = this;
    const id = this.#id(place);
    const door = recording.doorAt(id);
    const hop = recording.hopAt(id);
    const part: Part = hop ? "hop" : door === "delivery" ? "work" : door === "clock" ? "clock" : "own";
    this.#parts[place] = PARTS.indexOf(part);
    this.#failed[place] = this.columns.codes[place] === 0 ? 0 : 1;
    if (hop) {
      const { instance, service } = recording.signatureAt(id);
      this.#routeOf[place] = 1 + this.#routeNumber({ instance, service, via: undefined, ...hop });
      this.#attempts[place] = Math.min(hop.attempt, MOST_ATTEMPTS);
      this.#depths[place] = hop.depth;
      if (this.#saidFailed.has(id)) this.#failed[place] = 1;
    }
    this.#join(id, place, hop !== undefined);
  }

  /** Calls that nothing came of are in no flow. */
  #join(id: number, place: number, isHop: boolean): void {
    const flowId = this.recording.flowAt(id);
    let flow = this.#byId.get(flowId);
    if (flow === undefined) {
      if (flowId === id && !isHop) return;
      const first = flowId === id ? -1 : this.columns.placeOf(flowId);
      flow = { id: flowId, places: first < 0 ? [] : [first] };
      this.#byId.set(flowId, flow);
      this.#flows.push(flow);
    }
    flow.places.push(place);
  }

  #routeNumber({ instance, service, source, target, via }: Route): number {
    const key = [instance, service, source, target, via ?? ""].join("\n");
    let number = this.#routeNumbers.get(key);
    if (number === undefined) {
      number = this.routes.push({ instance, service, source, target, via }) - 1;
      this.#routeNumbers.set(key, number);
    }
    return number;
  }

  #id(place: number): number {
    return this.columns.ids[place] as number;
  }

  #grow(): void {
    const size = this.#parts.length * 2;
    const grown = <T extends { set(of: T): void }>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    this.#parts = grown(new Uint8Array(size), this.#parts);
    this.#routeOf = grown(new Uint32Array(size), this.#routeOf);
    this.#attempts = grown(new Uint16Array(size), this.#attempts);
    this.#depths = grown(new Uint8Array(size), this.#depths);
    this.#failed = grown(new Uint8Array(size), this.#failed);
  }
}

const known = new WeakMap<RecordReader, FlowIndex>();

/** The flows of a run, the same for all that show them. */
export function flowsOf(run: { readonly recording: RecordReader; readonly catalogue: Catalogue }): FlowIndex {
  let index = known.get(run.recording);
  if (index === undefined) known.set(run.recording, (index = new FlowIndex(run.recording, () => run.catalogue)));
  return index;
}
