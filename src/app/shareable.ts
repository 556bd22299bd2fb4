import { sharedRun } from "../share/sharing";
import type { SharedRun } from "../share/shared-run";
import { layout, runs, workspace } from "./app";

/** What is on the screen, as it can be shared now: with what came out if it was run, and the cloud it starts from; or why it cannot. */
export async function shareable(): Promise<{ readonly run: SharedRun } | { readonly problem: string }> {
  const { files, settings, base: choice } = workspace;
  const lanes = layout.sideBySide && { lanes: true as const };
  const run = runs.busy ? undefined : runs.on(settings.cloud);
  if (choice.kind === "empty") return { run: { ...sharedRun({ files, settings }, run), ...lanes } };
  const { sharedBase } = await import("./starting.svelte");
  const found = await sharedBase(choice, run);
  if ("problem" in found) return found;
  return { run: { ...sharedRun({ files, settings, base: found.base }, run), ...lanes } };
}
