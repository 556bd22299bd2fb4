import type { RunEnd } from "../../worker/protocol";
import { plural } from "../ui/format";
import { checkTally } from "../run/checks";
import type { Phase } from "../run/run-store.svelte";
import type { Run } from "../run/run.svelte";

export type Tone = "quiet" | "busy" | "good" | "bad" | "cut";

export interface Status {
  readonly tone: Tone;
  readonly text: string;
}

const ENDINGS: Record<RunEnd["reason"], Status> = {
  completed: { tone: "good", text: "Completed" },
  failed: { tone: "bad", text: "Failed" },
  stuck: { tone: "bad", text: "Stuck" },
  limit: { tone: "cut", text: "Limit reached" },
  paused: { tone: "good", text: "Paused" },
  stopped: { tone: "cut", text: "Stopped" },
  hung: { tone: "cut", text: "Did not answer" },
  crashed: { tone: "bad", text: "Crashed" },
};

/** How a run stands, in a word or two. */
export function statusOf(phase: Phase, run: Run | undefined): Status {
  if (phase === "compiling") return { tone: "busy", text: "Compiling" };
  if (phase === "running") return { tone: "busy", text: "Running" };
  if (run?.problem !== undefined) return { tone: "bad", text: "Does not compile" };
  if (run?.end !== undefined) return endingOf(run, run.end);
  return { tone: "quiet", text: "Ready" };
}

/** How one of several lanes stands: it may have ended while others go on. */
export const laneStatus = (phase: Phase, run: Run): Status =>
  run.end === undefined ? statusOf(phase, run) : endingOf(run, run.end);

/** How a run came out, whatever it found. */
export const endingText = ({ reason }: RunEnd): string => ENDINGS[reason].text;

/** A run that completed is not good when a check failed. */
function endingOf(run: Run, { reason }: RunEnd): Status {
  const { failed } = checkTally(run.recording);
  if (failed === 0 || reason !== "completed") return ENDINGS[reason];
  return { tone: "bad", text: `Completed, ${plural(failed, "check")} failed` };
}

/** What happened, for someone who hears the page. */
export function announcement(run: Run): string {
  if (run.problem !== undefined) return `The program does not compile. ${run.problem.message}`;
  const { end } = run;
  if (end === undefined) return "";
  const calls = end.calls === 1 ? "1 call" : `${end.calls} calls`;
  const error = end.error === undefined ? "" : ` ${end.error.name}: ${end.error.message}`;
  const faults = run.settings.faults.length === 0 ? "" : ` With ${plural(run.settings.faults.length, "fault")}.`;
  return `Run ${endingOf(run, end).text.toLowerCase()}. ${calls}.${faults} ${end.message}${error}`.trim();
}
