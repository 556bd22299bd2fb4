import { compile } from "../compiler/compile";
import { jsonText } from "../emulator/features/recording/json-lines";
import type { CompileProblem, CompiledProgram, RunSettings } from "../protocol";
import { BadArguments, USAGE, readArguments, type PlayArguments } from "./arguments";
import { openProgram } from "./files";
import { ConsolePrinter, describeChecks, describeEnd, describeProblem, failedChecks } from "./print";
import { problemReport, report, type Report } from "./report";
import { play } from "./run";

/** Runs one command line; answers the exit status. */
export async function runCommand(args: readonly string[]): Promise<0 | 1 | 2> {
  let wanted: PlayArguments;
  let result: ReturnType<typeof compile>;
  try {
    wanted = readArguments(args);
    const { source, entry } = openProgram(wanted.path);
    result = compile(source, entry);
  } catch (error) {
    if (!(error instanceof BadArguments)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  return "problem" in result ? refuse(result.problem, wanted) : run(result.program, wanted);
}

function refuse(problem: CompileProblem, { all, json, settings }: PlayArguments): 1 {
  if (json)
    printJson(
      settings.map(() => problemReport(problem)),
      settings,
      all,
    );
  else process.stderr.write(`${describeProblem(problem)}\n`);
  return 1;
}

async function run(program: CompiledProgram, { settings, all, json }: PlayArguments): Promise<0 | 1> {
  const reports: Report[] = [];
  let status: 0 | 1 = 0;
  for (const one of settings) {
    if (all && !json) process.stdout.write(`--- ${one.cloud} ---\n`);
    const printer = new ConsolePrinter();
    const played = await play(program, one, (reader) => json || printer.print(reader));
    if (played.end.reason !== "completed" || failedChecks(played.reader).length > 0) status = 1;
    if (json) reports.push(report(played));
    else process.stderr.write(`${describeEnd(played.end)}${describeChecks(played.reader)}`);
  }
  if (json) printJson(reports, settings, all);
  return status;
}

function printJson(reports: readonly Report[], settings: readonly RunSettings[], all: boolean): void {
  const byCloud = Object.fromEntries(settings.map(({ cloud }, index) => [cloud, reports[index]]));
  process.stdout.write(`${jsonText(all ? byCloud : reports[0])}\n`);
}
