import type { CompiledProgram } from "../../worker/protocol";
import { isFirstProgram } from "./compiler";
import type { RunOptions } from "./run.svelte";
import { Sandbox } from "./sandbox";

const shared: Sandbox[] = [];

const first = {
  load: async () => (await import("./first-code")).firstCode,
  // A cloud that it starts from may have any service.
  suits: (program: CompiledProgram, { base }: RunOptions): boolean => base === undefined && isFirstProgram(program),
};

/** The page's sandbox for a lane, made when it is first asked for. All frames of a site share a process, but each lane has threads of its own. */
export function sandbox(lane = 0): Sandbox {
  return (shared[lane] ??= lane === 0 ? new Sandbox(undefined, first) : new Sandbox());
}
