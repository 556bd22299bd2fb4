import { EMPTY_CLOUD } from "../../run/base";
import { CLOUDS } from "../../run/settings";
import { layout, run, runs, warmUp, workspace } from "../app";
import { live } from "../live.svelte";
import { openPopover } from "../../ui/popovers";
import type { Command } from "./command";
import { KEYS } from "./keys";

export const runCommands: readonly Command[] = [
  { id: "run", title: "Run", group: "Run", icon: "run", key: KEYS.run, when: () => !runs.busy, run },
  {
    id: "stop",
    title: "Stop",
    group: "Run",
    icon: "stop",
    key: KEYS.stop,
    when: () => runs.busy,
    run: () => runs.stop(),
  },
  {
    id: "live",
    get title() {
      return live.on ? "Turn live mode off" : "Turn live mode on";
    },
    group: "Run",
    icon: "live",
    words: "rerun automatically while typing watch",
    when: () => !layout.embedded,
    run: () => live.toggle(),
  },
  ...CLOUDS.map(({ name, label, long }) => ({
    id: `cloud.${name}`,
    title: `Run on ${label}`,
    group: "Run" as const,
    words: `switch cloud ${long}`,
    when: () => layout.sideBySide || workspace.settings.cloud !== name,
    run: () => {
      layout.chooseSideBySide(false);
      if (workspace.settings.cloud !== name) workspace.set({ cloud: name });
    },
  })),
  {
    id: "cloud.all",
    title: "Run on all three clouds, side by side",
    group: "Run",
    words: "lanes compare switch cloud",
    when: () => !layout.sideBySide,
    run: () => {
      layout.chooseSideBySide(true);
      return warmUp();
    },
  },
  {
    id: "base.empty",
    title: "Start runs from the empty cloud",
    group: "Run",
    words: "base reset fresh",
    when: () => workspace.base.kind !== "empty",
    run: () => workspace.setBase(EMPTY_CLOUD),
  },
  {
    id: "base.continue",
    title: "Start runs where the last one ended",
    group: "Run",
    words: "base continue keep state",
    when: () => workspace.base.kind !== "continue",
    run: () => workspace.setBase({ kind: "continue" }),
  },
  {
    id: "base.save",
    title: "Save the cloud as a snapshot…",
    group: "Run",
    icon: "snapshot",
    words: "base store keep",
    run: () => layout.show("snapshots"),
  },
  {
    id: "settings",
    title: "Settings of the run",
    group: "Run",
    icon: "settings",
    words: "seed start time latency limits options",
    run: () => openPopover(layout.narrow ? "menu" : "settings"),
  },
];
