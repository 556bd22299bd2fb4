import type { Catalogue } from "../../../worker/protocol";
import { OrdinalList } from "../../../worker/emulator/features/recording/kind-index";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { SaidFailed } from "./said-failed";

/** All hops from one source to one target by one rule, as their calls were recorded. */
export interface HopRoute {
  readonly instance: string;
  /** Of the target. */
  readonly service: string;
  readonly source: string;
  readonly target: string;
  readonly via: string | undefined;
  /** Records of the calls, one an attempt. */
  readonly hops: OrdinalList;
  readonly failed: OrdinalList;
}

const BATCH = 64;

/** Which ways hops went, followed bit by bit as a recording grows. */
export class HopRoutes {
  readonly all: HopRoute[] = [];
  readonly #known = new Map<string, HopRoute>();
  readonly #saidFailed: SaidFailed;
  #taken = 0;

  constructor(
    private readonly recording: RecordReader,
    catalogue: () => Catalogue,
  ) {
    this.#saidFailed = new SaidFailed(recording, catalogue);
  }

  /** Goes on for as long as `hasTime` says so; whether that was all. */
  follow(hasTime: () => boolean): boolean {
    const calls = this.recording.ordinals("call");
    while (this.#taken < calls.length) {
      const end = Math.min(calls.length, this.#taken + BATCH);
      for (; this.#taken < end; this.#taken++) this.#take(calls.at(this.#taken));
      if (!hasTime()) break;
    }
    return this.#taken === calls.length;
  }

  #take(id: number): void {
    const hop = this.recording.hopAt(id);
    if (hop === undefined) return;
    const { instance, service } = this.recording.signatureAt(id);
    const { source, target, via } = hop;
    const key = [instance, service, source, target, via ?? ""].join("\n");
    let route = this.#known.get(key);
    if (route === undefined) {
      route = { instance, service, source, target, via, hops: new OrdinalList(), failed: new OrdinalList() };
      this.#known.set(key, route);
      this.all.push(route);
    }
    route.hops.push(id);
    if (this.recording.errorCodeAt(id) !== "OK" || this.#saidFailed.has(id)) route.failed.push(id);
  }
}

const known = new WeakMap<RecordReader, HopRoutes>();

export function routesOf(run: { readonly recording: RecordReader; readonly catalogue: Catalogue }): HopRoutes {
  const { recording } = run;
  let routes = known.get(recording);
  if (routes === undefined) known.set(recording, (routes = new HopRoutes(recording, () => run.catalogue)));
  return routes;
}
