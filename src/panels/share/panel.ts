import type { Panel } from "../panel";

const panel: Panel = {
  id: "share",
  label: "Share",
  icon: "share",
  place: 12,
  load: () => import("./Share.svelte"),
};

export default panel;
