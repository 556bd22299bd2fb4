import { version } from "../../package.json";
import { runs } from "../app/app";
import { open } from "../app/opening";
import { fromShared } from "../app/programs";
import { theme } from "../app/theme.svelte";
import type { Run } from "../run/run.svelte";
import { decodeLink, readShared } from "../share/link";
import type { SharedResult } from "../share/shared-run";
import type { FromEmbed } from "./contract";

/** Talks with the page around; see {@link FromEmbed} and `ToEmbed`. */
export function startEmbed(): void {
  if (parent === window) return;
  // Anyone may embed the site, and what is said is no secret: which page is around does not matter.
  const tell = (message: FromEmbed): void => parent.postMessage(message, "*");
  addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
    if (source === parent && isMessage(data)) void hear(data, tell);
  });
  $effect.root(() => {
    $effect(() => {
      const run = runs.shown;
      if (run === undefined) return;
      if (run.end !== undefined) tell({ tabcloud: 1, type: "ended", ...endOf(run, run.end) });
      else if (run.problem === undefined) tell({ tabcloud: 1, type: "started", cloud: run.settings.cloud });
    });
  });
  tell({ tabcloud: 1, type: "ready", engineVersion: version });
}

const isMessage = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === "object" && data !== null && "tabcloud" in data && data.tabcloud === 1;

async function hear(message: Readonly<Record<string, unknown>>, tell: (message: FromEmbed) => void): Promise<void> {
  if (message.type === "theme" && (message.theme === "light" || message.theme === "dark")) theme.show(message.theme);
  if (message.type !== "open") return;
  const result = await read(message);
  if ("run" in result) open(fromShared(result.run));
  tell({ tabcloud: 1, type: "opened", ...("problem" in result && { problem: result.problem }) });
}

async function read({ link, program }: Readonly<Record<string, unknown>>): Promise<SharedResult> {
  if (typeof link !== "string") return readShared(program);
  return (await decodeLink(link)) ?? { problem: "This is no link to a program." };
}

function endOf(run: Run, { reason, digest, calls }: NonNullable<Run["end"]>) {
  const checks = run.recording.ordinals("check");
  let failed = 0;
  for (let i = 0; i < checks.length; i++) if (!run.recording.checkAt(checks.at(i)).passed) failed++;
  return { reason, calls, checks: { passed: checks.length - failed, failed }, ...(digest !== undefined && { digest }) };
}
