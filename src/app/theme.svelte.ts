import { readPreference, writePreference } from "./preferences";

export type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");
const stored = readPreference("theme");

/** Follows the system until a person chooses. `public/first.js` applies the same choice before the first paint. */
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
    if (this.#chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.#chosen;
    writePreference("theme", this.#chosen);
  }
}

export const theme = new ThemeChoice();
