import type { Draft, Vault } from "../../worker/protocol";
import { readPreference, writePreference } from "./preferences";

const PENDING = "pending-draft";
const WAIT_MS = 400;

/** A vault that answers later, so that neither its worker nor comlink is loaded before it is needed. */
type OpenVault = () => Promise<Vault>;

/**
 * Keeps what a person typed. Changes go to the vault once typing pauses; because a worker dies with its page, what the vault has not
 * confirmed when the page goes away is left in localStorage too, and taken from there on the next visit.
 */
export class Drafts {
  /** Why nothing can be kept on this machine; undefined while all is well. */
  trouble = $state<string | undefined>();
  /** Grows with every change of the list of drafts. */
  version = $state(0);
  #dirty: Draft | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly vault: OpenVault,
    private readonly waitMs = WAIT_MS,
  ) {}

  /** To be called with the whole draft after each change. */
  keep(draft: Draft): void {
    this.#dirty = draft;
    this.#timer ??= setTimeout(() => void this.flush(), this.waitMs);
  }

  /** Saves what is not saved yet; resolves when the vault has it, or has refused. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save(): Promise<void> {
    const draft = this.#dirty;
    if (draft === undefined) return;
    try {
      await (await this.vault()).saveDraft(draft);
      this.trouble = undefined;
      this.version++;
      if (this.#dirty !== draft) return;
      this.#dirty = undefined;
      writePreference(PENDING, undefined);
    } catch (cause) {
      this.trouble = `Your changes are not being saved on this device (${reasonOf(cause)}). Use Share to keep them.`;
    }
  }

  /** For the last moment of the page: keeps at once what the vault may not get around to. */
  leave(): void {
    if (this.#dirty === undefined) return;
    writePreference(PENDING, JSON.stringify(this.#dirty));
    void this.flush();
  }

  /** The draft with this id, or the latest one. */
  async load(id?: string): Promise<Draft | undefined> {
    try {
      const vault = await this.vault();
      const left = readPending();
      if (left !== undefined) {
        await vault.saveDraft(left);
        writePreference(PENDING, undefined);
      }
      const wanted = id ?? (await vault.listDrafts())[0]?.id;
      return wanted === undefined ? undefined : await vault.loadDraft(wanted);
    } catch (cause) {
      this.trouble = `What you type cannot be saved on this device (${reasonOf(cause)}). Everything else works; use Share to keep it.`;
      const left = readPending();
      return id === undefined || left?.id === id ? left : undefined;
    }
  }

  async list(): Promise<readonly Omit<Draft, "files">[]> {
    try {
      return await (await this.vault()).listDrafts();
    } catch {
      return [];
    }
  }

  async delete(id: string): Promise<void> {
    if (this.#dirty?.id === id) this.#dirty = undefined;
    await this.#saving;
    await (await this.vault()).deleteDraft(id);
    this.version++;
  }
}

function readPending(): Draft | undefined {
  const text = readPreference(PENDING);
  if (text === undefined) return undefined;
  try {
    const draft = JSON.parse(text) as Draft;
    return typeof draft.id === "string" && typeof draft.files === "object" ? draft : undefined;
  } catch {
    return undefined;
  }
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && cause.message !== "" ? cause.message : String(cause);
