import type { Panel } from "../panel";

const panel: Panel = {
  id: "metrics",
  label: "Metrics",
  icon: "metrics",
  place: 4,
  load: () => import("./Metrics.svelte"),
};

export default panel;
