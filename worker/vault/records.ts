import type { CloudSnapshot, Draft, DraftVersion, NodePack, SnapshotInfo } from "../protocol";

/** A version as it is stored; `draft` and `savedAt` are its key. */
export interface VersionRecord extends Pick<DraftVersion, "draft" | "savedAt" | "why"> {
  readonly content: Draft;
}

/** A snapshot as it is stored: all but the bytes of its packs. */
export interface SnapshotRecord extends Pick<CloudSnapshot, "roots" | "chance"> {
  readonly id: string;
  readonly info: SnapshotInfo;
  readonly packs: readonly PackRecord[];
  /** Set while its delete can be undone. */
  readonly deleted?: { readonly at: number; readonly by: string };
}

export interface PackRecord extends Omit<NodePack, "bytes"> {
  /** How many there are of it. */
  readonly bytes: number;
}

type Unknown<T> = { readonly [K in keyof T]?: unknown };

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);

/** Loose on purpose: drafts from before a setting existed have none of it, and whoever opens one fills it in. */
export function isDraft(value: unknown): value is Draft {
  if (!isObject(value)) return false;
  const { id, title, files, settings, savedAt }: Unknown<Draft> = value;
  return (
    isText(id) &&
    isText(title) &&
    isObject(files) &&
    Object.values(files).every(isText) &&
    isObject(settings) &&
    Number.isFinite(savedAt)
  );
}

export function isVersion(value: unknown): value is VersionRecord {
  if (!isObject(value)) return false;
  const { draft, savedAt, why, content }: Unknown<VersionRecord> = value;
  return isText(draft) && Number.isFinite(savedAt) && isText(why) && isDraft(content);
}

export function isInfo(value: unknown): value is Omit<SnapshotInfo, "bytes"> {
  if (!isObject(value)) return false;
  const { id, name, kind, savedAt, at, engineVersion, parent, title }: Unknown<SnapshotInfo> = value;
  return (
    isText(id) &&
    id !== "" &&
    isName(name) &&
    (kind === "saved" || kind === "end") &&
    Number.isFinite(savedAt) &&
    isWhole(at) &&
    isText(engineVersion) &&
    isTextOrAbsent(parent) &&
    isTextOrAbsent(title)
  );
}

export const isName = (value: unknown): value is string => isText(value) && value.trim() !== "" && value.length <= 200;

export function isSnapshotRecord(value: unknown): value is SnapshotRecord {
  if (!isObject(value)) return false;
  const { id, info, roots, chance, packs }: Unknown<SnapshotRecord> = value;
  return (
    isInfo(info) &&
    info.id === id &&
    isObject(roots) &&
    Object.values(roots).every(isWhole) &&
    isObject(chance) &&
    Array.isArray(packs) &&
    packs.every(isPackRecord)
  );
}

function isPackRecord(value: unknown): value is PackRecord {
  if (!isObject(value)) return false;
  const { id, firstNode, nodeCount, bytes }: Unknown<PackRecord> = value;
  return isText(id) && isWhole(firstNode) && isWhole(nodeCount) && isWhole(bytes);
}
