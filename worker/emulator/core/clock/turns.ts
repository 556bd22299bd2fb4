import { isTimeHeld, onRelease } from "./holds";
import { macrotask } from "./macrotask";

/*
 * One queue for everything that waits for its turn, whatever clock it is on: turns are taken in the order they were asked for, one a macrotask,
 * none while time is held. A hold that ends sooner or later than last time can so never change the order.
 */

const queue: (() => void)[] = [];
const quietListeners = new Set<() => void>();
let armed = false;

/** Runs `turn` on a macrotask of its own, after every turn asked for before. */
export function nextTurn(turn: () => void): void {
  queue.push(turn);
  arm();
}

/** Calls `fn` on a macrotask each time that nobody waits for a turn any more and nothing holds time, until the answer is called. */
export function onQuiet(fn: () => void): () => void {
  quietListeners.add(fn);
  arm();
  return () => void quietListeners.delete(fn);
}

function arm(): void {
  if (armed || isTimeHeld() || (queue.length === 0 && quietListeners.size === 0)) return;
  armed = true;
  macrotask(takeTurn);
}

function takeTurn(): void {
  armed = false;
  if (isTimeHeld()) return;
  const turn = queue.shift();
  if (!turn) {
    for (const fn of quietListeners) fn();
    return;
  }
  try {
    turn();
  } finally {
    arm();
  }
}

onRelease(arm);
