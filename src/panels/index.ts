import type { Component } from "svelte";
import type { IconName } from "../ui/icons";

export interface PanelProps {
  /** Whether it is the panel on the screen: a hidden one does no work. */
  active: boolean;
}

/** A panel: one folder and one line here. Its code is loaded when it is first shown. */
export interface Panel {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** Has a tab of its own in one column; else it is reached from the menu. */
  readonly onPhone: boolean;
  readonly load: () => Promise<{ readonly default: Component<PanelProps> }>;
}

export const PANELS = [
  {
    id: "console",
    label: "Console",
    icon: "console",
    onPhone: true,
    load: () => import("./console/Console.svelte"),
  },
  { id: "calls", label: "Calls", icon: "calls", onPhone: true, load: () => import("./calls/Calls.svelte") },
  {
    id: "timeline",
    label: "Timeline",
    icon: "timeline",
    onPhone: true,
    load: () => import("./timeline/Timeline.svelte"),
  },
  { id: "metrics", label: "Metrics", icon: "metrics", onPhone: false, load: () => import("./metrics/Metrics.svelte") },
  {
    id: "resources",
    label: "Resources",
    icon: "resources",
    onPhone: true,
    load: () => import("./resources/Resources.svelte"),
  },
  { id: "compare", label: "Compare", icon: "compare", onPhone: false, load: () => import("./compare/Compare.svelte") },
  { id: "checks", label: "Checks", icon: "check", onPhone: false, load: () => import("./checks/Checks.svelte") },
  { id: "faults", label: "Faults", icon: "fault", onPhone: false, load: () => import("./faults/Faults.svelte") },
  {
    id: "snapshots",
    label: "Snapshots",
    icon: "snapshot",
    onPhone: false,
    load: () => import("./snapshots/Snapshots.svelte"),
  },
  {
    id: "problems",
    label: "Problems",
    icon: "warning",
    onPhone: false,
    load: () => import("./problems/Problems.svelte"),
  },
  { id: "share", label: "Share", icon: "share", onPhone: false, load: () => import("./share/Share.svelte") },
] as const satisfies readonly Panel[];

export type PanelId = (typeof PANELS)[number]["id"];
