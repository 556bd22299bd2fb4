/** The ways a platform can be asked for "soon, after the microtasks"; a sandbox deletes some of these before a program runs. */
interface Platform {
  setImmediate?: (fn: () => void) => unknown;
  scheduler?: { postTask?: (fn: () => void) => Promise<unknown> };
}

// Taken when the module loads, since a program worker loses these globals before its program starts.
function capture(platform: Platform): (fn: () => void) => void {
  const { setImmediate, scheduler } = platform;
  if (setImmediate) return (fn) => void setImmediate(fn);
  if (scheduler?.postTask) {
    const postTask = scheduler.postTask.bind(scheduler);
    return (fn) => void postTask(fn);
  }
  return overMessages(new MessageChannel());
}

function overMessages({ port1, port2 }: { port1: MessagePort; port2: MessagePort }): (fn: () => void) => void {
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (fn) => {
    waiting.push(fn);
    port2.postMessage(null);
  };
}

/**
 * Runs `fn` once all microtasks have drained, in the order of the calls. Never `setTimeout(0)`: nested, browsers make that 4 ms.
 */
export const macrotask = capture(globalThis as unknown as Platform);
