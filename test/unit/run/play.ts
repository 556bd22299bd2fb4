import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { StreamDigest } from "../../../worker/emulator/features/recording/stream-digest";
import type * as program from "../../../worker/emulator/program";
import { openRun, type Run } from "../../../worker/emulator/run";
import { DEFAULT_LIMITS, DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Catalogue, RunLimits, RunSettings } from "../../../worker/protocol";

export interface Finished {
  readonly end: ReturnType<Run["close"]>;
  readonly error: unknown;
  readonly reader: RecordReader;
  readonly calls: readonly RecordedCall[];
  readonly console: readonly string[];
  readonly digest: string;
  readonly catalogue: Catalogue;
}

export interface Conditions {
  readonly settings?: Partial<RunSettings>;
  readonly limits?: Partial<RunLimits>;
  readonly pause?: () => Promise<void> | undefined;
}

/** Runs `main` as a program would be run: with the module "tabcloud" of a run of its own, to its end. */
export async function play(
  main: (tabcloud: typeof program, run: Run) => Promise<unknown>,
  { settings = {}, limits = {}, pause }: Conditions = {},
): Promise<Finished> {
  const reader = new RecordReader();
  const digest = new StreamDigest();
  let atLimit: (message: string) => void = () => undefined;
  const limit = new Promise<string>((resolve) => (atLimit = resolve));
  const run = openRun(
    { ...DEFAULT_SETTINGS, limits: { ...DEFAULT_LIMITS, ...limits }, ...settings },
    {
      onPage: (page) => {
        reader.addPage(page);
        digest.add(page);
      },
      onLimit: atLimit,
      ...(pause && { pause }),
    },
  );
  const outcome = await Promise.race([limit, run.settle(main(run.exports as unknown as typeof program, run))]);
  const limited = typeof outcome === "string";
  const end = limited ? run.closeAtLimit(outcome) : run.close(outcome);
  const calls = Array.from({ length: reader.ordinals("call").length }, (_, i) =>
    reader.callAt(reader.ordinals("call").at(i)),
  );
  const lines = reader.ordinals("console");
  return {
    end,
    error: limited ? undefined : outcome.error,
    reader,
    calls,
    console: Array.from({ length: lines.length }, (_, i) => reader.consoleAt(lines.at(i)).text),
    digest: digest.digest(),
    catalogue: run.catalogue,
  };
}
