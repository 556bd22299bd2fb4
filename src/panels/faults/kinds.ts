import { FAULT_AMOUNTS, type FaultKind, type FaultRule } from "../../../worker/emulator/run/faults";

/** How a kind of fault is spoken of, and what its slider goes over; the field beside it takes anything that can be. */
export interface KindInfo {
  readonly label: string;
  readonly hint: string;
  readonly amount?: {
    readonly label: string;
    readonly unit: string;
    /** What one of the settings' own unit is on the panel. */
    readonly scale: number;
    readonly slider: { readonly min: number; readonly max: number; readonly step: number };
  };
}

export const KINDS: Readonly<Record<FaultKind, KindInfo>> = {
  latency: {
    label: "Latency",
    hint: "Every call takes longer.",
    amount: { label: "Milliseconds more", unit: "ms more", scale: 1, slider: { min: 0, max: 2000, step: 10 } },
  },
  errors: {
    label: "Errors",
    hint: "Some calls fail, by chance.",
    amount: { label: "Calls that fail, in percent", unit: "% fail", scale: 100, slider: { min: 0, max: 100, step: 1 } },
  },
  throttle: {
    label: "Throttling",
    hint: "Only so many calls a second pass.",
    amount: {
      label: "Calls a second that pass",
      unit: "calls/s pass",
      scale: 1,
      slider: { min: 1, max: 100, step: 1 },
    },
  },
  outage: { label: "Outage", hint: "No call gets through." },
};

/** The amount of a rule as it is on the panel, changed; or what is wrong with it. */
export function amountFrom(
  shown: number,
  { kind }: FaultRule,
): { readonly amount: number } | { readonly problem: string } {
  const scale = KINDS[kind].amount?.scale ?? 1;
  const [min, max] = FAULT_AMOUNTS[kind];
  const amount = kind === "errors" ? Number((shown / scale).toPrecision(12)) : Math.round(shown);
  if (amount >= min && amount <= max) return { amount };
  return { problem: `From ${min * scale} to ${(max * scale).toLocaleString("en-US")}.` };
}
