import { layout, runs } from "../app";
import type { Command } from "./command";

export const shareCommands: readonly Command[] = [
  {
    id: "share.link",
    title: "Copy link",
    group: "Share",
    icon: "link",
    words: "share url",
    run: async () => (await import("../../share/copy-link")).copyLink(),
  },
  {
    id: "share.issue",
    title: "Copy as issue…",
    group: "Share",
    icon: "copy",
    words: "bug report markdown github",
    when: () => runs.shown?.end !== undefined || runs.shown?.problem !== undefined,
    run: () => (layout.dialog = "issue"),
  },
  {
    id: "share.vitest",
    title: "Export as a Vitest file…",
    group: "Share",
    icon: "download",
    words: "test node download",
    when: () => runs.shown?.end !== undefined,
    run: () => (layout.dialog = "vitest"),
  },
  {
    id: "share.exports",
    title: "Download the recording…",
    group: "Share",
    icon: "download",
    words: "export json lines csv otlp prometheus",
    when: () => runs.shown?.end !== undefined && runs.shown.recording.size > 0,
    run: () => layout.ask("exports"),
  },
  {
    id: "print",
    title: "Print the run",
    group: "Share",
    words: "pdf paper",
    when: () => runs.shown !== undefined,
    run: async () => (await import("../../print/print")).printRun(),
  },
];
