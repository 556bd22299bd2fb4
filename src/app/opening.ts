import { VAULT_NAME } from "../../worker/protocol";
import helloCloud from "../examples/hello-cloud";
import { drafts, layout, workspace } from "./app";
import { readPreference, writePreference } from "./preferences";
import { fromDraft, fromExample, fromShared, toDraft } from "./programs";
import { shared } from "../share/shared.svelte";
import type { OpenedProgram } from "./workspace.svelte";

/** What was open last: `draft:<id>` or `example:<id>`. */
const OPEN = "open";
/** How long the page waits for a slow vault before it shows something else. */
const PATIENCE_MS = 1500;

/** Shows a program in place of the one on the screen, which is kept if anything was typed. */
export function open(program: OpenedProgram): void {
  void drafts.flush();
  workspace.open(program);
  layout.showEditor();
  // As its sharer saw it; what the reader chose for programs of their own stays as it is.
  if (program.origin.kind === "link") layout.sideBySide = program.origin.run.lanes === true;
  if (program.origin.kind === "example") remember(`example:${program.origin.id}`);
  if (program.origin.kind === "draft") remember(`draft:${program.id}`);
  if (program.origin.kind !== "link") forgetLink();
}

const remember = (program: string): void => writePreference(OPEN, program);

function forgetLink(): void {
  shared.problem = undefined;
  if (!layout.embedded && (location.hash !== "" || location.search !== ""))
    history.replaceState(null, "", location.pathname);
}

/** Decides what the page starts with: a link, what was open last, or the first example. */
export async function openFirst(): Promise<void> {
  const known = readPreference(OPEN);
  workspace.onedit = () => {
    if (layout.embedded) return;
    drafts.keep(toDraft(workspace));
    if (workspace.base.kind === "held") void import("./starting.svelte").then(({ secureBase }) => secureBase());
    remember(`draft:${workspace.id}`);
    // From here on the program is the person's own: a reload must show what they typed.
    if (location.hash !== "" || location.search !== "") forgetLink();
  };
  drafts.page = {
    open: () => workspace.id,
    take: (newer) => workspace.take(fromDraft(newer)),
    forked(from, copy) {
      if (workspace.id === from) workspace.becomes(copy);
      if (readPreference(OPEN) === `draft:${from}`) remember(`draft:${copy.id}`);
    },
    recovered() {
      if (workspace.generation === inPlace && !workspace.edited) void openLast(known);
    },
  };
  addEventListener("hashchange", () => void openAddress());
  const hasAddress = location.hash.length > 1 || location.search.length > 1;
  if (known === undefined && !hasAddress) workspace.open(fromExample(helloCloud));
  if (!layout.embedded) drafts.adopt();
  if (hasAddress && (await openAddress())) return;
  if (layout.embedded) workspace.open(fromExample(helloCloud));
  else await openLast(known);
}

/** Which opening was of the example that stands in for a draft which could not be loaded. */
let inPlace = -1;

async function openAddress(): Promise<boolean> {
  const { openShared } = await import("../share/open");
  const result = await openShared(new URL(location.href));
  if (result === undefined) return false;
  if ("problem" in result) {
    shared.problem = result.problem;
    return false;
  }
  shared.problem = undefined;
  open(fromShared(result.run));
  return true;
}

async function openLast(known: string | undefined): Promise<void> {
  const { generation } = workspace;
  const [kind, id] = known?.split(":") ?? [];
  // What was typed just before a reload is here at once.
  const unsaved = kind === "draft" && id !== undefined ? drafts.unsaved(id) : undefined;
  if (unsaved !== undefined && !workspace.edited) {
    workspace.open(fromDraft(unsaved));
    return;
  }
  const timer = setTimeout(() => {
    if (workspace.generation > 0) return;
    workspace.open(fromExample(helloCloud));
    inPlace = workspace.generation;
  }, PATIENCE_MS);
  const program = kind === "example" && id !== undefined ? await exampleProgram(id) : await draftProgram(id);
  clearTimeout(timer);
  // Whoever has typed meanwhile goes on with that.
  if (workspace.edited) return;
  if (program !== undefined) workspace.open(program);
  else if (workspace.generation === generation && generation === 0) {
    workspace.open(fromExample(helloCloud));
    inPlace = workspace.generation;
  }
}

/** A first visit need not fetch what looks into the vault. */
async function isAnythingKept(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === VAULT_NAME);
  } catch {
    // Where it cannot be asked, the vault itself tells.
    return true;
  }
}

async function exampleProgram(id: string): Promise<OpenedProgram | undefined> {
  if (id === helloCloud.id) return fromExample(helloCloud);
  const { loadExample } = await import("../examples");
  const example = await loadExample(id).catch(() => undefined);
  return example && fromExample(example);
}

async function draftProgram(id: string | undefined): Promise<OpenedProgram | undefined> {
  if (id === undefined && !(await isAnythingKept())) return undefined;
  const draft = (await drafts.load(id)) ?? (id === undefined ? undefined : await drafts.load());
  return draft && fromDraft(draft);
}
