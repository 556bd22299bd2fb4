import type { Component } from "svelte";
import type { Run } from "../run/run.svelte";
import type { IconName } from "../ui/icons";

export interface PanelProps {
  /** Whether it is the panel on the screen: a hidden one does no work. */
  active: boolean;
}

/** The small figure beside a panel's name. */
export interface Badge {
  readonly text: string;
  readonly tone: "quiet" | "bad";
}

/** A panel: a folder with a `panel.ts` that says this of it. Its code is loaded when it is first shown. */
export interface Panel {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** Panels stand in the order of their places. */
  readonly place: number;
  /** Has a tab of its own in one column; else it is reached from the menu. */
  readonly onPhone?: true;
  /** For the run that is shown; asked again with all its news. */
  readonly badge?: (run: Run | undefined) => Badge | undefined;
  readonly load: () => Promise<{ readonly default: Component<PanelProps> }>;
}
