import { prefixWithin } from "../../core/store/keys";
import { compareCodePoints } from "../../core/store/order";
import type { Parts } from "./parts";
import type { State, StoredBucket, StoredUpload, Version } from "./state";
import type { LifecycleRule } from "./types";

export const DAY_MS = 86_400_000;

/** The first midnight UTC at or after a moment. */
export const midnightFrom = (ms: number): number => Math.ceil(ms / DAY_MS) * DAY_MS;
/** The first midnight UTC after a moment. */
export const midnightAfter = (ms: number): number => (Math.floor(ms / DAY_MS) + 1) * DAY_MS;

/** What lifecycle rules want of a bucket, each with the moment from which on they do. */
export interface Due {
  /** Current versions that expire, by key. */
  readonly expire: { readonly version: Version; readonly dueAt: number }[];
  readonly transition: { readonly version: Version; readonly storageClass: string; readonly dueAt: number }[];
  /** Noncurrent versions, and delete markers once those are gone; a marker stands behind what it waits for. */
  readonly remove: { readonly version: Version; readonly dueAt: number }[];
  readonly abort: { readonly upload: StoredUpload; readonly dueAt: number }[];
}

const earliest = <T extends { readonly dueAt: number }>(found: Map<string, T>, key: string, entry: T): void => {
  const before = found.get(key);
  if (!before || entry.dueAt < before.dueAt) found.set(key, entry);
};

const inOrder = <T>(found: Map<string, T>): T[] =>
  [...found].sort(([a], [b]) => compareCodePoints(a, b)).map(([, entry]) => entry);

/** Everything in a bucket that some rule will ever act on, due or not. It visits what has the rules' prefixes. */
export function evaluate(parts: Parts, bucket: StoredBucket): Due {
  const { state } = parts;
  const rules = (bucket.lifecycle ?? []).filter(({ enabled }) => enabled);
  const expire = new Map<string, Due["expire"][number]>();
  const transition = new Map<string, Due["transition"][number]>();
  const remove = new Map<string, Due["remove"][number]>();
  const abort = new Map<string, Due["abort"][number]>();
  for (const rule of rules) {
    const inside = { prefix: prefixWithin([bucket.name], rule.prefix ?? "") };
    const { expirationDays, noncurrentExpirationDays, abortMultipartDays } = rule;
    if (expirationDays !== undefined || rule.transitionDays !== undefined) {
      for (const [key, version] of state.objects.range(inside)) {
        if (expirationDays !== undefined) {
          earliest(expire, key, { version, dueAt: state.dialect.lifecycleDue(version.lastModified, expirationDays) });
        }
        offerTransition(state, rule, key, version, transition);
      }
    }
    if (noncurrentExpirationDays !== undefined) {
      for (const [key, entry] of noncurrentIn(parts, bucket, inside, noncurrentExpirationDays))
        earliest(remove, key, entry);
    }
    if (abortMultipartDays !== undefined) {
      for (const [key, upload] of state.uploads.range(inside)) {
        earliest(abort, key, { upload, dueAt: upload.createdAt + abortMultipartDays * DAY_MS });
      }
    }
  }
  return {
    expire: inOrder(expire),
    transition: inOrder(transition),
    remove: [...remove.values()],
    abort: inOrder(abort),
  };
}

/** Of several transitions to colder classes, the one to the coldest that is due goes; until one is, the first that will be. */
function offerTransition(
  state: State,
  { transitionDays, transitionStorageClass: storageClass }: LifecycleRule,
  key: string,
  version: Version,
  found: Map<string, Due["transition"][number]>,
): void {
  if (transitionDays === undefined || storageClass === undefined) return;
  const { dialect } = state;
  const warmth = (name: string): number => dialect.storageClasses.indexOf(name);
  if (warmth(storageClass) <= warmth(version.storageClass)) return;
  const dueAt = dialect.lifecycleDue(version.lastModified, transitionDays);
  const before = found.get(key);
  const now = state.nowMs();
  const goes =
    !before ||
    (dueAt <= now ? before.dueAt > now || warmth(storageClass) > warmth(before.storageClass) : dueAt < before.dueAt);
  if (goes) found.set(key, { version, storageClass, dueAt });
}

/**
 * Versions that are not on top; and, behind those of its key, a delete marker that is: alone once they have gone, it goes with the last of them.
 */
function* noncurrentIn(
  { state, versions }: Parts,
  bucket: StoredBucket,
  inside: { readonly prefix: string },
  days: number,
): Generator<[string, Due["remove"][number]]> {
  let marker: [string, Due["remove"][number]] | undefined;
  for (const [at, version] of state.versions.range(inside)) {
    const dueAt = state.dialect.lifecycleDue(version.noncurrentSince ?? version.lastModified, days);
    if (marker && marker[1].version.key !== version.key) {
      yield marker;
      marker = undefined;
    }
    if (version.marker && versions.isLatest(bucket, version)) {
      marker = [at, { version, dueAt: state.dialect.lifecycleDue(version.lastModified, days) }];
    } else {
      yield [at, { version, dueAt }];
      if (marker) marker = [marker[0], { ...marker[1], dueAt: Math.max(marker[1].dueAt, dueAt) }];
    }
  }
  if (marker) yield marker;
}
