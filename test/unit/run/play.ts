import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { StreamDigest } from "../../../worker/emulator/features/recording/stream-digest";
import type * as program from "../../../worker/emulator/program";
import { openRun, type Run, type RunEnding, type RunFrom } from "../../../worker/emulator/run";
import { applyDelta } from "../../../worker/emulator/run/apply-delta";
import type { CloudSnapshot, SnapshotDelta } from "../../../worker/emulator/run/cloud-snapshot";
import { DEFAULT_LIMITS, DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Catalogue, RunLimits, RunSettings } from "../../../worker/protocol";

export interface Finished {
  readonly end: RunEnding;
  readonly error: unknown;
  readonly reader: RecordReader;
  readonly calls: readonly RecordedCall[];
  readonly console: readonly string[];
  readonly digest: string;
  readonly catalogue: Catalogue;
  readonly delta: SnapshotDelta | undefined;
  /** The cloud it left. */
  readonly left: CloudSnapshot | undefined;
}

let packs = 0;

export interface Conditions {
  readonly settings?: Partial<RunSettings>;
  readonly limits?: Partial<RunLimits>;
  readonly pause?: () => Promise<void> | undefined;
  readonly from?: RunFrom;
}

/** Runs `main` as a program would be run: with the module "tabcloud" of a run of its own, to its end. */
export async function play(
  main: (tabcloud: typeof program, run: Run) => Promise<unknown>,
  { settings = {}, limits = {}, pause, from }: Conditions = {},
): Promise<Finished> {
  const reader = new RecordReader();
  const digest = new StreamDigest();
  let cut: (end: RunEnding) => void = () => undefined;
  const isCut = new Promise<RunEnding>((resolve) => (cut = resolve));
  const run = openRun(
    { ...DEFAULT_SETTINGS, limits: { ...DEFAULT_LIMITS, ...limits }, ...settings },
    {
      onPage: (page) => {
        reader.addPage(page);
        digest.add(page);
      },
      onEnd: (end) => cut(end),
      ...(pause && { pause }),
    },
    from,
  );
  const begun = run.begin().then(() => run.settle(main(run.exports as unknown as typeof program, run)));
  const outcome = await Promise.race([isCut, begun]);
  const wasCut = "records" in outcome;
  const end = wasCut ? outcome : run.close(outcome);
  const delta = run.leave();
  const calls = Array.from({ length: reader.ordinals("call").length }, (_, i) =>
    reader.callAt(reader.ordinals("call").at(i)),
  );
  const lines = reader.ordinals("console");
  return {
    end,
    error: wasCut ? undefined : outcome.error,
    reader,
    calls,
    console: Array.from({ length: lines.length }, (_, i) => reader.consoleAt(lines.at(i)).text),
    digest: digest.digest(),
    catalogue: run.catalogue,
    delta,
    left: delta && applyDelta(from?.base, delta, () => `pack ${++packs}`),
  };
}
