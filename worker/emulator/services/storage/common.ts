import type { NameRule, TagRule } from "./dialect";

/** Figures and tables that more than one cloud has. */
export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
export const TIB = 1024 * GIB;
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The emulator's own limit, the same on every cloud. */
export const MAX_STORED_BYTES = 256 * MIB;

/** Four numbers and dots. */
export const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

export const ANYTHING: NameRule = { must: /^/, rule: "anything" };

const tagText = (min: number, max: number, rule: string): NameRule => ({
  must: new RegExp(`^[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]{${min},${max}}$`, "u"),
  rule: `${rule} of letters, digits, spaces and _ . : / = + - @`,
});

/** Tags of up to 128 and 256 characters. */
export const LETTER_TAG: TagRule = { name: tagText(1, 128, "1 to 128"), value: tagText(0, 256, "at most 256") };
