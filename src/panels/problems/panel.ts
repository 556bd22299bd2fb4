import { problems } from "../../editor/problems.svelte";
import { count } from "../../ui/format";
import type { Panel } from "../panel";

const panel: Panel = {
  id: "problems",
  label: "Problems",
  icon: "warning",
  place: 11,
  badge: () => (problems.errors === 0 ? undefined : { text: count(problems.errors), tone: "bad" }),
  load: () => import("./Problems.svelte"),
};

export default panel;
