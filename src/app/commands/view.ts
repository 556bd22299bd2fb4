import { PANELS } from "../../panels";
import { layout } from "../app";
import { theme } from "../theme.svelte";
import type { Command } from "./command";
import { KEYS } from "./keys";

export const viewCommands: readonly Command[] = [
  ...PANELS.map(({ id, label, icon }) => ({
    id: `panel.${id}`,
    title: `Show ${label}`,
    group: "View" as const,
    icon,
    words: "open panel tab",
    run: () => layout.show(id),
  })),
  {
    id: "theme",
    get title() {
      return theme.current === "dark" ? "Light theme" : "Dark theme";
    },
    group: "View",
    get icon() {
      return theme.current === "dark" ? "sun" : "moon";
    },
    words: "colours dark light mode",
    run: () => theme.toggle(),
  },
  {
    id: "palette",
    title: "Commands",
    group: "View",
    icon: "commands",
    words: "palette",
    key: KEYS.palette,
    run: () => layout.ask("commands"),
  },
  { id: "keys", title: "Keyboard", group: "View", words: "shortcuts keys help", run: () => layout.ask("keys") },
];
