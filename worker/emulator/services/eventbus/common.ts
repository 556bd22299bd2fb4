import type { NameRule } from "../../core/service/name-rules";
import { DAY_MS, MIB, MINUTE_MS } from "../../core/units";
import { wholeSeconds } from "./event-record";

export { wholeSeconds };

/** Figures that all clouds have alike, or that are the emulator's own. */
export const SHARED = {
  maxDescriptionChars: 512,
  maxTags: 50,
  maxTargets: 5,
  strictTargets: false,
  maxInputChars: 8192,
  maxCallBytes: MIB,
  maxHistory: 1000,
  maxPageItems: 100,
  minEventAgeMs: MINUTE_MS,
  maxEventAgeMs: DAY_MS,
} as const;

/** Ids of targets, where the cloud's own targets have none. */
export const TARGET_ID: NameRule = { must: /^[A-Za-z0-9._-]{1,64}$/, rule: "1 to 64 of letters, digits, . _ and -" };
