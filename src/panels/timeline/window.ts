/** The part of an axis that is on the screen. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Zooms by a factor (above 1: closer) around a point that stays where it is; never beyond 0 to `end`, never below `least`. */
export function zoomed(window: Window, factor: number, around: number, end: number, least: number): Window {
  const length = Math.min(end, Math.max(least, (window.to - window.from) / factor));
  const share = window.to === window.from ? 0.5 : (around - window.from) / (window.to - window.from);
  return within({ from: around - share * length, to: around + (1 - share) * length }, end);
}

/** Moves by a distance, and stops at either end. */
export function moved(window: Window, by: number, end: number): Window {
  return within({ from: window.from + by, to: window.to + by }, end);
}

/** Of the same length, within 0 to `end`. */
export function within({ from, to }: Window, end: number): Window {
  const length = Math.min(end, to - from);
  const start = Math.min(Math.max(0, from), end - length);
  return { from: start, to: start + length };
}

/** Moves as little as needed to hold a stretch, and zooms out only if it is longer. */
export function revealing(window: Window, from: number, to: number, end: number): Window {
  if (from >= window.from && to <= window.to) return window;
  const length = Math.max(window.to - window.from, (to - from) * 1.1);
  return within({ from: (from + to - length) / 2, to: (from + to + length) / 2 }, end);
}
