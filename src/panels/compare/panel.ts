import type { Panel } from "../panel";

const panel: Panel = {
  id: "compare",
  label: "Compare",
  icon: "compare",
  place: 7,
  load: () => import("./Compare.svelte"),
};

export default panel;
