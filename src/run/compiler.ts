import { wrap } from "comlink";
import type { Remote } from "comlink";
import firstProgram from "virtual:first-program";
import type { CompiledProgram, CompileResult, Compiler, ProgramFiles } from "../../worker/protocol";
import { HELLO_CLOUD } from "../examples";
import { remembering, sameFiles } from "./remembering";

interface Started {
  readonly remote: Remote<Compiler>;
  /** Rejects when the worker fails; comlink alone would wait for ever. */
  readonly failed: Promise<never>;
  readonly stop: () => void;
}

let started: Started | undefined;

function start(): Started {
  const worker = new Worker(new URL("../../worker/compiler/worker.ts", import.meta.url), {
    type: "module",
    name: "compiler",
  });
  const stop = (): void => {
    worker.terminate();
    started = undefined;
  };
  const failed = new Promise<never>((_resolve, reject) => {
    worker.onerror = ({ message }) => {
      stop();
      reject(
        new Error(`The compiler failed${message ? `: ${message}` : " to load"}. Check the connection and run again.`),
      );
    };
  });
  // Nobody may be waiting when it fails.
  failed.catch(() => undefined);
  return { remote: wrap<Compiler>(worker), failed, stop };
}

/** Real programs take milliseconds; the parser can be made to take for ever. */
const deadlineMs = 15_000;

const tooSlow: CompileResult = {
  problem: {
    file: "main.ts",
    message: `The program could not be compiled within ${deadlineMs / 1000} s. Is something nested very deeply, such as functions in default values?`,
  },
};

/** Whoever runs the first example as it is does not wait for the compiler: that would be a third of all that a first run has to load. */
export const isCompiledAhead = (files: ProgramFiles): boolean => sameFiles(files, HELLO_CLOUD);

/** Whether it is the first example, and not another program of the same text. */
export const isFirstProgram = (program: CompiledProgram): boolean => program === firstProgram;

/** Starts the worker, if it does not run yet. */
export function startCompiler(): void {
  started ??= start();
}

/** The compiler in its worker, which starts with the first program and again after a failure. */
const inWorker: Compiler = {
  async compile(files: ProgramFiles): Promise<CompileResult> {
    const { remote, failed, stop } = (started ??= start());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<CompileResult>((resolve) => {
      timer = setTimeout(() => {
        stop();
        resolve(tooSlow);
      }, deadlineMs);
    });
    try {
      return await Promise.race([remote.compile(files), failed, deadline]);
    } finally {
      clearTimeout(timer);
    }
  },
};

export const compiler = remembering(inWorker, {
  files: HELLO_CLOUD,
  result: { program: firstProgram as CompiledProgram },
});
