import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import type { SharedRun } from "./shared-run";
import { firstDifference, type Difference } from "./trace";

/** What came out when a shared program was run here, next to what came out where it was shared. */
export type Comparison =
  | { readonly kind: "reproduced"; readonly message: string }
  /** With the calls between which the first difference lies, where the link tells. */
  | ({ readonly kind: "differs"; readonly message: string } & Partial<Difference>)
  /** Every call is the same; something else in the recording is not: console, checks, own metrics, changes. */
  | { readonly kind: "calls-equal"; readonly message: string }
  /** Another version of the emulator may well record otherwise. */
  | ({ readonly kind: "other-version"; readonly message: string } & Partial<Difference>);

/** A run on this machine. */
export interface OwnRun {
  readonly reader: RecordReader;
  /** Absent when its end hung on real time: then there is nothing to compare. */
  readonly digest?: string | undefined;
  readonly engineVersion: string;
}

/** Compares a run with the one that was shared, of the same files and settings. Undefined when one of the two has no digest. */
export function compare(own: OwnRun, shared: SharedRun): Comparison | undefined {
  if (own.digest === undefined || shared.digest === undefined) return undefined;
  if (own.digest === shared.digest) {
    return { kind: "reproduced", message: "Reproduced: every call and every line is what the sharer got." };
  }
  const found = shared.trace === undefined ? "untraced" : difference(own.reader, shared.trace);
  if (own.engineVersion !== shared.engineVersion) {
    const versions = `It was shared from Tabcloud ${shared.engineVersion}, this is ${own.engineVersion}.`;
    return {
      kind: "other-version",
      // A version may write the same down differently, which no call shows but every digest does.
      message: `${versions} ${found === undefined ? "All calls are the sharer's." : describe(found)}`,
      ...(typeof found === "object" && found),
    };
  }
  if (found === undefined) return { kind: "calls-equal", message: describe(found) };
  return { kind: "differs", message: describe(found), ...(typeof found === "object" && found) };
}

type Found = Difference | "untraced" | undefined;

function difference(reader: RecordReader, trace: string): Found {
  try {
    return firstDifference(reader, trace);
  } catch {
    return "untraced"; // a trace that this version cannot read, or a recording that cannot be decoded
  }
}

function describe(found: Found): string {
  if (found === "untraced") return "The recording differs from the sharer's.";
  if (found === undefined) {
    return "All calls are the sharer's; what the program printed, checked, measured or stored is not.";
  }
  const { firstCall, lastCall } = found;
  if (firstCall === lastCall) return `Call ${firstCall} is the first that differs from the sharer's.`;
  return `The first call that differs from the sharer's is between ${firstCall} and ${lastCall}.`;
}
