import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { ProviderOptions } from "../../../worker/emulator/core/provider/options";
import type { Provider } from "../../../worker/emulator/providers";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import type { Latency } from "../../../worker/emulator/features/latency/latency";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { Serverless } from "../../../worker/emulator/services/serverless/serverless";
import type { FunctionConfig, Handler } from "../../../worker/emulator/services/serverless/driver";
import type { Cloud } from "../harness";

export const NAME = "work";

export interface Fixture {
  readonly provider: Provider;
  readonly fn: Serverless;
  readonly clock: FakeClock;
  readonly recorder: Recorder;
}

/** An account on a clock of its own, recorded, and unless told otherwise a function `work` that answers its event. */
export async function open(
  cloud: Cloud,
  {
    dialect,
    code = (event: unknown) => event,
    config,
    empty = false,
    ...options
  }: Omit<ProviderOptions<Latency>, "dialect"> & {
    dialect?: Readonly<Record<string, unknown>>;
    code?: Handler;
    config?: Partial<FunctionConfig>;
    empty?: boolean;
    start?: string;
  } = {},
): Promise<Fixture> {
  const recorder = new Recorder();
  const { provider, clock } = cloud.open({
    recorder,
    ...options,
    ...(dialect && { dialect: { serverless: dialect } }),
  });
  const fn = new Serverless(provider);
  if (!empty) await fn.deploy({ name: NAME, code, ...config });
  return { provider, fn, clock, recorder };
}

/** The recorded invocations, or those of one door. */
export const invocations = ({ recorder }: Fixture, door?: RecordedCall["door"]): RecordedCall[] =>
  recorder.callsFor("serverless", "invoke").filter((call) => door === undefined || call.door === door);

/** An answer's payload as text. */
export const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload);
