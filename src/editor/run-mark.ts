import type { ProgramFiles } from "../../worker/protocol";
import type { Run } from "../run/run.svelte";
import type { Mark } from "./view.svelte";

/** The line that the last run failed at, for as long as that file is the one that ran. */
export function markOf(run: Run | undefined, files: ProgramFiles): Mark | undefined {
  const place = run && failedPlace(run);
  if (place === undefined || run === undefined) return undefined;
  return run.files[place.file] === files[place.file] ? place : undefined;
}

function failedPlace(run: Run): Mark | undefined {
  const { problem, end } = run;
  if (problem?.line !== undefined) {
    return { file: problem.file, line: problem.line, column: problem.column ?? 1, message: problem.message };
  }
  const frame = end?.error?.frames[0];
  if (end?.error === undefined || frame === undefined) return undefined;
  return {
    file: frame.file,
    line: frame.line,
    column: frame.column,
    message: `${end.error.name}: ${end.error.message}`,
  };
}
