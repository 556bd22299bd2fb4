import { readPreference, writePreference } from "./preferences";

const narrowQuery = matchMedia("(width < 900px)");

const clamp = (value: number): number => Math.min(0.8, Math.max(0.2, value));

/** What the palette is asked for. */
export type PaletteMode = "commands" | "files" | "snippets" | "exports" | "keys";

/** Something that a person may do now, or leave. */
export interface Offer {
  readonly text: string;
  readonly action: string;
  readonly act: () => void;
}

/** Which part of the page is looked at, and how much room it has. */
export class Layout {
  /** One column with tabs at the bottom. */
  narrow = $state(narrowQuery.matches);
  /** The id of the panel on the screen. */
  panel = $state("console");
  /** In one column: whether the editor is shown or the panel. */
  onEditor = $state(true);
  examplesOpen = $state(false);
  /** The draft whose earlier versions are shown. */
  historyOf = $state<string>();
  /** Inside another page, by `?embed`: smaller, and nothing is kept on this device. */
  readonly embedded = "embed" in document.documentElement.dataset;
  /** Shown in the status bar. */
  offer = $state.raw<Offer>();
  palette = $state<PaletteMode>();
  /** A dialog about the last run. */
  dialog = $state<"issue" | "vitest">();
  /** A call that was asked for elsewhere; a new object every time. */
  wantedCall = $state.raw<{ readonly id: number }>();
  /** The flow to be shown alone, by a call in it; a new object every time. */
  wantedFlow = $state.raw<{ readonly call: number }>();
  /** A resource that was asked for elsewhere, by its store (`aws/storage/objects`) and key; a new object every time. */
  wantedResource = $state.raw<{ readonly store: string; readonly key: string }>();
  /** Run runs all clouds at once, in lanes. */
  sideBySide = $state(readPreference("side-by-side") === "yes");
  #split = $state(clamp(Number(readPreference("split") ?? 0.5) || 0.5));

  constructor() {
    narrowQuery.addEventListener("change", () => {
      this.narrow = narrowQuery.matches;
    });
  }

  /** The editor's share of the width. */
  get split(): number {
    return this.#split;
  }

  set split(value: number) {
    this.#split = clamp(value);
    writePreference("split", this.#split.toFixed(3));
  }

  /** What a person chose, kept for the next visit; a link sets the field alone. */
  chooseSideBySide(value: boolean): void {
    this.sideBySide = value;
    writePreference("side-by-side", value ? "yes" : undefined);
  }

  ask(mode: PaletteMode): void {
    this.palette = mode;
  }

  show(panel: string): void {
    this.panel = panel;
    this.onEditor = false;
  }

  showCall(id: number): void {
    this.wantedCall = { id };
    this.show("calls");
  }

  /** All that came of what a call came of, alone. */
  showFlow(call: number): void {
    this.wantedFlow = { call };
    this.show("timeline");
  }

  showResource(store: string, key: string): void {
    this.wantedResource = { store, key };
    this.show("resources");
  }

  showEditor(): void {
    this.onEditor = true;
  }
}
