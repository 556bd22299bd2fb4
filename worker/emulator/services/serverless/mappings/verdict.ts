import type { Call } from "../../../core/service/call";
import type { InvokeOutput } from "../types";

/** Which items of a batch failed: all, none, or those with these identifiers. */
export type Verdict = "all" | "none" | ReadonlySet<string>;

/** What an answer lists as failed; anything malformed fails the whole batch. */
function listed(value: unknown, known: ReadonlySet<string>): Verdict {
  if (value === null || value === undefined) return "none";
  if (typeof value !== "object" || Array.isArray(value)) return "all";
  const failures = (value as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null || failures === undefined) return "none";
  if (!Array.isArray(failures)) return "all";
  const found = new Set<string>();
  for (const failure of failures as unknown[]) {
    if (typeof failure !== "object" || failure === null) return "all";
    const { itemIdentifier } = failure as { itemIdentifier?: unknown };
    if (typeof itemIdentifier !== "string" || !known.has(itemIdentifier)) return "all";
    found.add(itemIdentifier);
  }
  return found.size === 0 ? "none" : found;
}

/** What of a batch failed, by what became of its invocation. */
export function verdictOf(call: Call, reports: boolean, identifiers: () => Iterable<string>): Verdict {
  if (call.code !== "OK") return "all";
  return verdictOn(call.output as InvokeOutput, reports, identifiers);
}

export function verdictOn(output: InvokeOutput, reports: boolean, identifiers: () => Iterable<string>): Verdict {
  if (output.functionError !== undefined) return "all";
  return reports ? listed(output.value, new Set(identifiers())) : "none";
}
