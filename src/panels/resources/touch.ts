import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { CloudHistory } from "../../run/cloud-history";
import { differences } from "../calls/difference";

/** One change of a resource, in short. */
export interface Touch {
  readonly change: number;
  readonly call: number;
  readonly operation: string;
  /** `created`, `deleted`, or the names of the fields that changed. */
  readonly what: string;
  readonly timeMs: number;
}

const NAMED = 4;

export function touchOf({ recording }: { recording: RecordReader }, history: CloudHistory, change: number): Touch {
  const call = recording.causeAt(change);
  const { operation } = recording.signatureAt(call);
  return { change, call, operation, what: whatOf(recording, history, change), timeMs: recording.timeAt(change) };
}

function whatOf(recording: RecordReader, history: CloudHistory, change: number): string {
  if (history.isRemoval(change)) return "deleted";
  if (history.creator(change) === change) return "created";
  const changed = differences(history.valueBefore(change), recording.changeAt(change).after);
  const names = [...new Set(changed.map(({ path }) => path.split(".")[0] || "value"))];
  if (names.length === 0) return "written again, nothing changed";
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
