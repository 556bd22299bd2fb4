/** Runs the examples as `npm run play` would and prints, as JSON, what came of each. Bundled by run.mjs, since its threads run from one file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { compile } from "../../worker/compiler/compile";
import type { FaultRule } from "../../worker/emulator/run/faults";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { openProgram } from "../../worker/play/files";
import { serveProgram } from "../../worker/play/program-thread";
import { all } from "../../worker/play/report";
import { play } from "../../worker/play/run";
import type { RunSettings } from "../../worker/protocol";

/** One run of one example. */
export interface ExampleRun {
  readonly example: string;
  readonly cloud: RunSettings["cloud"];
  readonly seed: string;
  readonly reason: string;
  readonly digest: string | undefined;
  /** What went wrong, when it did not complete. */
  readonly message: string;
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly detail: unknown }[];
  readonly console: readonly string[];
  readonly calls: number;
}

const CLOUDS = ["aws", "azure", "gcp"] as const;
const SEED = DEFAULT_SETTINGS.seed;
/** Any other: an example must not hang on the luck of the first. */
const OTHER_SEED = "another seed";
const folder = "public/examples";

async function run(example: string, settings: RunSettings): Promise<ExampleRun> {
  const { source, entry } = openProgram(join(folder, example));
  const compiled = compile(source, entry);
  const about = { example, cloud: settings.cloud, seed: settings.seed };
  if ("problem" in compiled) {
    const { file, line, message } = compiled.problem;
    const where = `${file}:${line ?? 1}: ${message}`;
    return { ...about, reason: "not compiled", digest: undefined, message: where, checks: [], console: [], calls: 0 };
  }
  // Whether a program answers is a matter of real time: where the machine had no time for it, it gets another chance.
  let { end, reader } = await play(compiled.program, settings, () => undefined);
  for (let more = 2; end.reason === "hung" && more > 0; more--)
    ({ end, reader } = await play(compiled.program, settings, () => undefined));
  const { error } = end;
  return {
    ...about,
    reason: end.reason,
    digest: end.digest,
    message: [end.message, error?.message, ...(error?.frames ?? []).map((it) => `${it.file}:${it.line}`)]
      .join(" ")
      .trim(),
    checks: all(reader, "check", (id) => reader.checkAt(id)),
    console: all(reader, "console", (id) => reader.consoleAt(id).text),
    calls: end.calls,
  };
}

/**
 * Runs the examples (or those named) on every cloud, twice with the default seed and once with the other; on one cloud, another for each example,
 * twice with the other as well.
 */
async function runAll(names: readonly string[]): Promise<ExampleRun[]> {
  const listed = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { id: string; faults?: FaultRule[] }[];
  const examples = names.length > 0 ? names : listed.map((it) => it.id);
  const settings = examples.flatMap((example, i) =>
    CLOUDS.flatMap((cloud, j) => {
      const seeds = [SEED, SEED, OTHER_SEED, ...(i % CLOUDS.length === j ? [OTHER_SEED] : [])];
      const { faults = [] } = listed.find((it) => it.id === example) ?? {};
      return seeds.map((seed) => [example, { ...DEFAULT_SETTINGS, cloud, seed, faults }] as const);
    }),
  );
  // As many at a time as the machines have cores.
  const runs: ExampleRun[] = [];
  const waiting = settings.entries();
  const worker = async (): Promise<void> => {
    for (const [i, [example, one]] of waiting) runs[i] = await run(example, one);
  };
  await Promise.all([worker(), worker()]);
  return runs;
}

if (isMainThread) process.stdout.write(JSON.stringify(await runAll(process.argv.slice(2))));
else serveProgram();
