import type { IconName } from "../../ui/icons";

/** Something a person can do here, as plain data: keys, the menu and the palette are views of these. */
export interface Command {
  readonly id: string;
  /** What it does, as the palette shows it. */
  readonly title: string;
  /** Commands of one group stand together. */
  readonly group: "Run" | "Program" | "Editor" | "View" | "Share";
  readonly icon?: IconName;
  /** Other words that people look for it with. */
  readonly words?: string;
  /** `Mod+Enter`; see `keys.ts`, which holds all of them. */
  readonly key?: string | undefined;
  /** Whether it can be done now; absent: always. */
  readonly when?: () => boolean;
  readonly run: () => unknown;
}

/** A further list that the palette shows when a command asks for one. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly words?: string;
  readonly run: () => unknown;
}
