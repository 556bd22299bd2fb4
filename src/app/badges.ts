import type { PanelId } from "../panels";
import { count } from "../ui/format";
import { runs } from "./app";

export interface Badge {
  readonly text: string;
  readonly tone: "quiet" | "bad";
}

/** The small figure beside a panel's name. */
export function panelBadge(id: PanelId): Badge | undefined {
  const run = runs.shown;
  if (run === undefined) return undefined;
  // A dependency: the recording itself is no state.
  void run.version;
  if (id === "console" && (run.problem !== undefined || run.end?.error !== undefined))
    return { text: "1", tone: "bad" };
  if (id !== "calls") return undefined;
  const calls = run.recording.ordinals("call").length;
  return calls === 0 ? undefined : { text: count(calls), tone: "quiet" };
}
