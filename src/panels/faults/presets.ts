import type { FaultRule } from "../../../worker/emulator/run/faults";
import { NEW_FAULTS } from "./rules";

/** Weather that people ask for, by name. */
export interface Preset {
  readonly label: string;
  readonly faults: readonly Omit<FaultRule, "id">[];
}

const minute = { fromMs: 0, forMs: 60_000 };

export const PRESETS: readonly Preset[] = [
  { label: "Slow network", faults: [{ ...NEW_FAULTS.latency, amount: 200 }] },
  { label: "5 % errors", faults: [{ ...NEW_FAULTS.errors, amount: 0.05 }] },
  { label: "Storage outage for 5 s", faults: [{ ...NEW_FAULTS.outage, service: "storage", forMs: 5000 }] },
  { label: "Throttled to 10/s", faults: [{ ...NEW_FAULTS.throttle, amount: 10 }] },
  {
    label: "Flaky minute",
    faults: [
      { ...NEW_FAULTS.latency, ...minute, amount: 100 },
      { ...NEW_FAULTS.errors, ...minute, amount: 0.3 },
    ],
  },
];
