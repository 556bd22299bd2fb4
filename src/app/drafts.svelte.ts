import type { Draft, DraftVersion } from "../../worker/protocol";
import type { DraftKeeper } from "./draft-keeper";
import { UnsavedDrafts } from "./unsaved-drafts";

const WAIT_MS = 400;
/** After a failure, and then ever longer. */
const RETRY_MS = 4000;
const MOST_RETRY_MS = 10_000;

/** Two tabs changed one draft; both texts are kept. */
export interface Fork {
  /** What this tab's text is called from then on. */
  readonly copy: Pick<Draft, "id" | "title" | "savedAt">;
  /** The other tab's. */
  readonly other: Pick<Draft, "id" | "title">;
}

/** What drafts need to know of the page and tell it. */
export interface DraftPage {
  /** Id of the draft on the screen. */
  open(): string;
  /** Another tab saved newer text of the draft on the screen, and nothing is unsaved here. */
  take(newer: Draft): void;
  /** This tab's text goes on under another id and title. */
  forked(from: string, copy: Fork["copy"]): void;
  /** What could not be read can be read now. */
  recovered(): void;
}

/**
 * Keeps what a person typed. Changes go to the vault once typing pauses; because a worker dies with its page, what the vault has not
 * confirmed when the page goes away is left in localStorage too, and taken from there on the next visit. What cannot be saved stays here and is tried again.
 */
export class Drafts {
  /** Why nothing can be kept on this machine; undefined while all is well. */
  trouble = $state<string | undefined>();
  /** Why the end of the last run could not be kept. */
  endTrouble = $state<string | undefined>();
  /** Grows with every change of the list of drafts. */
  version = $state(0);
  /** The last time that two tabs' texts parted, until that has been read. */
  fork = $state.raw<Fork>();
  page: DraftPage | undefined;
  readonly #unsaved = new UnsavedDrafts();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_MS;
  #saving: Promise<void> = Promise.resolve();
  #keeper: Promise<DraftKeeper> | undefined;

  /** @param loadKeeper loads what speaks to the vault, when it is first needed */
  constructor(
    private readonly loadKeeper: () => Promise<DraftKeeper>,
    private readonly waitMs = WAIT_MS,
  ) {}

  /** To be called with the whole draft after each change. */
  keep(draft: Draft): void {
    this.#unsaved.set(draft);
    this.#later(this.waitMs);
  }

  /** Saves what is not saved yet; resolves when the vault has it, or has refused. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /** For the last moment of the page: keeps at once what the vault may not get around to. */
  leave(): void {
    if (this.#unsaved.all.length === 0) return;
    this.#unsaved.leave();
    void this.flush();
  }

  /** Takes over what could not be saved before a page went away. */
  adopt(): void {
    if (this.#unsaved.adopt()) this.#later(this.waitMs);
  }

  /** A draft that waits to be saved. */
  unsaved(id: string): Draft | undefined {
    return this.#unsaved.get(id);
  }

  /** The draft with this id, or the latest one. */
  async load(id?: string): Promise<Draft | undefined> {
    this.adopt();
    const before = this.fork;
    await this.flush();
    // What was adopted may have become a copy, since another tab was quicker.
    const fork = this.fork === before ? undefined : this.fork;
    const unsaved = this.#unsaved.all.filter((it) => id === undefined || it.id === id).at(-1);
    if (unsaved !== undefined) return unsaved;
    try {
      const keeper = await this.#open();
      const draft = await keeper.load(fork?.other.id === id ? (fork?.copy.id ?? id) : id);
      if (draft !== undefined) this.#unsaved.know(draft);
      return draft;
    } catch (cause) {
      this.#fail(cause);
      return undefined;
    }
  }

  async list(): Promise<readonly Omit<Draft, "files">[]> {
    return (
      (await this.#open()
        .then((it) => it.list())
        .catch(() => undefined)) ?? []
    );
  }

  async delete(id: string): Promise<void> {
    this.#unsaved.forget(id);
    await this.#saving;
    await this.#open()
      .then((it) => it.delete(id))
      .catch((cause: unknown) => this.#fail(cause));
    this.version++;
  }

  /** Earlier states of a draft, latest first. */
  async versions(id: string): Promise<readonly DraftVersion[]> {
    await this.flush();
    return (await this.#open()).versions(id);
  }

  async loadVersion({ draft, savedAt }: DraftVersion): Promise<Draft | undefined> {
    return (await this.#open()).loadVersion(draft, savedAt);
  }

  /** Makes an earlier state the present one, which is kept as a version first; answers the draft, undefined when it is gone. */
  async restore({ draft: id, savedAt }: DraftVersion): Promise<Draft | undefined> {
    await this.flush();
    const draft = await (await this.#open()).restore(id, savedAt);
    if (draft !== undefined) this.#unsaved.know(draft);
    this.version++;
    return draft;
  }

  /** Keeps what is run as a version, if it is a draft at all. */
  async ran(draft: Draft): Promise<void> {
    await this.flush();
    // A failure is said by what saves the draft itself.
    await this.#open()
      .then((it) => it.keepVersion(draft))
      .catch(() => undefined);
  }

  #open(): Promise<DraftKeeper> {
    this.#keeper ??= this.loadKeeper().then(
      (keeper) => {
        keeper.onchange = (id, savedAt) => void this.#changedElsewhere(keeper, id, savedAt);
        return keeper;
      },
      (cause: unknown) => {
        this.#keeper = undefined;
        throw cause;
      },
    );
    return this.#keeper;
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms);
  }

  async #save(): Promise<void> {
    const drafts = this.#unsaved.all;
    if (drafts.length === 0 && this.trouble === undefined) return;
    try {
      const keeper = await this.#open();
      if (drafts.length === 0) await keeper.list();
      const results = await Promise.allSettled(drafts.map((draft) => this.#saveOne(keeper, draft)));
      const failed = results.find((it) => it.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    } catch (cause) {
      this.#fail(cause);
      return;
    }
    this.#retryMs = RETRY_MS;
    this.version++;
    if (this.trouble === undefined) return;
    this.trouble = undefined;
    this.page?.recovered();
  }

  async #saveOne(keeper: DraftKeeper, draft: Draft): Promise<void> {
    const { id } = draft;
    const fork = await keeper.save(draft, this.#unsaved.since(id));
    this.#unsaved.saved(draft);
    if (fork === undefined) {
      this.#unsaved.know(draft);
      return;
    }
    const { copy } = fork;
    this.#unsaved.know(copy);
    // What was typed meanwhile belongs to the copy too.
    const later = this.#unsaved.get(id);
    this.#unsaved.forget(id);
    if (later !== undefined) {
      this.keep({ ...later, id: copy.id, title: copy.title });
      this.#unsaved.leave();
    }
    this.fork = fork;
    this.page?.forked(id, copy);
  }

  async #changedElsewhere(keeper: DraftKeeper, id: string, savedAt: number | undefined): Promise<void> {
    this.version++;
    const wanted = (): boolean =>
      this.page?.open() === id && this.#unsaved.get(id) === undefined && this.#unsaved.since(id) !== savedAt;
    if (savedAt === undefined || !wanted()) return;
    const newer = await keeper.load(id).catch(() => undefined);
    // Someone may have begun to type meanwhile: saving will then tell that there are two texts.
    if (newer === undefined || !wanted()) return;
    this.#unsaved.know(newer);
    this.page?.take(newer);
  }

  #fail(cause: unknown): void {
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : String(cause);
    const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
    this.trouble = `Changes are not being saved on this device. ${sentence} Use Share to keep them.`;
    this.#later(this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, MOST_RETRY_MS);
  }
}
