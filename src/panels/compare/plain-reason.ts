import type { Findings } from "./comparison";
import { NOTHING, type Difference } from "./differences";

/** Why something differs where no field of the dialects decides it, and the row that tells more. */
export interface PlainReason {
  readonly text: string;
  readonly row?: number;
}

const FORMS: Readonly<Record<string, string>> = {
  reason: "The clouds refuse this for reasons of their own; the portable code is what a program can rely on.",
  message: "The message says in words what the codes say.",
};

/** `elsewhere` is where a lane that has a gap here makes the same call. */
export function plainReason(
  difference: Difference,
  row: number,
  { differing }: Pick<Findings, "differing">,
  elsewhere: (lane: number) => number | undefined,
  clouds: readonly string[],
): PlainReason {
  const { kind, path, values } = difference;
  if (kind === "time")
    return {
      text: "Moments shift as soon as one run makes a call more, or waits longer. Chance is the same in all of them.",
    };
  if (kind === "form")
    return {
      text: FORMS[path] ?? "Every cloud has identifiers and names of its own; a program passes them on as they are.",
    };
  if (path === "made") {
    const lane = values.indexOf(NOTHING);
    const other = elsewhere(lane);
    if (other !== undefined)
      return { text: `On ${clouds[lane] ?? ""} the order is another: the same call is made at`, row: other };
  }
  if (path === "stoppedBy")
    return {
      text: "Injected errors, limits and faults hit what comes when they are due, and the runs are no longer in step.",
    };
  const first = differing[0];
  if (first !== undefined && first < row)
    return { text: "This follows from what happened before. The first that differs is", row: first };
  return {
    text:
      path === "made"
        ? "No call before this one differs: the program itself decided by something else, such as the cloud's name."
        : "No single field of the dialects decides this.",
  };
}
