import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { CloudError } from "../../../worker/emulator/core/errors";
import type {
  Delivery,
  DeliveryInfo,
  Failure,
  Flow,
  OwnEnd,
  OwnTerms,
  Parcel,
  Place,
  Receiver,
  TargetKind,
} from "../../../worker/emulator/core/flow/contract";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import type { ProviderOptions } from "../../../worker/emulator/core/provider/options";
import { offer, openProvider, type ProviderBase } from "../../../worker/emulator/core/provider/provider";
import type { Call } from "../../../worker/emulator/core/service/call";
import { read, write } from "../../../worker/emulator/core/service/operations";
import { refuse, type Reason } from "../../../worker/emulator/core/service/refusal";
import type { BaseDialect, ServiceDefinition } from "../../../worker/emulator/core/service/service";
import { openFlow } from "../../../worker/emulator/flow";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";

/** Where a tiny event goes, as data: its delivery without the parcel. */
export interface Route extends Partial<Omit<Delivery, "parcel">> {
  readonly target: string;
}

/** Tells events: `tell(text, routes)` delivers `text` along the routes. */
export interface Teller {
  tell(text: string, routes: readonly Route[]): Promise<string>;
  /** Tells, and refuses all the same. */
  fail(text: string, routes: readonly Route[]): Promise<void>;
}

/** A passive target: boxes of texts. A box `over` another one passes on what it gets. */
export interface Boxes {
  make(name: string, options?: { over?: string; fifo?: boolean }): Promise<void>;
  put(name: string, text: string): Promise<string>;
  texts(name: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** An active target: the program's own functions. */
export interface Runner {
  run(name: string, text: string): Promise<unknown>;
}

export interface TinyProvider extends ProviderBase {
  readonly teller: Teller;
  readonly boxes: Boxes;
  readonly runner: Runner;
}

/** What a function of the runner gets. */
export interface Running {
  readonly text: string;
  readonly cloud: TinyProvider;
  readonly call: Call;
}

type Fn = (running: Running) => unknown;

interface StoredBox {
  readonly texts: readonly string[];
  readonly over?: string;
  readonly fifo?: boolean;
}

const REASONS: Readonly<Record<string, Reason>> = {
  noBox: { code: "NotFound", message: ({ name }) => `there is no box ${String(name)}` },
  noFunction: { code: "NotFound", message: ({ name }) => `there is no function ${String(name)}` },
  told: { code: "FailedPrecondition", message: () => "no" },
};
const NATIVE = { noBox: "NoSuchBox", noFunction: "NoSuchFunction", told: "No" };
const dialect = (native: string): BaseDialect => ({ native, field: `tiny${native}`, nativeReasons: NATIVE });
const once = { steps: [] };

export const told = (from: string, text: string, route: Route): Delivery => ({
  source: from,
  kinds: ["queue", "function"],
  retry: once,
  ...route,
  parcel: (kind) => parcelOf(kind, text),
});

function parcelOf(kind: TargetKind, text: string): Parcel | undefined {
  if (kind === "queue") return { kind, body: text };
  return kind === "function" ? { kind, payload: text } : undefined;
}

/** One account of a cloud that has only what flows need, on a clock and with a recorder of its own. */
export class TinyCloud {
  readonly clock: FakeClock;
  readonly recorder = new Recorder({ capacity: 100_000 });
  readonly provider: TinyProvider;
  /** By name; a name that is not here is no function. */
  readonly functions = new Map<string, Fn>();
  /** Functions that take events over by their own terms. */
  readonly terms = new Map<string, OwnTerms>();
  readonly ends: OwnEnd[] = [];
  /** Where the ends of those go. */
  afterEnd: (end: OwnEnd) => readonly Delivery[] = () => [];
  /** Functions that have room for no more. */
  readonly full = new Set<string>();
  /** What boxes refuse with, call by call; undefined lets it pass. */
  readonly refusals: (Error | undefined)[] = [];
  deadLetter: ((text: string, failure: Failure) => string) | undefined;
  /** As an engine has it. */
  flow!: Flow;

  constructor(options: ProviderOptions & { start?: number } = {}) {
    const { start = 0, ...rest } = options;
    this.clock = new FakeClock(start, { autoAdvance: true });
    const cloud = {
      name: "aws" as const,
      defaultRegion: "here",
      accountField: "accountId" as const,
      services: [
        offer(this.tellerService(), dialect("Teller")),
        offer(this.boxService(), dialect("Boxes")),
        offer(this.runnerService(), dialect("Runner")),
      ],
    };
    const given = { clock: this.clock, recorder: this.recorder, ...rest };
    this.provider = openProvider(cloud, given, () => undefined, openFlow) as TinyProvider;
    // Opened, so that `flow` is there.
    void this.provider.teller;
  }

  /** The account as a snapshot has it. */
  take(): ReturnType<AccountKeeper["take"]> {
    return AccountKeeper.of(this.provider).take();
  }

  restore(state: ReturnType<AccountKeeper["take"]>, at: number): void {
    AccountKeeper.of(this.provider).restore(state, at);
  }

  deliveries(): Promise<DeliveryInfo[]> {
    return this.provider.listDeliveries();
  }

  /** Calls of deliveries, in the order in which they were recorded. */
  hops(): RecordedCall[] {
    return this.recorder.calls().filter(({ origin }) => origin === "delivery");
  }

  private tellerService(): ServiceDefinition<Teller, BaseDialect> {
    return {
      ...{ service: "teller", field: "teller", reasons: REASONS, resources: [] },
      operations: { tell: write("text", "routes"), fail: write("text", "routes") },
      open: ({ flow }) => {
        this.flow = flow;
        const emit = (call: Call, text: string, routes: readonly Route[]): void =>
          call.emit({ type: "teller.told", data: { text, routes } });
        return {
          engine: {
            tell: (call, text, routes) => (emit(call, text, routes), text),
            fail: (call, text, routes) => (emit(call, text, routes), refuse("told")),
          },
          sends: {
            "teller.told": {
              deliveries: ({ text, routes }: { text: string; routes: readonly Route[] }) =>
                routes.map((route) => told("teller", text, route)),
              deadLetter: ({ parcel, failure, keep }, kind) => {
                const text = parcel?.kind === "queue" ? String(parcel.body) : String(keep);
                return parcelOf(kind, this.deadLetter?.(text, failure) ?? text);
              },
            },
          },
        };
      },
    };
  }

  private boxService(): ServiceDefinition<Boxes, BaseDialect> {
    return {
      ...{ service: "boxes", field: "boxes", reasons: REASONS, resources: [], receives: ["queue"] },
      operations: { make: write("name"), put: write("name", "text"), texts: read("name"), remove: write("name") },
      open: ({ store, flow }) => {
        const boxes = store<StoredBox>("boxes");
        const box = (name: string): StoredBox => boxes.get(name) ?? refuse("noBox", { name });
        return {
          engine: {
            make: (_call, name, options = {}) => void boxes.set(name, { texts: [], ...options }),
            put: (call, name, text) => {
              const { over, ...stored } = box(name);
              const refusal = this.refusals.shift();
              boxes.set(name, { ...stored, ...(over !== undefined && { over }), texts: [...stored.texts, text] });
              if (refusal) throw refusal;
              if (over !== undefined) call.emit({ type: "boxes.over", data: { from: name, over, text } });
              flow.remember(`${name}/${text}`, call);
              flow.wake(`box:${name}`);
              return text;
            },
            texts: (_call, name) => box(name).texts,
            remove: (_call, name) => void boxes.delete(name),
          },
          sends: {
            "boxes.over": {
              deliveries: ({ from, over, text }: { from: string; over: string; text: string }) => [
                told(`box:${from}`, text, { target: over }),
              ],
            },
          },
          receives: {
            find: (name) => {
              if (!name.startsWith("box:")) return undefined;
              const stored = boxes.get(name.slice(4));
              return { kind: "queue", name, exists: stored !== undefined, fifo: stored?.fifo === true };
            },
            call: ({ name }, parcel) => ({
              operation: "put",
              args: [name.slice(4), parcel.kind === "queue" ? String(parcel.body) : ""],
            }),
          },
        };
      },
    };
  }

  private runnerService(): ServiceDefinition<Runner, BaseDialect> {
    return {
      ...{ service: "runner", field: "runner", reasons: REASONS, resources: [], receives: ["function"] },
      operations: { run: write("name", "text") },
      open: ({ flow }) => ({
        engine: {
          run: async (call, name, text) => {
            const fn = this.functions.get(name) ?? refuse("noFunction", { name });
            const place: Place = flow.placeWithin(call);
            try {
              return await fn({ text, call, cloud: flow.cloudAt(place) as TinyProvider });
            } catch (error) {
              if (error instanceof CloudError) throw error;
              return { functionError: error instanceof Error ? error.message : "?" };
            }
          },
        },
        receives: this.runnerReceiver(),
      }),
    };
  }

  private runnerReceiver(): Receiver {
    return {
      find: (name) =>
        name.startsWith("fn:") ? { kind: "function", name, exists: this.functions.has(name.slice(3)) } : undefined,
      call: ({ name }, parcel) => ({
        operation: "run",
        args: [name.slice(3), parcel.kind === "function" ? parcel.payload : null],
      }),
      failure: ({ output }) => {
        const message = (output as { functionError?: string } | undefined)?.functionError;
        return message === undefined ? undefined : { code: "Internal", message, retryable: true };
      },
      hasRoom: ({ name }) => !this.full.has(name),
      terms: ({ name }) => this.terms.get(name),
      ended: (end) => {
        this.ends.push(end);
        return this.afterEnd(end);
      },
    };
  }
}

/** An error that is retried. */
export const unavailable = (): CloudError => new CloudError("Unavailable", "not now");
