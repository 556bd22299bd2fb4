import { Sandbox } from "./sandbox";
import { SeedSweep } from "./seeds.svelte";

/** One for each core, as long as the page's own threads keep one. */
const SIDE_BY_SIDE = Math.min(3, Math.max(1, navigator.hardwareConcurrency || 1));

/** The page's sweep: sandboxes of its own, so that a run on the page does not get in its way. */
export const sweep = new SeedSweep({
  compiler: async () => (await import("./compiler")).compiler,
  runners: async () => {
    const sandboxes = Array.from({ length: SIDE_BY_SIDE }, () => new Sandbox());
    await Promise.all(sandboxes.map((sandbox) => sandbox.start()));
    return sandboxes;
  },
});
