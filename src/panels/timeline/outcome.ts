import type { ErrorCode } from "../../../worker/emulator/core/error-codes";
import type { TimelineModel } from "./model";

export type Outcome = "ok" | "again" | "failed";
export const OUTCOMES: readonly Outcome[] = ["ok", "again", "failed"];

/** Codes after which the same call may succeed. */
const MAY_GO_AWAY: ReadonlySet<ErrorCode | "OK"> = new Set(["Throttled", "Unavailable", "Internal"]);

/** By code, since each is asked about for every call in sight: a column's number says the same in every recording. */
const known: Outcome[] = ["ok"];

export function outcomeOf({ columns }: TimelineModel, place: number): Outcome {
  const code = columns.codes[place] as number;
  return (known[code] ??= MAY_GO_AWAY.has(columns.recording.errorCodeAt(columns.ids[place] as number))
    ? "again"
    : "failed");
}
