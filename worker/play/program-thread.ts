import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { GateToProgram } from "../protocol";
import { Session, type Platform } from "../sandbox/program/session";

/** What the command gives the thread. */
export interface ThreadData {
  /** An empty folder, where modules are written for Node to import; the command removes it. */
  readonly folder: string;
}

export const isThreadData = (data: unknown): data is ThreadData =>
  typeof data === "object" && data !== null && "folder" in data && typeof data.folder === "string";

const { setTimeout } = globalThis;

/** The program's side, in a worker thread: the same session, loader and globals as in the page's program worker. */
export function serveProgram(): void {
  const line = parentPort;
  if (!line) throw new Error("This thread has nobody to talk to.");
  const { folder } = workerData as ThreadData;
  let minted = 0;
  const platform: Platform = {
    modules: {
      mint(text) {
        const path = join(folder, `${minted++}.mjs`);
        writeFileSync(path, text);
        return pathToFileURL(path).href;
      },
      import: (url) => import(/* @vite-ignore */ url) as Promise<Readonly<Record<string, unknown>>>,
    },
    rejections: {
      onRejected: (fn) => process.on("unhandledRejection", (reason, promise) => fn(promise, reason)),
      onHandled: (fn) => process.on("rejectionHandled", fn),
    },
    onUncaught: (fn) => process.on("uncaughtException", fn),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    post: (message, transfer) => line.postMessage(message, transfer as ArrayBuffer[]),
  };
  const session = new Session(platform);
  line.on("message", (message: GateToProgram) => session.receive(message));
}
