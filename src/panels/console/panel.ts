import type { Panel } from "../panel";

const panel: Panel = {
  id: "console",
  label: "Console",
  icon: "console",
  place: 1,
  onPhone: true,
  badge: (run) =>
    run?.problem !== undefined || run?.end?.error !== undefined ? { text: "1", tone: "bad" } : undefined,
  load: () => import("./Console.svelte"),
};

export default panel;
