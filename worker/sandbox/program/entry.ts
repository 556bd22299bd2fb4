/** The program's worker: emulator, virtual time and one program, in a classic worker whose realm is thrown away after the run. */
import type { GateToProgram, ProgramToGate } from "../../protocol";
import { Session, type Platform } from "./session";

/** The part of a worker's global that the page's types leave out. */
interface WorkerGlobal {
  readonly postMessage: (message: ProgramToGate, transfer: Transferable[]) => void;
  readonly setTimeout: (fn: () => void, ms: number) => number;
}

// Everything the run needs of the worker, taken while it is still there: all of it is gone from the global before the program starts.
const { postMessage, setTimeout } = globalThis as unknown as WorkerGlobal;
const listen = addEventListener.bind(globalThis);
const mint = URL.createObjectURL.bind(URL);
const text = { type: "text/javascript" };
const makeBlob = (code: string): Blob => new Blob([code], text);

interface RejectionEvent extends Event {
  readonly promise: Promise<unknown>;
  readonly reason: unknown;
}

/** Ours is the first listener and the last: nothing else in this realm hears of the event, and nothing made by the program passes for one. */
function own<E extends Event>(type: string, fn: (event: E) => void): void {
  listen(type, (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.isTrusted) fn(event as E);
  });
}

const platform: Platform = {
  modules: {
    mint: (code) => mint(makeBlob(code)),
    import: (url) => import(/* @vite-ignore */ url) as Promise<Readonly<Record<string, unknown>>>,
  },
  rejections: {
    onRejected: (fn) => own<RejectionEvent>("unhandledrejection", ({ promise, reason }) => fn(promise, reason)),
    onHandled: (fn) => own<RejectionEvent>("rejectionhandled", ({ promise }) => fn(promise)),
  },
  onUncaught: (fn) => own<ErrorEvent>("error", ({ error, message }) => fn(error ?? new Error(message))),
  // The events of rejected promises are tasks like this one, asked for earlier.
  wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  post: (message, transfer) => postMessage(message, [...transfer]),
};

const session = new Session(platform);
own<MessageEvent<GateToProgram>>("message", ({ data }) => session.receive(data));
