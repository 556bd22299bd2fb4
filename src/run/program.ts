import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { ProgramFiles, RunSettings } from "../../worker/protocol";
import { sameCloud, settingsFrom } from "./base";
import type { Run } from "./run.svelte";

/** Everything that a run depends on. */
export interface Program {
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  /** Absent: the empty cloud. */
  readonly base?: CloudSnapshot | undefined;
}

/** Whether a run is one of exactly this, from its start to its end. */
export const isRunOf = (
  run: Pick<Run, "files" | "settings" | "options">,
  { files, settings, base }: Program,
): boolean =>
  run.options.until === undefined &&
  sameCloud(run.options.base, base) &&
  JSON.stringify([run.files, run.settings]) === JSON.stringify([files, settingsFrom(settings, base)]);
