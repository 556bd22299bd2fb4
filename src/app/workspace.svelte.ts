import type { ProgramFiles, RunSettings } from "../../worker/protocol";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { EMPTY_CLOUD, type BaseChoice } from "../run/base";
import type { SharedRun } from "../share/shared-run";
import { ENTRY, renamed, without } from "./files";

/** Where the open program came from. */
export type Origin =
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "draft" }
  /** From a stranger: shown, never run by itself. */
  | { readonly kind: "link"; readonly run: SharedRun };

export interface OpenedProgram {
  readonly id: string;
  readonly title: string;
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  readonly origin: Origin;
  /** What its runs start from; default: the empty cloud. */
  readonly base?: BaseChoice;
}

/** The program on the screen: its files and all that a run of it depends on. */
export class Workspace {
  id = $state("");
  title = $state("");
  origin = $state.raw<Origin>({ kind: "draft" });
  files = $state.raw<ProgramFiles>({ [ENTRY]: "" });
  active = $state(ENTRY);
  settings = $state.raw<RunSettings>(DEFAULT_SETTINGS);
  base = $state.raw<BaseChoice>(EMPTY_CLOUD);
  /** Why no run could start from it. */
  baseProblem = $state<string>();
  /** Whether anything was changed since it was opened. */
  edited = $state(false);
  /** Grows whenever the files were replaced as a whole, so that the editors start afresh. */
  generation = $state(0);

  /** The file deleted last, until something else is done with files. */
  deleted = $state.raw<{ readonly name: string; readonly text: string }>();

  /** Whether a person has run this program since it was opened. */
  wasRun = $state(false);

  /** A program that its reader may not have read yet waits until they press Run; an example is ours. */
  readonly mayRunUnasked = $derived(this.wasRun || this.origin.kind === "example");

  /** Called after every change a person made; what keeps the draft. */
  onedit: () => void = () => undefined;

  readonly text = $derived(this.files[this.active] ?? "");

  #hasOpened: () => void = () => undefined;
  /** Resolves when there is a program: one that was saved takes a moment to come. */
  readonly opened = new Promise<void>((resolve) => {
    this.#hasOpened = resolve;
  });

  open(program: OpenedProgram): void {
    this.id = program.id;
    this.title = program.title;
    this.origin = program.origin;
    this.files = program.files;
    this.settings = program.settings;
    this.base = program.base ?? EMPTY_CLOUD;
    this.baseProblem = undefined;
    this.active = ENTRY in program.files ? ENTRY : (Object.keys(program.files)[0] ?? ENTRY);
    this.edited = false;
    this.wasRun = false;
    this.deleted = undefined;
    this.generation++;
    this.#hasOpened();
  }

  /** Takes newer text of the program that is open; whoever reads it stays where they are. */
  take(newer: OpenedProgram): void {
    const { active, origin, wasRun } = this;
    this.open({ ...newer, origin });
    this.wasRun = wasRun;
    if (active in newer.files) this.active = active;
  }

  /** Goes on as another draft. */
  becomes({ id, title }: Pick<OpenedProgram, "id" | "title">): void {
    this.id = id;
    this.title = title;
  }

  setText(name: string, text: string): void {
    if (this.files[name] === text || !(name in this.files)) return;
    this.files = { ...this.files, [name]: text };
    this.#changed();
  }

  set(settings: Partial<RunSettings>): void {
    this.settings = { ...this.settings, ...settings };
    this.#changed();
  }

  setBase(base: BaseChoice): void {
    this.base = base;
    this.baseProblem = undefined;
    this.#changed();
  }

  addFile(name: string, text = ""): void {
    this.files = { ...this.files, [name]: text };
    this.active = name;
    this.deleted = undefined;
    this.#changed();
  }

  renameFile(from: string, to: string): void {
    this.files = renamed(this.files, from, to);
    if (this.active === from) this.active = to;
    this.deleted = undefined;
    this.#changed();
  }

  deleteFile(name: string): void {
    this.deleted = { name, text: this.files[name] ?? "" };
    this.files = without(this.files, name);
    if (this.active === name) this.active = ENTRY;
    this.#changed();
  }

  #changed(): void {
    this.edited = true;
    this.onedit();
  }
}
