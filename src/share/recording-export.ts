import type { ExportFormat } from "../../worker/emulator/features/recording/exports";
import type { Run } from "../run/run.svelte";
import { downloadParts } from "../ui/download";

/** Gives the person a run's recording as a file; resolves when it is on its way. */
export function exportRecording(run: Run, { fileName, parts }: ExportFormat): Promise<void> {
  const { recording: reader, catalogue, settings, startedAt } = run;
  const { cloud: provider, seed } = settings;
  return downloadParts(fileName, parts({ reader, catalogue, provider, seed, startedAt: new Date(startedAt) }));
}
