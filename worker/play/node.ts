/**
 * The emulator for Node as one file, `tabcloud-node.mjs`: what a program that was exported as a test runs on. The file is both sides: what the test calls, and the
 * worker thread that holds the emulator and the program.
 */
import { isMainThread, workerData } from "node:worker_threads";
import { compile } from "../compiler/compile";
import { sourceOf } from "../compiler/source";
import type { CloudSnapshot, NodePack } from "../emulator/run/cloud-snapshot";
import type { ProgramError, ProgramFiles, RunEnd, RunSettings } from "../protocol";
import { isThreadData, serveProgram } from "./program-thread";
import { all } from "./report";
import { play } from "./run";

export { version } from "../../package.json";

/** A snapshot as a test holds it: its bytes as base64. */
export interface TextSnapshot extends Omit<CloudSnapshot, "packs"> {
  readonly packs: readonly (Omit<NodePack, "bytes"> & { readonly bytes: string })[];
}

export interface NodeProgram {
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  /** The cloud it starts from; default: the empty one. */
  readonly base?: TextSnapshot;
}

/** What came of a run. */
export interface NodeRun {
  readonly reason: RunEnd["reason"] | "compile";
  readonly message: string;
  /** What the program threw, if it did. */
  readonly error?: Pick<ProgramError, "name" | "message" | "code">;
  /** Equal for two runs that recorded the same. */
  readonly digest?: string;
  /** Every call, as `aws storage.putObject -> OK`. */
  readonly calls: readonly string[];
  /** Every check, as `passed: two objects`. */
  readonly checks: readonly string[];
  readonly console: readonly string[];
}

/** Runs a program as the page does. */
export async function runProgram({ files, settings, base }: NodeProgram): Promise<NodeRun> {
  const result = compile(sourceOf(files));
  if ("problem" in result) {
    const { file, line = 1, column = 1, message } = result.problem;
    return { reason: "compile", message: `${file}:${line}:${column}: ${message}`, calls: [], checks: [], console: [] };
  }
  const { end, reader } = await play(result.program, settings, () => undefined, base && { base: fromText(base) });
  const { reason, message, error, digest } = end;
  return {
    reason,
    message,
    ...(error && { error: { name: error.name, message: error.message, ...(error.code && { code: error.code }) } }),
    ...(digest !== undefined && { digest }),
    calls: all(reader, "call", (id) => {
      const { instance, service, operation } = reader.signatureAt(id);
      return `${instance} ${service}.${operation} -> ${reader.errorCodeAt(id)}`;
    }),
    checks: all(reader, "check", (id) => {
      const { name, passed } = reader.checkAt(id);
      return `${passed ? "passed" : "failed"}: ${name}`;
    }),
    console: all(reader, "console", (id) => reader.consoleAt(id).text),
  };
}

const fromText = ({ packs, ...snapshot }: TextSnapshot): CloudSnapshot => ({
  ...snapshot,
  packs: packs.map((pack) => ({ ...pack, bytes: Uint8Array.from(Buffer.from(pack.bytes, "base64")) })),
});

// Tests may themselves run in threads.
if (!isMainThread && isThreadData(workerData)) serveProgram();
