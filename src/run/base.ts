import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { DraftBase, RunSettings } from "../../worker/protocol";

/** The cloud that runs start from, as a person chose it. */
export type BaseChoice =
  | { readonly kind: "empty" }
  | DraftBase
  /** A snapshot in memory, from a link, a file or a moment of a run; under this id it goes to the vault once there is a draft that needs it. */
  | { readonly kind: "held"; readonly id: string; readonly name: string; readonly snapshot: CloudSnapshot };

export const EMPTY_CLOUD: BaseChoice = { kind: "empty" };

/** A snapshot in memory keeps its id in the vault. */
export const sameChoice = (a: BaseChoice, b: BaseChoice): boolean =>
  "id" in a && "id" in b ? a.id === b.id : a.kind === b.kind;

/** The settings of a run from a base: its clock never starts before the base's stood. */
export function settingsFrom(settings: RunSettings, base: CloudSnapshot | undefined): RunSettings {
  if (base === undefined || base.at <= Date.parse(settings.start)) return settings;
  return { ...settings, start: new Date(base.at).toISOString() };
}

/** Whether two bases are the same cloud: packs never change, and nobody else can make one of the same id. */
export function sameCloud(a: CloudSnapshot | undefined, b: CloudSnapshot | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return identity(a) === identity(b);
}

const identity = ({ engineVersion, at, roots, chance, packs }: CloudSnapshot): string =>
  JSON.stringify([engineVersion, at, sorted(roots), sorted(chance), packs.map((pack) => [pack.id, pack.nodeCount])]);

const sorted = (record: object): readonly [string, unknown][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
