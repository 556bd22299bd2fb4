import type { EngineOf } from "../../core/service/operations";
import type { StorageDriver } from "./driver";
import { DAY_MS } from "./due";
import { args, bucketName, objectKey } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";

/** Archived objects made readable for a while. */
export function restoring({ state, versions }: Parts): Pick<EngineOf<StorageDriver>, "restoreObject"> {
  const { dialect } = state;
  return {
    restoreObject(_call, bucket, key, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, dialect);
      const days = args.integer("days", args.object("options", options)["days"], 1, 1_000_000);
      if (!dialect.restores) refuse("restoreUnsupported");

      const stored = state.bucket(name);
      const details = { bucket: name, key: objectName, resource: objectName };
      const version = versions.current(name, objectName) ?? refuse("noSuchKey", details);
      const { storageClass, restore } = version;
      if (!Object.hasOwn(dialect.archiveClasses, storageClass)) refuse("notArchived", { ...details, storageClass });
      const now = state.nowMs();
      if (restore && now < restore.readyAt)
        refuse("restoreRunning", { ...details, readyAt: new Date(restore.readyAt).toISOString() });

      const again = restore !== undefined && now < restore.expiresAt;
      const readyAt = again ? restore.readyAt : now + (dialect.archiveClasses[storageClass] as number);
      const expiresAt = Math.max(readyAt, now) + days * DAY_MS;
      versions.replace(stored, { version, current: true }, { ...version, restore: { readyAt, expiresAt } });
      return { readyAt: new Date(readyAt), expiresAt: new Date(expiresAt) };
    },
  };
}
