import type { Clock } from "../../../worker/emulator/core/clock/clock";
import type { CloudError } from "../../../worker/emulator/core/errors";
import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type { Call } from "../../../worker/emulator/core/service/call";
import type { ChaosConcern, Concerns } from "../../../worker/emulator/core/service/concerns";
import { read, write, type AnyEngine } from "../../../worker/emulator/core/service/operations";
import { Pipeline } from "../../../worker/emulator/core/service/pipeline";
import { refuse, type Reason } from "../../../worker/emulator/core/service/refusal";
import { ChangeLog } from "../../../worker/emulator/core/store/journal";
import { Turnstile } from "../../../worker/emulator/core/service/turnstile";

const operations = { putObject: write("key", "data"), getObject: read("key") };
const reasons: Readonly<Record<string, Reason>> = {
  noSuchKey: { code: "NotFound", message: ({ key }) => `no ${String(key)}` },
};

export interface TinyStorage {
  putObject(key: string, data: string, options?: { signal?: AbortSignal }): Promise<unknown>;
  getObject(key: string, options?: { signal?: AbortSignal }): Promise<unknown>;
  /** Everything stored, seen from behind the pipeline. */
  readonly objects: Map<string, string>;
  /** Every finished call, as a recorder sees them. */
  readonly calls: Call[];
}

/** Objects by key, under the name of a real category so that features can be aimed at it. */
export function tinyStorage(parts: {
  clock: Clock;
  concerns?: Concerns;
  chaos?: ChaosConcern;
  provider?: CloudName;
}): TinyStorage {
  const { clock, concerns = {}, chaos, provider = "aws" } = parts;
  const objects = new Map<string, string>();
  const calls: Call[] = [];
  const engine: AnyEngine = {
    putObject: (_call, key, data) => void objects.set(key as string, data as string),
    getObject: (_call, key) => objects.get(key as string) ?? refuse("noSuchKey", { key }),
  };
  const host = {
    clock,
    changeLog: new ChangeLog(),
    turnstile: new Turnstile(),
    chaos,
    observers: [{ observe: (call: Call) => calls.push(call) }],
  };
  const site = { provider, instance: provider, service: "storage" };
  const pipeline = new Pipeline(site, operations, engine, { reasons, nativeReasons: {} }, host);
  const call =
    (operation: string) =>
    (...args: unknown[]): Promise<unknown> =>
      pipeline.invoke(operation, args, "portable", concerns);
  return { putObject: call("putObject"), getObject: call("getObject"), objects, calls };
}

/** What a call rejected with; `undefined` when it did not. */
export async function failure(answer: Promise<unknown>): Promise<CloudError | undefined> {
  return answer.then(
    () => undefined,
    (error: unknown) => error as CloudError,
  );
}

/** What something threw. */
export function thrown(attempt: () => unknown): CloudError {
  try {
    attempt();
  } catch (error) {
    return error as CloudError;
  }
  throw new Error("nothing was thrown");
}
