import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import type { SnapshotInfo } from "../../../worker/protocol";

/** One of two clouds that are compared: a kept one by its id, or what the last run left. */
export type Side = { readonly id: string } | "now" | "empty";

/** A name and a value for each cloud that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

const NOW = "now";
const EMPTY = "empty";

export const valueOf = (side: Side): string => (typeof side === "string" ? side : `id:${side.id}`);

export const sideOf = (value: string): Side =>
  value === NOW || value === EMPTY ? value : { id: value.slice("id:".length) };

export function choicesOf(list: readonly SnapshotInfo[], now: boolean): Choice[] {
  return [
    ...(now ? [{ value: NOW, label: "The cloud now" }] : []),
    ...list.map(({ id, name }) => ({ value: valueOf({ id }), label: name })),
    { value: EMPTY, label: "Empty cloud" },
  ];
}

/** What a cloud is first compared with: the present one, or the one it was made from, or the latest other. */
export function partnerOf(info: SnapshotInfo, list: readonly SnapshotInfo[], now: boolean): Side {
  if (now) return NOW;
  const parent = info.parent ?? list.find((it) => it.id !== info.id)?.id;
  return parent === undefined ? EMPTY : { id: parent };
}

/** Nothing at all, as a cloud. */
export const NOTHING: CloudSnapshot = { engineVersion: "", at: 0, roots: {}, chance: {}, packs: [] };
