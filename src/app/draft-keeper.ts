import type { Draft, DraftVersion, Vault } from "../../worker/protocol";
import type { Fork } from "./drafts.svelte";
import { newId } from "./programs";
import { openVault } from "./vault";

/** What a tab tells the others; no `savedAt` when the draft was deleted. */
interface Change {
  readonly id: string;
  readonly savedAt?: number;
}

/** Speaks to the vault and to other tabs about drafts. Apart from `Drafts` because the first paint does not need it. */
export class DraftKeeper {
  /** Another tab changed or deleted a draft. */
  onchange: (id: string, savedAt: number | undefined) => void = () => undefined;
  /** By id, the states that this tab may have saved without hearing that it had. */
  readonly #tried = new Map<string, Set<number>>();

  constructor(
    private readonly vault: () => Promise<Vault>,
    private readonly tabs?: Pick<BroadcastChannel, "addEventListener" | "postMessage">,
  ) {
    tabs?.addEventListener("message", ({ data }: MessageEvent<Change>) => this.onchange(data.id, data.savedAt));
  }

  /** Saves a draft made from the state of `since`. Where another tab was quicker both are kept, this one as a copy. */
  async save(draft: Draft, since: number | undefined): Promise<Fork | undefined> {
    const vault = await this.vault();
    const tried = this.#tried.get(draft.id) ?? new Set();
    this.#tried.set(draft.id, tried.add(draft.savedAt));
    let other = await vault.saveDraft(draft, since);
    // Of what an older page left behind it is unknown what it was made from.
    const isBefore = ({ savedAt }: Draft): boolean =>
      tried.has(savedAt) || (since === undefined && savedAt < draft.savedAt);
    if (other !== undefined && isBefore(other)) other = await vault.saveDraft(draft, other.savedAt);
    this.#tried.delete(draft.id);
    if (other === undefined) {
      this.#tell(draft);
      return undefined;
    }
    const copy = { ...draft, id: newId(), title: `${draft.title.replace(/ \(this tab\)$/, "")} (this tab)` };
    await vault.saveDraft(copy);
    this.#tell(copy);
    return { copy, other: { id: other.id, title: other.title } };
  }

  /** The draft with this id, or the latest one. */
  async load(id?: string): Promise<Draft | undefined> {
    const vault = await this.vault();
    const wanted = id ?? (await vault.listDrafts())[0]?.id;
    return wanted === undefined ? undefined : vault.loadDraft(wanted);
  }

  async list(): Promise<readonly Omit<Draft, "files">[]> {
    return (await this.vault()).listDrafts();
  }

  async delete(id: string): Promise<void> {
    await (await this.vault()).deleteDraft(id);
    this.#tell({ id });
  }

  async keepVersion(draft: Draft): Promise<void> {
    await (await this.vault()).keepVersion(draft);
  }

  async versions(id: string): Promise<readonly DraftVersion[]> {
    return (await this.vault()).listVersions(id);
  }

  async loadVersion(id: string, savedAt: number): Promise<Draft | undefined> {
    return (await this.vault()).loadVersion(id, savedAt);
  }

  async restore(id: string, savedAt: number): Promise<Draft | undefined> {
    const draft = await (await this.vault()).restoreVersion(id, savedAt, Date.now());
    if (draft !== undefined) this.#tell(draft);
    return draft;
  }

  #tell({ id, savedAt }: Change): void {
    const change: Change = savedAt === undefined ? { id } : { id, savedAt };
    this.tabs?.postMessage(change);
  }
}

export const openKeeper = (): DraftKeeper =>
  new DraftKeeper(
    openVault,
    typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("tabcloud.drafts"),
  );
