import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { BaseChoice } from "../run/base";
import { workspace } from "./app";
import { newId } from "./programs";

/** Lets the open program's runs start from a snapshot that is in memory; with the next change to the draft it is kept in the vault too. */
export function useAsBase(snapshot: CloudSnapshot, name: string): void {
  workspace.setBase(held(snapshot, name));
}

export const held = (snapshot: CloudSnapshot, name: string): BaseChoice => ({
  kind: "held",
  id: newId(),
  name,
  snapshot,
});

/** Where runs start, in a word or two. */
export function labelOf(base: BaseChoice): string {
  if (base.kind === "empty") return "empty cloud";
  return base.kind === "continue" ? "last run" : base.name;
}
