import { count } from "../../ui/format";
import type { Panel } from "../panel";

const panel: Panel = {
  id: "calls",
  label: "Calls",
  icon: "calls",
  place: 2,
  onPhone: true,
  badge(run) {
    const calls = run?.recording.ordinals("call").length ?? 0;
    return calls === 0 ? undefined : { text: count(calls), tone: "quiet" };
  },
  load: () => import("./Calls.svelte"),
};

export default panel;
