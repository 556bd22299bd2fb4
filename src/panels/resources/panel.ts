import type { Panel } from "../panel";

const panel: Panel = {
  id: "resources",
  label: "Resources",
  icon: "resources",
  place: 5,
  onPhone: true,
  load: () => import("./Resources.svelte"),
};

export default panel;
