import { checkTally } from "../../run/checks";
import { count } from "../../ui/format";
import type { Panel } from "../panel";

const panel: Panel = {
  id: "checks",
  label: "Checks",
  icon: "check",
  place: 8,
  badge(run) {
    const failed = run === undefined ? 0 : checkTally(run.recording).failed;
    return failed === 0 ? undefined : { text: count(failed), tone: "bad" };
  },
  load: () => import("./Checks.svelte"),
};

export default panel;
