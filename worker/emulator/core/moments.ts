/** Taken while it is the platform's own: the one that programs get, which keeps to the run's clock, does more to make a date. */
const NativeDate = Date;

/** A date of its own, where many are made. */
export const dateAt = (ms: number): Date => new NativeDate(ms);
