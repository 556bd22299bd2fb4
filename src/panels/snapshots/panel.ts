import type { Panel } from "../panel";

const panel: Panel = {
  id: "snapshots",
  label: "Snapshots",
  icon: "snapshot",
  place: 10,
  load: () => import("./Snapshots.svelte"),
};

export default panel;
