const MICROS_PER_MS = 1000;

/** A moment in microseconds since 1970, as Google writes it: `2026-04-01T12:00:00.000001Z`. */
export function microTime(micros: number): string {
  const ms = Math.floor(micros / MICROS_PER_MS);
  const rest = String(micros - ms * MICROS_PER_MS).padStart(3, "0");
  return new Date(ms).toISOString().replace("Z", `${rest}Z`);
}
