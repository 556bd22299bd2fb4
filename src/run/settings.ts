import type { CloudName } from "../../worker/emulator/core/error-codes";
import type { RunLimits } from "../../worker/protocol";

export const CLOUDS: readonly { readonly name: CloudName; readonly label: string; readonly long: string }[] = [
  { name: "aws", label: "AWS", long: "Amazon Web Services" },
  { name: "azure", label: "Azure", long: "Microsoft Azure" },
  { name: "gcp", label: "GCP", long: "Google Cloud" },
];

/** The short name of a cloud. */
export const labelOf = (cloud: CloudName): string => CLOUDS.find(({ name }) => name === cloud)?.label ?? cloud;

const DAY_MS = 86_400_000;

export interface LimitField {
  readonly key: keyof RunLimits;
  readonly label: string;
  /** How many of the limit's own unit one unit of the form is. */
  readonly scale: number;
  readonly unit: string;
}

/** The limits as the form shows them, in units people think in. */
export const LIMIT_FIELDS: readonly LimitField[] = [
  { key: "wallMs", label: "Real time", scale: 1000, unit: "s" },
  { key: "virtualMs", label: "Virtual time", scale: DAY_MS, unit: "days" },
  { key: "timers", label: "Timers", scale: 1, unit: "" },
  { key: "calls", label: "Calls", scale: 1, unit: "" },
  { key: "consoleLines", label: "Console", scale: 1, unit: "" },
  { key: "recordedBytes", label: "Recording", scale: 1024 * 1024, unit: "MiB" },
];

/** What a typed starting moment means, in the one form a run takes; undefined when it means nothing. A missing zone is UTC. */
export function parseStart(text: string): string | undefined {
  const trimmed = text.trim().replace(" ", "T");
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/i.test(trimmed)) return undefined;
  // A date alone is UTC by the standard, a time without a zone is not.
  const zoned = trimmed.length === 10 || /(Z|[+-]\d\d:\d\d)$/i.test(trimmed);
  const moment = Date.parse(zoned ? trimmed : `${trimmed}Z`);
  // Some engines take 30 February for 2 March.
  const day = Date.parse(trimmed.slice(0, 10));
  return Number.isNaN(moment) || new Date(day).getUTCDate() !== Number(trimmed.slice(8, 10))
    ? undefined
    : new Date(moment).toISOString();
}

/** A number as people type it (`250,000`), times its scale; undefined when it is none. */
export function parseNumber(text: string, scale = 1): number | undefined {
  const plain = text.replaceAll(/[,_\s]/g, "");
  const value = Math.round(Number(plain) * scale);
  return plain !== "" && Number.isSafeInteger(value) ? value : undefined;
}
