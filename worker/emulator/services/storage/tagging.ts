import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import type { StorageDriver } from "./driver";
import { announce } from "./events";
import { args, bucketName, bucketTags, objectKey, objectTags } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredBucket, Version } from "./state";
import type { Tags } from "./types";

const NO_TAGS: Tags = Object.freeze({});

type TaggingOperation =
  | "putObjectTagging"
  | "getObjectTagging"
  | "deleteObjectTagging"
  | "putBucketTagging"
  | "getBucketTagging"
  | "deleteBucketTagging";

/** Tags of objects and buckets. */
export function tagging({ state, versions }: Parts): Pick<EngineOf<StorageDriver>, TaggingOperation> {
  const { dialect } = state;

  function findObject(bucketNamed: string, key: string): { bucket: StoredBucket; version: Version } {
    const bucket = state.bucket(bucketNamed);
    const version = versions.current(bucketNamed, key);
    return { bucket, version: version ?? refuse("noSuchKey", { bucket: bucketNamed, key, resource: key }) };
  }

  /** ETag and date stay as they are. */
  function tagObject(call: Call, name: string, key: string, tags: Tags, cause: "Put" | "Delete"): void {
    const { bucket, version } = findObject(name, key);
    if (cause === "Delete" && Object.keys(version.tags).length === 0) return;
    const tagged = { ...version, tags };
    versions.replace(bucket, { version, current: true }, tagged);
    const change = {
      name: "ObjectTagged",
      cause,
      version: tagged,
      versionId: versions.shownId(bucket, version),
    } as const;
    announce(call, state, bucket, { ...change, stamp: version.stamp });
  }

  function tagBucket(name: string, tags: Tags): void {
    state.saveBucket({ ...state.bucket(name), tags });
  }

  return {
    putObjectTagging(call, bucket, key, tags, options) {
      const [name, objectName, checked] = [bucketName(bucket), objectKey(key, dialect), objectTags(tags, dialect)];
      args.options(options);
      tagObject(call, name, objectName, checked, "Put");
    },

    getObjectTagging(_call, bucket, key, options) {
      const [name, objectName] = [bucketName(bucket), objectKey(key, dialect)];
      args.options(options);
      return { ...findObject(name, objectName).version.tags };
    },

    deleteObjectTagging(call, bucket, key, options) {
      const [name, objectName] = [bucketName(bucket), objectKey(key, dialect)];
      args.options(options);
      tagObject(call, name, objectName, NO_TAGS, "Delete");
    },

    putBucketTagging(_call, bucket, tags, options) {
      const [name, checked] = [bucketName(bucket), bucketTags(tags, dialect)];
      args.options(options);
      tagBucket(name, checked);
    },

    getBucketTagging(_call, bucket, options) {
      const name = bucketName(bucket);
      args.options(options);
      return { ...state.bucket(name).tags };
    },

    deleteBucketTagging(_call, bucket, options) {
      const name = bucketName(bucket);
      args.options(options);
      tagBucket(name, NO_TAGS);
    },
  };
}
