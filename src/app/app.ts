import type { CloudName } from "../../worker/emulator/core/error-codes";
import { CLOUDS } from "../run/settings";
import { RunStore } from "../run/run-store.svelte";
import { Drafts } from "./drafts.svelte";
import { Layout } from "./layout.svelte";
import { openVault } from "./vault";
import { Verdict } from "./verdict.svelte";
import { Workspace } from "./workspace.svelte";

/** The page's state, made once. Components read it; whoever needs other parts (a test) makes its own. */
export const workspace = new Workspace();
export const layout = new Layout();
export const drafts = new Drafts(openVault);

const loadCompiler = async () => (await import("../run/compiler")).compiler;

const loadSandbox = async (lane: number) => (await import("../run/shared-sandbox")).sandbox(lane);

const loadRun = () => import("../run/run.svelte");

export const runs = new RunStore({
  newRun: async (...run) => new (await loadRun()).Run(...run),
  compiler: loadCompiler,
  runner: loadSandbox,
});

export const verdict = new Verdict();

/** The clouds that Run runs on. */
const lanes = (): readonly CloudName[] =>
  layout.sideBySide ? CLOUDS.map(({ name }) => name) : [workspace.settings.cloud];

/** Fetches and starts what a run needs, so that the first one is as quick as the next. A failure is told to whoever presses Run. */
export async function warmUp(): Promise<void> {
  await Promise.all([
    loadCompiler().then((compiler) => compiler.compile({ "main.ts": "" })),
    ...lanes().map(async (_, lane) => (await loadSandbox(lane)).start()),
    loadRun(),
  ]).catch(() => undefined);
}

/** Runs what is on the screen now. */
export async function run(): Promise<void> {
  if (layout.narrow && layout.onEditor) layout.show("console");
  const { settings } = workspace;
  await runs.start(workspace.files, settings, {}, lanes());
  // A link tells of one cloud's recording, also when it asks for all of them.
  await verdict.reach(runs.on(settings.cloud), workspace.origin);
}
