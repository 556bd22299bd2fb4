import type { RunEnd } from "../../worker/protocol";
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
  if (run?.end !== undefined) return ENDINGS[run.end.reason];
  return { tone: "quiet", text: "Ready" };
}

/** How one of several lanes stands: it may have ended while others go on. */
export const laneStatus = (phase: Phase, run: Run): Status =>
  run.end === undefined ? statusOf(phase, run) : ENDINGS[run.end.reason];

/** What happened, for someone who hears the page. */
export function announcement(run: Run): string {
  if (run.problem !== undefined) return `The program does not compile. ${run.problem.message}`;
  const { end } = run;
  if (end === undefined) return "";
  const calls = end.calls === 1 ? "1 call" : `${end.calls} calls`;
  const error = end.error === undefined ? "" : ` ${end.error.name}: ${end.error.message}`;
  return `Run ${ENDINGS[end.reason].text.toLowerCase()}. ${calls}. ${end.message}${error}`.trim();
}
