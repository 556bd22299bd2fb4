import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { Refusal, errorOfRefusal } from "../../core/service/refusal";
import type { StorageDriver } from "./driver";
import { announce } from "./events";
import { args, bucketName, objectKey, versionIdOf } from "./input";
import type { Parts } from "./parts";
import { reasons, refuse } from "./reasons";
import type { StoredBucket, Version } from "./state";
import type { DeleteObjectsResult, DeleteResult, ObjectVersionRef } from "./types";

const MAX_BULK = 1000;

/** The mark of a deletion, as a version of no bytes. */
function newMarker({ state, versions }: Parts, bucket: StoredBucket, key: string): Version {
  const stamp = state.nextStamp(bucket.name);
  return {
    ...{ key, data: new Uint8Array(0), size: 0, etag: "", contentType: "", metadata: {}, tags: {}, storageClass: "" },
    ...{ lastModified: state.nowMs(), stamp, versionId: versions.newId(bucket, stamp), marker: true },
  };
}

/**
 * What deleting a key means in this bucket: it is gone, or becomes noncurrent, or gets a delete marker on top. Tells of it under `name`; when
 * nothing was there and nothing was added, of nothing.
 */
export function deleteCurrent(
  call: Call,
  parts: Parts,
  bucket: StoredBucket,
  key: string,
  name: "ObjectRemoved" | "ObjectExpired",
): DeleteResult {
  const { state, versions } = parts;
  const slot = versions.slot(bucket.name, key);
  const { current } = slot;
  if (bucket.versioning !== "Unversioned" && state.dialect.deleteMarkers) {
    const marker = newMarker(parts, bucket, key);
    versions.push(bucket, marker, slot);
    const versionId = versions.idOf(marker);
    announce(call, state, bucket, {
      name,
      cause: "DeleteMarkerCreated",
      version: marker,
      versionId,
      stamp: marker.stamp,
    });
    return { deleted: current !== undefined, versionId, deleteMarker: true };
  }
  if (!current) return { deleted: false };
  const stamp = state.nextStamp(bucket.name);
  const versionId = versions.shownId(bucket, current);
  versions.retire(bucket, current, stamp, slot.at);
  const kept = bucket.versioning === "Enabled";
  announce(call, state, bucket, { name, cause: "Delete", version: current, versionId, stamp, kept });
  return { deleted: true };
}

function deleteVersion(call: Call, parts: Parts, bucket: StoredBucket, key: string, versionId: string): DeleteResult {
  const { state, versions, sweeps } = parts;
  const found = versions.find(bucket.name, key, versionId);
  if (!found) return refuse("noSuchVersion", { bucket: bucket.name, key, versionId, resource: key });
  const stamp = state.nextStamp(bucket.name);
  // What becomes current again may have been due for long.
  if (versions.remove(bucket, found, stamp)) sweeps.hurry(bucket);
  announce(call, state, bucket, { name: "ObjectRemoved", cause: "Delete", version: found.version, versionId, stamp });
  return { deleted: true, versionId, ...(found.version.marker && { deleteMarker: true }) };
}

/** The operations that delete objects. */
export function deleting(parts: Parts): Pick<EngineOf<StorageDriver>, "deleteObject" | "deleteObjects"> {
  const { state, versions } = parts;
  const { dialect } = state;

  function deleteOne(call: Call, bucket: StoredBucket, { key, versionId }: ObjectVersionRef): DeleteResult {
    const { unversionedId } = dialect;
    if (bucket.versioning === "Unversioned" && unversionedId !== undefined && versionId !== undefined) {
      if (versionId !== unversionedId) refuse("badVersionId", { versionId });
      return deleteCurrent(call, parts, bucket, key, "ObjectRemoved");
    }
    if (versionId !== undefined) return deleteVersion(call, parts, bucket, key, versionId);
    if (dialect.toleratesMissing || versions.current(bucket.name, key))
      return deleteCurrent(call, parts, bucket, key, "ObjectRemoved");
    return refuse("noSuchKey", { bucket: bucket.name, key, resource: key });
  }

  /** What a bulk delete says of one key: a refusal becomes an entry of its errors. */
  function tryOne(call: Call, bucket: StoredBucket, ref: ObjectVersionRef, result: DeleteObjectsResult): void {
    try {
      objectKey(ref.key, dialect);
      versionIdOf({ ...ref }, dialect);
      result.deleted.push({ ...ref, ...deleteOne(call, bucket, ref) });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { code, nativeCode, message } = errorOfRefusal(
        refusal,
        { reasons, nativeReasons: dialect.nativeReasons },
        call,
      );
      result.errors.push({ ...ref, code, ...(nativeCode !== undefined && { nativeCode }), message });
    }
  }

  return {
    deleteObject(call, bucket, key, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, dialect);
      const versionId = versionIdOf(args.options(options), dialect);
      return deleteOne(call, state.bucket(name), { key: objectName, ...(versionId !== undefined && { versionId }) });
    },

    deleteObjects(call, bucket, objects, options) {
      const name = bucketName(bucket);
      const refs = args.list("objects", objects, (element, argument): ObjectVersionRef => {
        const fields = args.object(argument, element);
        const given = fields["key"];
        const key = typeof given === "string" ? given : args.text(`${argument}.key`, given);
        const versionId = args.optionalText(`${argument}.versionId`, fields["versionId"]);
        return { key, ...(versionId !== undefined && { versionId }) };
      });
      if (refs.length === 0 || refs.length > MAX_BULK) args.complain("objects", `1 to ${MAX_BULK} keys`);
      args.options(options);
      const from = state.bucket(name);
      const result: DeleteObjectsResult = { deleted: [], errors: [] };
      for (const ref of refs) tryOne(call, from, ref, result);
      return result;
    },
  };
}
