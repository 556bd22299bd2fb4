import { showShort } from "../../ui/value";

export interface SummaryPart {
  readonly name: string;
  readonly value: string;
}

const MOST = 5;

/** The first few things a call was given, short enough for one line. */
export function summarize(input: unknown): SummaryPart[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input)
    .slice(0, MOST)
    .map(([name, value]) => ({ name, value: showShort(value, 48) }));
}
