import { layout, runs, workspace } from "../app/app";
import { copyText } from "./clipboard";
import { runLink } from "./run-link";

/** Copies a link to the last run where that is of what is on the screen; else Share says what there is to say. */
export async function copyLink(): Promise<void> {
  const run = runs.on(workspace.settings.cloud);
  layout.show("share");
  if (run === undefined || runs.busy || run.files !== workspace.files) return;
  const link = await runLink(run);
  if (link !== undefined) await copyText(link).catch(() => undefined);
}
