import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import type { Draft, DraftBase } from "../../worker/protocol";
import type { Example } from "../examples";
import type { BaseChoice } from "../run/base";
import type { SharedRun } from "../share/shared-run";
import { ENTRY } from "./files";
import type { OpenedProgram, Workspace } from "./workspace.svelte";

/** For a draft that does not exist yet. `crypto.randomUUID` is missing on sites without https. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** On the cloud that is chosen now. */
export function fromExample(
  example: Pick<Example, "id" | "title" | "files" | "faults">,
  cloud = DEFAULT_SETTINGS.cloud,
): OpenedProgram {
  const { id, title, files, faults = [] } = example;
  const settings = { ...DEFAULT_SETTINGS, cloud, faults };
  return { id: newId(), title, files, settings, origin: { kind: "example", id } };
}

export function fromShared(run: SharedRun): OpenedProgram {
  const { files, settings, base: snapshot } = run;
  const base = snapshot && { kind: "held" as const, id: newId(), name: "Cloud from a link", snapshot };
  return { id: newId(), title: "From a link", files, settings, origin: { kind: "link", run }, ...(base && { base }) };
}

export function fromDraft(draft: Draft): OpenedProgram {
  const { id, title, files, settings, base } = draft;
  return {
    id,
    title,
    files,
    // A draft from before a setting existed has none of it.
    settings: { ...DEFAULT_SETTINGS, ...settings },
    origin: { kind: "draft" },
    ...(base && { base }),
  };
}

export function empty(cloud = DEFAULT_SETTINGS.cloud): OpenedProgram {
  const files = { [ENTRY]: 'import { cloud, Bucket } from "tabcloud";\n\n' };
  return {
    id: newId(),
    title: "My program",
    files,
    settings: { ...DEFAULT_SETTINGS, cloud },
    origin: { kind: "draft" },
  };
}

export function toDraft(workspace: Workspace): Draft {
  const { id, title, files, settings, base } = workspace;
  return { id, title, files, settings, savedAt: Date.now(), ...draftBase(base) };
}

function draftBase(base: BaseChoice): { base?: DraftBase } {
  if (base.kind === "empty") return {};
  return { base: base.kind === "held" ? { kind: "kept", id: base.id, name: base.name } : base };
}
