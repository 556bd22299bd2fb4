import type { Panel } from "../panel";

const panel: Panel = {
  id: "flow",
  label: "Flow",
  icon: "flow",
  place: 6,
  load: () => import("./Flow.svelte"),
};

export default panel;
