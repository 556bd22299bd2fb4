import type { CloudName } from "../../worker/emulator/core/error-codes";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { whenIdle } from "../ui/idle";
import { EMPTY_CLOUD, sameChoice, settingsFrom, type BaseChoice } from "../run/base";
import { CLOUDS } from "../run/settings";
import { type Rehearsal, RunStore } from "../run/run-store.svelte";
import type { Run } from "../run/run.svelte";
import { Drafts } from "./drafts.svelte";
import { Layout } from "./layout.svelte";
import { toDraft } from "./programs";
import { Verdict } from "./verdict.svelte";
import { Workspace } from "./workspace.svelte";

/** The page's state, made once. Components read it; whoever needs other parts (a test) makes its own. */
export const workspace = new Workspace();
export const layout = new Layout();
export const drafts = new Drafts(async () => (await import("./draft-keeper")).openKeeper());

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

/** Until it is asked again whether a run goes on. */
const BUSY_MS = 200;

/** Fetches and starts what a run needs, so that the first one is as quick as the next. A failure is told to whoever presses Run. */
export async function warmUp(): Promise<void> {
  const [compiler] = await Promise.all([import("../run/compiler"), workspace.opened]);
  // The first example needs neither the compiler nor most services. Whoever runs it as it is does not wait for them.
  const isFirst = compiler.isCompiledAhead(workspace.files) && lanes().length === 1;
  const start = (which: "first" | "all"): Promise<unknown> =>
    Promise.all(lanes().map(async (_, lane) => (await loadSandbox(lane)).start(which)));
  const rest = async (): Promise<void> => {
    compiler.startCompiler();
    await start("all");
  };
  // Nor has whoever pressed Run meanwhile to share the line with them.
  const restWhenFree = (): void => {
    whenIdle(async () => {
      if (runs.busy) setTimeout(restWhenFree, BUSY_MS);
      else await rest().catch(() => undefined);
    });
  };
  await Promise.all([loadRun(), isFirst ? start("first") : rest()])
    .then(() => isFirst && restWhenFree())
    .catch(() => undefined);
}

/** What is on the screen now, as a run takes it. */
function program(base: CloudSnapshot | undefined) {
  const { files, settings, title } = workspace;
  return [files, settingsFrom(settings, base), { title, ...(base && { base }) }, lanes()] as const;
}

interface Start {
  readonly choice: BaseChoice;
  readonly base?: CloudSnapshot;
}

/** What the last run started from that was asked for; those that nobody asked for start there too, and never from what one of them left. */
let lastStart: Start = { choice: EMPTY_CLOUD };

/** What a run starts from now; undefined when that is missing, which the workspace then says. */
async function nextStart(): Promise<Start | undefined> {
  const { base: choice } = workspace;
  if (choice.kind === "empty") return { choice };
  const { nextBase } = await import("./starting.svelte");
  const found = await nextBase(choice);
  workspace.baseProblem = "problem" in found ? found.problem : undefined;
  return "problem" in found ? undefined : { choice, ...found };
}

/** Runs what is on the screen now. */
export async function run(): Promise<void> {
  await workspace.opened;
  const start = await nextStart();
  if (start === undefined) return;
  lastStart = start;
  if (layout.narrow && layout.onEditor) layout.show("console");
  const { settings } = workspace;
  const draft = workspace.edited || workspace.origin.kind === "draft" ? toDraft(workspace) : undefined;
  workspace.wasRun = true;
  await runs.start(...program(start.base));
  if (!layout.embedded)
    whenIdle(async () => (await import("./keeping.svelte")).keepAfter(runs.on(settings.cloud), draft));
  // Printing cannot wait for code to arrive. Without it, the page prints as it stands.
  whenIdle(() => import("../print/print").then((it) => it.preparePrinting()).catch(() => undefined));
  // A link tells of one cloud's recording, also when it asks for all of them.
  await verdict.reach(runs.on(settings.cloud), workspace.origin);
}

/** As {@link run}, on all clouds at once from now on. */
export function runAll(): Promise<void> {
  layout.chooseSideBySide(true);
  return run();
}

/** What is on the screen now, for runs that show nowhere; undefined when the cloud it starts from is missing. */
export async function quietly() {
  const start = await nextStart();
  if (start === undefined) return undefined;
  const [files, settings, options] = program(start.base);
  return { files, settings, options };
}

/** Runs what is on the screen now behind what is shown, which stays where it is. */
export function rehearse(): Rehearsal | undefined {
  const { base } = workspace;
  if (base.kind === "empty") return runs.rehearse(...program(undefined));
  return sameChoice(base, lastStart.choice) ? runs.rehearse(...program(lastStart.base)) : undefined;
}

export async function showRehearsed(lanes: readonly Run[]): Promise<void> {
  const { settings } = workspace;
  runs.showLanes(lanes, settings);
  await verdict.reach(runs.on(settings.cloud), workspace.origin);
}
