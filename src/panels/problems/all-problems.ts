import type { Problem } from "../../editor/problems.svelte";
import type { Mark } from "../../editor/view.svelte";

/** What the type checker says, and what the last run failed at unless the checker says so of the same line. */
export function allProblems(checked: readonly Problem[] | undefined, failed: Mark | undefined): readonly Problem[] {
  const known = checked ?? [];
  if (failed === undefined) return known;
  if (known.some((it) => it.severity === "error" && it.file === failed.file && it.line === failed.line)) return known;
  return [...known, { ...failed, severity: "error", source: "last run" }];
}
