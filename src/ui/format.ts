const NUMBER = new Intl.NumberFormat("en-US");

/** `1,234`. */
export const count = (value: number): string => NUMBER.format(value);

/** `queues`, `entries`, `buses`. */
export const pluralOf = (noun: string): string =>
  /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;

/** `1 call`, `2 calls`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

const digits = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const UNITS: readonly [name: string, ms: number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];

/** `0 ms`, `1.25 s`, `2 h 5 min`: at most two units. */
export function duration(ms: number): string {
  for (let i = 0; i < UNITS.length; i++) {
    const [name, size] = UNITS[i] as [string, number];
    if (ms < size) continue;
    const next = UNITS[i + 1];
    if (next === undefined) return `${trimZeros(digits(ms / size))} ${name}`;
    const whole = Math.floor(ms / size);
    const rest = Math.floor((ms - whole * size) / next[1]);
    return rest === 0 ? `${count(whole)} ${name}` : `${count(whole)} ${name} ${rest} ${next[0]}`;
  }
  return `${trimZeros(digits(ms))} ms`;
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** `812 B`, `1.2 KiB`, `3.4 MiB`. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const units = ["KiB", "MiB", "GiB"];
  let scaled = value / 1024;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${trimZeros(digits(scaled))} ${units[unit]}`;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `12:03:04.005`, in UTC: a run has no time zone of its own. */
export function timeOfDay(moment: number): string {
  const date = new Date(moment);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}.${String(date.getUTCMilliseconds()).padStart(3, "0")}`;
}

/** `2026-01-01 12:03:04.005`. */
export const moment = (ms: number): string => new Date(ms).toISOString().replace("T", " ").replace("Z", "");

/** `+1.25 s` after the start of the run. */
export const offset = (ms: number): string => `+${duration(ms)}`;

/** The first characters of a digest: enough to compare at a glance. */
export const shortDigest = (digest: string): string => digest.slice(0, 12);
