import type { Panel } from "./panel";

export type { Badge, Panel, PanelProps } from "./panel";

const found = import.meta.glob<Panel>("./*/panel.ts", { eager: true, import: "default" });

/** Every folder here with a `panel.ts`, in their order. */
export const PANELS: readonly Panel[] = Object.values(found).sort((a, b) => a.place - b.place);
