import { CloudError } from "../core/errors";
import { EDITION } from "../edition";
import * as library from "../library";
import { newAWS, newAzure, newGCP } from "../providers";
import { expectation } from "./expectation";
import type { Run } from "./run";

const MAX_CHECK_TEXT = 2000;

/** Every name of the module "tabcloud": the library as it is, and the run's own handles. Must match `program.ts`, its types. */
export function bindExports(run: Run): Readonly<Record<string, unknown>> {
  const accounts = { aws: newAWS(), azure: newAzure(), gcp: newGCP() };
  const check = (name: unknown, condition: unknown, detail?: unknown): boolean => {
    if (typeof name !== "string" || name === "")
      throw new CloudError("InvalidArgument", 'check(name, condition): name must be a text, for example "two objects"');
    const passed = Boolean(condition);
    run.check(name.slice(0, MAX_CHECK_TEXT), passed, detail);
    return passed;
  };
  return {
    ...library,
    ...EDITION.classes,
    ...accounts,
    cloud: accounts[run.settings.cloud],
    clock: run.clock,
    random: run.random.fork("program"),
    recorder: run.recorder,
    metrics: run.metrics,
    seed: run.settings.seed,
    check,
    expect: (recording: Parameters<typeof expectation>[0] = run.recorder) => expectation(recording, check),
  };
}
