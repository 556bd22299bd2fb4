import type { EngineOf } from "../../core/service/operations";
import type { Fields } from "../../core/service/arguments";
import { checkRead, conditionsOf, type Conditions } from "./conditions";
import type { StorageDriver } from "./driver";
import { args, bucketName, objectKey, versionIdOf } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { State, StoredBucket, Version } from "./state";

interface Range {
  readonly start: number;
  readonly end: number;
}

function rangeOf(value: unknown): Range | undefined {
  if (value === undefined) return undefined;
  const range = args.object("range", value);
  const start = args.integer("range.start", range["start"], 0);
  return { start, end: args.optionalInteger("range.end", range["end"], start) ?? Infinity };
}

/** The object that a read means, or why it cannot be: `NotFound`, or a version that is a delete marker. */
export function findForReading(
  { versions }: Parts,
  bucket: StoredBucket,
  key: string,
  versionId: string | undefined,
): Version {
  const details = { bucket: bucket.name, key, resource: key };
  if (versionId === undefined) return versions.current(bucket.name, key) ?? refuse("noSuchKey", details);
  const found = versions.find(bucket.name, key, versionId);
  if (!found) return refuse("noSuchVersion", { ...details, versionId });
  if (found.version.marker) refuse("versionIsMarker", { ...details, versionId });
  return found.version;
}

/** Refuses to give the data of what is archived and not restored. */
export function checkReadable(state: State, bucket: StoredBucket, { key, storageClass, restore }: Version): void {
  if (!Object.hasOwn(state.dialect.archiveClasses, storageClass)) return;
  const now = state.nowMs();
  if (restore && restore.readyAt <= now && now < restore.expiresAt) return;
  refuse("archived", { bucket: bucket.name, key, storageClass, resource: key });
}

/** The operations that only look at an object. */
export function reading(parts: Parts): Pick<EngineOf<StorageDriver>, "getObject" | "headObject"> {
  const { state, versions } = parts;

  function find(
    name: string,
    key: string,
    options: Fields,
    conditions: Conditions,
  ): { bucket: StoredBucket; version: Version } {
    const versionId = versionIdOf(options, state.dialect);
    const bucket = state.bucket(name);
    const version = findForReading(parts, bucket, key, versionId);
    checkRead(bucket, version, conditions);
    return { bucket, version };
  }

  return {
    getObject(_call, bucket, key, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, state.dialect);
      const fields = args.options(options);
      const range = rangeOf(fields["range"]);
      const found = find(name, objectName, fields, conditionsOf(fields));
      const { data, size } = found.version;
      checkReadable(state, found.bucket, found.version);
      if (range && range.start >= size)
        refuse("badRange", { bucket: name, key, start: range.start, size, resource: key });
      return {
        info: versions.info(found.bucket, found.version),
        data: range ? data.slice(range.start, range.end + 1) : data.slice(),
      };
    },

    headObject(_call, bucket, key, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, state.dialect);
      const fields = args.options(options);
      const found = find(name, objectName, fields, conditionsOf(fields));
      return versions.info(found.bucket, found.version);
    },
  };
}
