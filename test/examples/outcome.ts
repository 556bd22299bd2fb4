import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExampleRun } from "./main";

const root = join(import.meta.dirname, "../..");

/** Runs the examples in a process of their own: their threads need a bundle, and a test runner's process must not be changed for them. */
export async function runExamples(...names: string[]): Promise<readonly ExampleRun[]> {
  const args = [join(import.meta.dirname, "run.mjs"), ...names];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(stdout) as ExampleRun[];
}

/** Digests by example and cloud, of runs with the default settings. */
export function digestsOf(runs: readonly ExampleRun[]): Record<string, Record<string, string>> {
  const digests: Record<string, Record<string, string>> = {};
  // The first run of each is with the default seed.
  for (const { example, cloud, digest } of runs) (digests[example] ??= {})[cloud] ??= digest ?? "none";
  return digests;
}
