import type { Panel } from "../panel";

const panel: Panel = {
  id: "timeline",
  label: "Timeline",
  icon: "timeline",
  place: 3,
  onPhone: true,
  load: () => import("./Timeline.svelte"),
};

export default panel;
