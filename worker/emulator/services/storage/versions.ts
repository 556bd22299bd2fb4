import { dateAt } from "../../core/moments";
import { prefixOf, tupleKey } from "../../core/store/keys";
import { newestFirst, versionKey, type State, type StoredBucket, type Version } from "./state";
import type { Stamp } from "./stamp";
import type { ObjectInfo } from "./types";

/** A version that was looked for, and whether it is the current one. */
export interface Found {
  readonly version: Version;
  readonly current: boolean;
}

/** A key's place in the store of objects, and what is there: looked up once a write. */
export interface Slot {
  readonly at: string;
  readonly current: Version | undefined;
}

/**
 * The versions of each key as a stack. The top one is current unless it is a delete marker, and then stands in the store of objects; all others stand
 * in the store of versions. So a bucket without versioning only ever touches the former.
 */
export class Versions {
  constructor(private readonly state: State) {}

  /** What a read without a version id finds. */
  current(bucket: string, key: string): Version | undefined {
    return this.state.objects.get(tupleKey(bucket, key));
  }

  slot(bucket: string, key: string): Slot {
    const at = tupleKey(bucket, key);
    return { at, current: this.state.objects.get(at) };
  }

  /** A version by its id, delete markers too. */
  find(bucket: string, key: string, versionId: string): Found | undefined {
    const current = this.current(bucket, key);
    if (current && this.idOf(current) === versionId) return { version: current, current: true };
    const at = this.state.versionIds.get(tupleKey(bucket, key, versionId));
    const version = at === undefined ? undefined : this.state.versions.get(at);
    return version && { version, current: false };
  }

  /** The newest one that is not current: a delete marker on top, or what is below the current one. */
  below(bucket: string, key: string): Version | undefined {
    return this.state.versions.first({ prefix: prefixOf(bucket, key) })?.[1];
  }

  idOf(version: Version): string {
    return version.versionId ?? this.state.dialect.unnumberedId(version.stamp);
  }

  newId({ versioning }: StoredBucket, stamp: Stamp): string | undefined {
    const { dialect, context } = this.state;
    return dialect.versionId(versioning, stamp, (alphabet, digits) => context.ids.of(alphabet, digits));
  }

  /** The id as a caller is told it: none in a bucket that was never versioned, where the cloud does not number. */
  shownId({ versioning }: StoredBucket, version: Version): string | undefined {
    return version.versionId ?? (versioning === "Unversioned" ? undefined : this.idOf(version));
  }

  info(bucket: StoredBucket, version: Version): ObjectInfo {
    const { key, size, contentType, etag, lastModified, metadata, storageClass } = version;
    const info: ObjectInfo = {
      key,
      size,
      contentType,
      etag,
      lastModified: dateAt(lastModified),
      metadata: { ...metadata },
      storageClass,
    };
    const versionId = this.shownId(bucket, version);
    if (versionId !== undefined) info.versionId = versionId;
    return info;
  }

  /** Whether it is the one on top: current, or a delete marker that hides what is below. */
  isLatest(bucket: StoredBucket, version: Version): boolean {
    const current = this.current(bucket.name, version.key);
    if (current) return current === version;
    return version.marker === true && this.below(bucket.name, version.key) === version;
  }

  /** Bytes that are given back when a version is put on top. */
  freedBy(bucket: StoredBucket, version: Version, { current }: Slot): number {
    const replaced = current && !this.keeps(bucket, current) ? current.size : 0;
    return replaced + (this.oldUnnumbered(bucket, version)?.size ?? 0);
  }

  /** Puts a version, or a delete marker, on top. What was current is replaced or kept, as the bucket's versioning says. */
  push(bucket: StoredBucket, version: Version, { at, current }: Slot): void {
    const { state } = this;
    let bytes = version.size;
    if (current) {
      if (this.keeps(bucket, current)) this.shelve(bucket, current);
      else bytes -= current.size;
    } else this.supersedeMarker(bucket, version.key);
    const old = this.oldUnnumbered(bucket, version);
    if (old) {
      this.unshelve(bucket, old);
      bytes -= old.size;
    }
    if (!version.marker) state.objects.set(at, version);
    else {
      if (current) state.objects.delete(at);
      this.shelve(bucket, version);
    }
    state.book(bucket.name, bytes, version.stamp);
  }

  /** Takes the current version off the top without a marker: gone, or kept as noncurrent. */
  retire(bucket: StoredBucket, current: Version, stamp: Stamp, at: string): void {
    const { state } = this;
    state.objects.delete(at);
    const kept = bucket.versioning === "Enabled";
    if (kept) this.shelve(bucket, current);
    state.book(bucket.name, kept ? 0 : -current.size, stamp);
  }

  /** Removes one version for good; whether another became current by that. */
  remove(bucket: StoredBucket, { version, current }: Found, stamp: Stamp): boolean {
    const { state } = this;
    if (current) state.objects.delete(tupleKey(bucket.name, version.key));
    else this.unshelve(bucket, version);
    state.book(bucket.name, -version.size, stamp);
    return this.promote(bucket, version.key);
  }

  /** Changes a version where it stands. */
  replace(bucket: StoredBucket, { version, current }: Found, changed: Version): void {
    if (current) this.state.objects.set(tupleKey(bucket.name, version.key), changed);
    else this.state.versions.set(versionKey(bucket.name, version), changed);
  }

  private promote(bucket: StoredBucket, key: string): boolean {
    const { state } = this;
    if (!state.dialect.promotes || this.current(bucket.name, key)) return false;
    const top = this.below(bucket.name, key);
    if (!top || top.marker) return false;
    this.unshelve(bucket, top);
    const { noncurrentSince: _, ...current } = top;
    state.objects.set(tupleKey(bucket.name, key), current);
    return true;
  }

  private keeps({ versioning }: StoredBucket, current: Version): boolean {
    if (versioning === "Enabled") return true;
    return current.versionId !== undefined && !this.state.dialect.replacesNumbered;
  }

  /** The one below the top that has the same id as one about to be written: AWS keeps a single version `null`. */
  private oldUnnumbered(bucket: StoredBucket, version: Version): Version | undefined {
    if (version.versionId !== undefined || bucket.versioning === "Unversioned") return undefined;
    const found = this.find(bucket.name, version.key, this.idOf(version));
    return found?.current === false ? found.version : undefined;
  }

  private supersedeMarker(bucket: StoredBucket, key: string): void {
    if (bucket.versioning === "Unversioned" || !this.state.dialect.deleteMarkers) return;
    const top = this.below(bucket.name, key);
    if (top?.marker)
      this.state.versions.set(versionKey(bucket.name, top), { ...top, noncurrentSince: this.state.nowMs() });
  }

  private shelve(bucket: StoredBucket, version: Version): void {
    const { state } = this;
    const at = versionKey(bucket.name, version);
    // A marker on top is never current, but not superseded either.
    state.versions.set(at, version.marker ? version : { ...version, noncurrentSince: state.nowMs() });
    state.versionIds.set(tupleKey(bucket.name, version.key, this.idOf(version)), at);
  }

  private unshelve(bucket: StoredBucket, version: Version): void {
    this.state.versions.delete(versionKey(bucket.name, version));
    this.state.versionIds.delete(tupleKey(bucket.name, version.key, this.idOf(version)));
  }
}

/** The place of a version in a listing by key, newest first: stays the same when it stops being current. */
export const listingPlace = (version: Version): string => tupleKey(version.key, newestFirst(version.stamp));
