import { count, plural } from "../../../ui/format";
import { figuresOf } from "./figures";
import type { FlowIndex } from "./flow-index";
import type { FlowRow } from "./flow-rows";
import { endNotes } from "./text";

/** What stands out of a line. */
export interface Chip {
  readonly long: string;
  /** Where there is little room. */
  readonly short: string;
  readonly tone: "ok" | "warn" | "bad";
}

const ENDS: Readonly<Record<string, Omit<Chip, "long">>> = {
  "dead letter": { short: "dead", tone: "bad" },
  "after success": { short: "after", tone: "ok" },
  "after failure": { short: "after", tone: "bad" },
};

export function chipsOf(index: FlowIndex, row: FlowRow): Chip[] {
  const { places, before, level, flow } = row;
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const chips: Chip[] = [];
  const attempt = index.attemptOf(first);
  if (places.length > 1)
    chips.push({ long: plural(places.length, "attempt"), short: `${count(places.length)}×`, tone: "warn" });
  else if (attempt > 1 && before === undefined)
    chips.push({ long: `attempt ${count(attempt)}`, short: `${count(attempt)}.`, tone: "warn" });
  const ends = endNotes(index, last);
  for (const long of ends) chips.push({ ...(ENDS[long] ?? { short: long, tone: "warn" }), long });
  if (level > 0) return chips;
  const { retries, deadLetters } = figuresOf(index, flow);
  if (retries > 0)
    chips.push({
      long: retries === 1 ? "1 retry" : `${count(retries)} retries`,
      short: `↻ ${count(retries)}`,
      tone: "warn",
    });
  // Of a flow that is nothing but a dead letter it is said already.
  if (deadLetters > ends.length)
    chips.push({ long: plural(deadLetters, "dead letter"), short: `${count(deadLetters)} dead`, tone: "bad" });
  return chips;
}
