const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths in which people count time, from a second on. */
const LONG_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((it) => it * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((it) => it * MINUTE),
  ...[1, 2, 3, 6, 12].map((it) => it * HOUR),
  DAY,
];

/** The least round number that is not below `least`: 1, 2 or 5 times a power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((it) => it * power >= least * (1 - 1e-9)) as number) * power;
}

/** As {@link roundStep}, for milliseconds. */
export function timeStep(least: number): number {
  if (least > DAY) return roundStep(least / DAY) * DAY;
  if (least <= SECOND / 2) return roundStep(least);
  return LONG_STEPS.find((it) => it >= least) ?? DAY;
}

/** All multiples of a step from `from` to `to`. */
export function ticksBetween(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** A point in a run as short as a step lets it be: `250 ms`, `1.25 s`, `2:05`, `1 h 30 min`, `1:02:05`, `3 d 4 h`. */
export function tickText(ms: number, step: number): string {
  if (ms === 0) return "0";
  if (ms < SECOND && step < SECOND) return `${ms.toFixed(decimalsOf(step))} ms`;
  const decimals = step < SECOND ? decimalsOf(step / SECOND) : 0;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(decimals)} s`;
  const minutes = Math.floor(ms / MINUTE) % 60;
  const hours = Math.floor(ms / HOUR) % 24;
  const days = Math.floor(ms / DAY);
  if (step >= MINUTE) return wholeUnits(days, hours, minutes);
  const seconds = secondsText((ms % MINUTE) / SECOND, decimals);
  if (ms < HOUR) return `${minutes}:${seconds}`;
  return `${days > 0 ? `${days} d ` : ""}${hours}:${two(minutes)}:${seconds}`;
}

function wholeUnits(days: number, hours: number, minutes: number): string {
  const parts = [days > 0 ? `${days} d` : "", hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : ""];
  return parts.filter((it) => it !== "").join(" ");
}

const secondsText = (value: number, decimals: number): string => {
  const text = value.toFixed(decimals);
  return text.indexOf(".") === 1 || text.length === 1 ? `0${text}` : text;
};

/** Digits behind the point that tell multiples of a step apart. */
const decimalsOf = (step: number): number => Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
