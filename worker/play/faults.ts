import { existsSync, readFileSync } from "node:fs";
import { WHOLE_RUN_MS, type FaultRule } from "../emulator/run/faults";
import { BadArguments } from "./bad-arguments";

/** Faults as people write them: only the kind has to be there. Whatever is wrong is left for the check of the settings to refuse. */
export function readFaults(given: string): FaultRule[] {
  const isText = /^\s*[[{]/.test(given);
  if (!isText && !existsSync(given)) throw new BadArguments(`--faults ${given}: there is no such file.`);
  const list = parse(isText ? given : readFileSync(given, "utf8"));
  if (!Array.isArray(list)) throw new BadArguments("--faults: expected a list in [ ].");
  return (list as readonly unknown[]).map((rule, i) =>
    typeof rule === "object" && rule !== null && !Array.isArray(rule) ? withDefaults(rule, i) : (rule as FaultRule),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadArguments(`--faults: this is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function withDefaults(rule: Partial<FaultRule>, index: number): FaultRule {
  const { kind } = rule;
  return {
    id: `${kind}-${index + 1}`,
    service: "*",
    operation: "*",
    fromMs: 0,
    forMs: WHOLE_RUN_MS,
    // An outage has no amount; of the others it has to be said.
    amount: kind === "outage" ? 0 : NaN,
    ...rule,
  } as FaultRule;
}
