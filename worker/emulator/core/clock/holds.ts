/*
 * Virtual time may only move when nothing else can run. Whatever truly takes real time (a dynamic import, reading a Blob) therefore holds time
 * until it has settled; otherwise virtual time would race on meanwhile, differently on every machine.
 */

let holds = 0;
const waiting: (() => void)[] = [];
const listeners = new Set<() => void>();

/** Stops every clock that moves by itself, until the answer is called; calling it again does nothing. */
export function holdTime(): () => void {
  holds += 1;
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holds -= 1;
    if (holds === 0) released();
  };
}

/** Whether anything holds time now. */
export function isTimeHeld(): boolean {
  return holds > 0;
}

/** Calls `fn` once nothing holds time: at once, when nothing does. */
export function whenReleased(fn: () => void): void {
  if (holds === 0) fn();
  else waiting.push(fn);
}

/** Calls `fn` each time that the last hold lets go, until the answer is called. */
export function onRelease(fn: () => void): () => void {
  listeners.add(fn);
  return () => void listeners.delete(fn);
}

function released(): void {
  for (const fn of waiting.splice(0)) whenReleased(fn);
  for (const fn of listeners) fn();
}
