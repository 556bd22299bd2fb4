import { compilePattern, type CompiledPattern } from "../../../core/pattern/pattern";
import type { StoredMapping } from "../state";

/** Patterns are read once a mapping: what is stored of it never changes. */
const compiled = new WeakMap<StoredMapping["filters"], readonly CompiledPattern[]>();

/** Whether an item reaches the function: any of the patterns will do, and without one everything does. */
export function passes(filters: StoredMapping["filters"], item: () => unknown): boolean {
  if (filters.length === 0) return true;
  let patterns = compiled.get(filters);
  if (!patterns) compiled.set(filters, (patterns = filters.map((filter) => compilePattern(filter))));
  const event = item();
  return patterns.some((pattern) => pattern.matches(event));
}

/** What filters look at of a body: what it says as JSON, or the text itself. */
export function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
