import type { Draft } from "../../worker/protocol";
import { preferenceNames, readPreference, writePreference } from "./preferences";

/** Before each tab had names of its own, it was a name itself. */
const PREFIX = "pending-draft";

interface Pending {
  readonly draft: Draft;
  readonly since?: number;
}

/** What the vault does not have yet, and the states in the vault that this tab's texts were made from. */
export class UnsavedDrafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #since = new Map<string, number>();
  /** Several tabs may go at once: each leaves things in places of its own. */
  readonly #tab = Math.random().toString(36).slice(2);

  get all(): readonly Draft[] {
    return [...this.#drafts.values()];
  }

  get(id: string): Draft | undefined {
    return this.#drafts.get(id);
  }

  set(draft: Draft): void {
    this.#drafts.set(draft.id, draft);
  }

  /** The `savedAt` of the state in the vault that this tab knows. */
  since(id: string): number | undefined {
    return this.#since.get(id);
  }

  /** The vault has this state, and this tab knows it. */
  know({ id, savedAt }: Pick<Draft, "id" | "savedAt">): void {
    this.#since.set(id, savedAt);
  }

  /** The vault has this draft; what was typed later is still to be saved. */
  saved(draft: Draft): void {
    if (this.get(draft.id) !== draft) return;
    this.#drafts.delete(draft.id);
    writePreference(this.#nameOf(draft), undefined);
  }

  forget(id: string): void {
    this.#drafts.delete(id);
    this.#since.delete(id);
    writePreference(this.#nameOf({ id }), undefined);
  }

  /** Leaves everything in localStorage. */
  leave(): void {
    for (const draft of this.#drafts.values()) {
      const pending: Pending = { draft, since: this.since(draft.id) };
      writePreference(this.#nameOf(draft), JSON.stringify(pending));
    }
  }

  /** Takes over what pages before this one left, and answers whether there was anything. It stays there until it is saved, now as this tab's. */
  adopt(): boolean {
    const names = preferenceNames(PREFIX).filter((name) => !name.startsWith(`${PREFIX}.${this.#tab}.`));
    for (const name of names) {
      const pending = parse(readPreference(name));
      if (pending === undefined) continue;
      this.set(pending.draft);
      if (pending.since !== undefined) this.#since.set(pending.draft.id, pending.since);
    }
    this.leave();
    for (const name of names) writePreference(name, undefined);
    return names.length > 0;
  }

  #nameOf({ id }: Pick<Draft, "id">): string {
    return `${PREFIX}.${this.#tab}.${id}`;
  }
}

function parse(text: string | undefined): Pending | undefined {
  try {
    const value = JSON.parse(text ?? "null") as Partial<Pending & Draft> | null;
    // A page from before this one left the draft alone.
    const pending = (value?.draft === undefined ? { draft: value } : value) as Pending;
    return typeof pending.draft.id === "string" && typeof pending.draft.files === "object" ? pending : undefined;
  } catch {
    return undefined;
  }
}
