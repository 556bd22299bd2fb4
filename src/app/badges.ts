import type { PanelId } from "../panels";
import { problems } from "../editor/problems.svelte";
import { count } from "../ui/format";
import { checkTally } from "../run/checks";
import { runs, workspace } from "./app";

export interface Badge {
  readonly text: string;
  readonly tone: "quiet" | "bad";
}

/** The small figure beside a panel's name. */
export function panelBadge(id: PanelId): Badge | undefined {
  if (id === "problems") return problems.errors === 0 ? undefined : { text: count(problems.errors), tone: "bad" };
  if (id === "faults") {
    const { length } = workspace.settings.faults;
    return length === 0 ? undefined : { text: count(length), tone: "quiet" };
  }
  const run = runs.shown;
  if (run === undefined) return undefined;
  // A dependency: the recording itself is no state.
  void run.version;
  if (id === "console" && (run.problem !== undefined || run.end?.error !== undefined))
    return { text: "1", tone: "bad" };
  if (id === "checks") {
    const { failed } = checkTally(run.recording);
    return failed === 0 ? undefined : { text: count(failed), tone: "bad" };
  }
  if (id !== "calls") return undefined;
  const calls = run.recording.ordinals("call").length;
  return calls === 0 ? undefined : { text: count(calls), tone: "quiet" };
}
