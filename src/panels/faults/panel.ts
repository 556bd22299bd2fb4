import { workspace } from "../../app/app";
import { count } from "../../ui/format";
import type { Panel } from "../panel";

const panel: Panel = {
  id: "faults",
  label: "Faults",
  icon: "fault",
  place: 9,
  badge() {
    const { length } = workspace.settings.faults;
    return length === 0 ? undefined : { text: count(length), tone: "quiet" };
  },
  load: () => import("./Faults.svelte"),
};

export default panel;
