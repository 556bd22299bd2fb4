import { args, bucketName } from "./input";
import { refuse, type StorageReason } from "./reasons";
import type { State, StoredBucket } from "./state";

type Setting = "lifecycle" | "policy" | "cors" | "encryption" | "notifications";

/** A bucket's settings: each is there or not, and replaced as a whole. */
export class Settings {
  constructor(private readonly state: State) {}

  put<K extends Setting>(
    bucket: unknown,
    setting: K,
    read: (bucket: string) => NonNullable<StoredBucket[K]>,
    options: unknown,
  ): StoredBucket {
    const name = bucketName(bucket);
    const value = read(name);
    args.options(options);
    const stored = { ...this.state.bucket(name), [setting]: value };
    this.state.saveBucket(stored);
    return stored;
  }

  /** A copy, or `undefined` when it was never set. */
  find<K extends Setting>(bucket: unknown, setting: K, options: unknown): StoredBucket[K] {
    const name = bucketName(bucket);
    args.options(options);
    const value = this.state.bucket(name)[setting];
    return value && structuredClone(value);
  }

  get<K extends Setting>(
    bucket: unknown,
    setting: K,
    none: StorageReason,
    options: unknown,
  ): NonNullable<StoredBucket[K]> {
    return this.find(bucket, setting, options) ?? refuse(none, { bucket, resource: bucket });
  }

  delete(bucket: unknown, setting: Setting, options: unknown): StoredBucket {
    const name = bucketName(bucket);
    args.options(options);
    const before = this.state.bucket(name);
    if (before[setting] === undefined) return before;
    const { [setting]: _, ...stored } = before;
    this.state.saveBucket(stored);
    return stored;
  }
}
