import { type FaultKind, type FaultRule, faultsProblem, MAX_FAULTS } from "../../../worker/emulator/run/faults";
import { readPreference, writePreference } from "../../app/preferences";
import type { Workspace } from "../../app/workspace.svelte";
import { type Entry, entriesOf, faultsOf, freeId, NEW_FAULTS, offOf, type OffRule } from "./rules";

/** Rules of one program that are switched off: no part of its settings, but not to be lost over a reload. */
const OFF = "faults-off";

/** The faults of the open program, those that are off included, and what can be done with them. */
export class FaultLab {
  /** Of the program with this id. */
  #off = $state.raw<{ readonly program: string; readonly rules: readonly OffRule[] }>(readOff());
  #deleted = $state.raw<{ readonly program: string; readonly entry: Entry; readonly index: number }>();

  constructor(private readonly workspace: Pick<Workspace, "id" | "settings" | "set">) {}

  readonly entries: readonly Entry[] = $derived.by(() => {
    const { program, rules } = this.#off;
    return entriesOf(this.workspace.settings.faults, program === this.workspace.id ? rules : []);
  });

  readonly isFull = $derived(this.entries.length >= MAX_FAULTS);

  /** The one deleted last, until something else is done. */
  get deleted(): Entry | undefined {
    return this.#deleted?.program === this.workspace.id ? this.#deleted.entry : undefined;
  }

  /** Adds faults at the end; answers the id of the first. */
  add(faults: readonly Omit<FaultRule, "id">[]): string | undefined {
    let entries = this.entries;
    for (const fault of faults) {
      if (entries.length < MAX_FAULTS) entries = [...entries, this.#named(fault, entries)];
    }
    const first = entries[this.entries.length]?.rule.id;
    this.#set(entries);
    return first;
  }

  addNew(kind: FaultKind): string | undefined {
    return this.add([NEW_FAULTS[kind]]);
  }

  change(id: string, change: Partial<Omit<FaultRule, "id" | "kind">>): void {
    this.#set(this.entries.map((it) => (it.rule.id === id ? { ...it, rule: { ...it.rule, ...change } } : it)));
  }

  /** What is not an error has no code. */
  setCode(id: string, code: FaultRule["code"]): void {
    this.#set(
      this.entries.map((it) => {
        if (it.rule.id !== id) return it;
        const { code: _, ...rule } = it.rule;
        return { ...it, rule: { ...rule, ...(code !== undefined && { code }) } };
      }),
    );
  }

  toggle(id: string): void {
    this.#set(this.entries.map((it) => (it.rule.id === id ? { ...it, on: !it.on } : it)));
  }

  duplicate(id: string): string | undefined {
    const index = this.entries.findIndex((it) => it.rule.id === id);
    const original = this.entries[index];
    if (original === undefined || this.isFull) return undefined;
    const { id: _, ...fault } = original.rule;
    const copy = { ...this.#named(fault, this.entries), on: original.on };
    this.#set(this.entries.toSpliced(index + 1, 0, copy));
    return copy.rule.id;
  }

  delete(id: string): void {
    const index = this.entries.findIndex((it) => it.rule.id === id);
    const entry = this.entries[index];
    if (entry === undefined) return;
    this.#set(this.entries.toSpliced(index, 1));
    this.#deleted = { program: this.workspace.id, entry, index };
  }

  undo(): void {
    if (this.deleted === undefined || this.#deleted === undefined) return;
    this.#set(this.entries.toSpliced(this.#deleted.index, 0, this.#deleted.entry));
  }

  #named(fault: Omit<FaultRule, "id">, entries: readonly Entry[]): Entry {
    return { rule: { id: freeId(fault.kind, entries), ...fault }, on: true };
  }

  #set(entries: readonly Entry[]): void {
    this.#deleted = undefined;
    this.#off = { program: this.workspace.id, rules: offOf(entries) };
    writePreference(OFF, this.#off.rules.length === 0 ? undefined : JSON.stringify(this.#off));
    const faults = faultsOf(entries);
    if (JSON.stringify(faults) !== JSON.stringify(this.workspace.settings.faults)) this.workspace.set({ faults });
  }
}

function readOff(): { readonly program: string; readonly rules: readonly OffRule[] } {
  const none = { program: "", rules: [] };
  try {
    const kept = JSON.parse(readPreference(OFF) ?? "null") as { program: unknown; rules: unknown } | null;
    if (kept === null || typeof kept.program !== "string" || !Array.isArray(kept.rules)) return none;
    const rules = kept.rules as readonly OffRule[];
    const isSound =
      faultsProblem(rules.map((it) => it.rule)) === undefined && rules.every((it) => Number.isInteger(it.index));
    return isSound ? { program: kept.program, rules } : none;
  } catch {
    return none;
  }
}
