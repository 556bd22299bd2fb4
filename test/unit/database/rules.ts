import type { ValueRules } from "../../../worker/emulator/services/database/contract";

const KIB = 1024;

/** The rules of the three clouds, as the database's page has them. */
export const AWS: ValueRules = {
  numbers: "decimal",
  maxItemBytes: 400 * KIB,
  maxNesting: 32,
  unstorable: ["Date"],
  keepsDateAsText: false,
  dropsUndefined: false,
  itemSize: "attributes",
  missingNotEqual: true,
  mixedNotEqual: true,
  ordered: ["S", "N", "B"],
  expressions: true,
  maxExpressionBytes: 4 * KIB,
  maxUpdateActions: Infinity,
  maxTransforms: Infinity,
};

export const AZURE: ValueRules = {
  ...AWS,
  numbers: "double",
  maxItemBytes: 2 * KIB * KIB,
  maxNesting: 128,
  unstorable: ["Set", "bigint", "Uint8Array"],
  keepsDateAsText: true,
  dropsUndefined: true,
  itemSize: "json",
  missingNotEqual: false,
  mixedNotEqual: false,
  ordered: ["S", "N", "BOOL"],
  expressions: false,
  maxUpdateActions: 10,
};

export const GCP: ValueRules = {
  ...AZURE,
  numbers: "doubleOrInt64",
  maxItemBytes: KIB * KIB,
  maxNesting: 20,
  unstorable: ["Set"],
  keepsDateAsText: false,
  dropsUndefined: false,
  mixedNotEqual: true,
  ordered: ["S", "N", "B", "BOOL", "NULL", "DATE", "L", "M"],
  maxUpdateActions: Infinity,
  maxTransforms: 500,
};

export const CLOUDS = [
  ["AWS", AWS],
  ["Azure", AZURE],
  ["GCP", GCP],
] as const;
