import { readPreference, writePreference } from "./preferences";

export type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");
const stored = readPreference("theme");

/** Follows the system until a person chooses. `src/start.ts` applies the same choice before the first paint. */
class ThemeChoice {
  #chosen = $state<Theme | undefined>(stored === "light" || stored === "dark" ? stored : undefined);
  #system = $state<Theme>(system.matches ? "dark" : "light");
  readonly current = $derived(this.#chosen ?? this.#system);

  constructor() {
    system.addEventListener("change", () => {
      this.#system = system.matches ? "dark" : "light";
    });
  }

  toggle(): void {
    const next = this.current === "dark" ? "light" : "dark";
    // Choosing what the system says anyway is following the system.
    this.#chosen = next === this.#system ? undefined : next;
    this.#apply();
    writePreference("theme", this.#chosen);
  }

  /** For as long as the page is open: asked for by the page around an embed. */
  show(theme: Theme): void {
    this.#chosen = theme;
    this.#apply();
  }

  #apply(): void {
    if (this.#chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.#chosen;
  }
}

export const theme = new ThemeChoice();
