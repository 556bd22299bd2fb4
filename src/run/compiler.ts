import { wrap } from "comlink";
import type { Remote } from "comlink";
import type { CompileResult, Compiler, ProgramFiles } from "../../worker/protocol";

interface Started {
  readonly remote: Remote<Compiler>;
  /** Rejects when the worker fails; comlink alone would wait for ever. */
  readonly failed: Promise<never>;
}

let started: Started | undefined;

function start(): Started {
  const worker = new Worker(new URL("../../worker/compiler/worker.ts", import.meta.url), {
    type: "module",
    name: "compiler",
  });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.onerror = ({ message }) => {
      worker.terminate();
      started = undefined;
      reject(
        new Error(`The compiler failed${message ? `: ${message}` : " to load"}. Check the connection and run again.`),
      );
    };
  });
  // Nobody may be waiting when it fails.
  failed.catch(() => undefined);
  return { remote: wrap<Compiler>(worker), failed };
}

/** The compiler in its worker, which starts with the first program and again after a failure. */
export const compiler: Compiler = {
  compile(files: ProgramFiles): Promise<CompileResult> {
    const { remote, failed } = (started ??= start());
    return Promise.race([remote.compile(files), failed]);
  },
};
