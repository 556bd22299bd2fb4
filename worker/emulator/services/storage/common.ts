import { MIB } from "../../core/units";

/** The emulator's own limit, the same on every cloud. */
export const MAX_STORED_BYTES = 256 * MIB;

/** Four numbers and dots. */
export const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
