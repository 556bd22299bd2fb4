import type { Clock } from "../../../worker/emulator/core/clock/clock";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { seededRandom } from "../../../worker/emulator/core/random";
import type { Call } from "../../../worker/emulator/core/service/call";
import type { CallObserver, ChaosConcern, Concerns } from "../../../worker/emulator/core/service/concerns";
import { read, write, type AnyEngine, type OperationTable } from "../../../worker/emulator/core/service/operations";
import { Pipeline, type PipelineHost } from "../../../worker/emulator/core/service/pipeline";
import { makeDriver, type DriverBinding } from "../../../worker/emulator/core/service/portable";
import { refuse, type Reason } from "../../../worker/emulator/core/service/refusal";
import { ChangeLog } from "../../../worker/emulator/core/store/journal";
import { Turnstile } from "../../../worker/emulator/core/service/turnstile";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";

/** A category small enough to see the pipeline through: values by name. */
export interface CupboardDriver {
  put(name: string, value: string, options?: { note?: string; signal?: AbortSignal }): Promise<{ name: string }>;
  take(name: string): Promise<string>;
  putThenThrow(name: string): Promise<void>;
  wait(name: string): Promise<string>;
}

const operations: OperationTable<CupboardDriver> = {
  put: write("name", "value"),
  take: read("name"),
  putThenThrow: write("name"),
  wait: write("name"),
};

const reasons: Readonly<Record<string, Reason>> = {
  nothingThere: { code: "NotFound", message: ({ name }) => `there is no "${String(name)}"; put it first` },
};

export interface Cupboard {
  readonly driver: CupboardDriver;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly stores: StoreSet;
  readonly calls: Call[];
  /** Lets a pending `wait` answer. */
  open(value: string): void;
}

export const cupboardService = { service: "cupboard", field: "cupboard", operations, reasons };

/** A cupboard on a fake clock whose every call is kept in `calls`. */
export function makeCupboard(
  parts: { chaos?: ChaosConcern; defaults?: Concerns; host?: Partial<PipelineHost> } = {},
): Cupboard {
  const clock = new FakeClock();
  const changeLog = new ChangeLog();
  const turnstile = new Turnstile();
  const stores = new StoreSet(changeLog);
  const store = stores.open<string>("cupboard/values");
  const calls: Call[] = [];
  const watch: CallObserver = { observe: (call) => calls.push(call) };
  let open: (value: string) => void = () => undefined;
  const waiting = new Promise<string>((resolve) => (open = resolve));
  const engine = {
    put: (call: Call, name: string, value: string) => {
      store.set(name, value);
      call.emit({ type: "Put", data: { name } });
      return { name };
    },
    take: (_call: Call, name: string) => store.get(name) ?? refuse("nothingThere", { name, resource: name }),
    putThenThrow: (_call: Call, name: string) => {
      store.set(name, "half done");
      refuse("nothingThere", { name });
    },
    wait: async (_call: Call, name: string) => {
      store.set(name, "before");
      const value = await waiting;
      store.set(name, value);
      return value;
    },
  };
  const host: PipelineHost = { clock, changeLog, turnstile, chaos: parts.chaos, observers: [watch], ...parts.host };
  const tables = { reasons, nativeReasons: { nothingThere: "NoSuchThing" } };
  const site = { provider: "aws", instance: "aws", service: "cupboard" } as const;
  const pipeline = new Pipeline(site, operations, engine as unknown as AnyEngine, tables, host);
  const binding: DriverBinding = { pipeline, defaults: parts.defaults ?? {}, latencyRandom: seededRandom("latency") };
  return {
    driver: makeDriver(cupboardService, binding) as unknown as CupboardDriver,
    pipeline,
    clock,
    stores,
    calls,
    open,
  };
}
