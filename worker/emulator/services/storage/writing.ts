import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { checkWrite, writeConditionsOf } from "./conditions";
import type { StorageDriver } from "./driver";
import { announce, type EventCause } from "./events";
import { args, attributesOf, bucketName, defaultAttributes, objectKey, storageClassOf, versionIdOf } from "./input";
import type { Parts } from "./parts";
import { keep } from "./payload";
import { checkReadable, findForReading } from "./reading";
import { refuse } from "./reasons";
import type { Attributes, StoredBucket, Version } from "./state";
import type { Stamp } from "./stamp";
import type { ObjectInfo } from "./types";
import type { Slot } from "./versions";

/** A write that has passed all checks of its own. */
export interface NewObject {
  readonly key: string;
  /** Bytes nobody else can change. */
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  readonly cause: EventCause;
  readonly etag?: (stamp: Stamp) => string;
  readonly lastModified?: number;
  /** Its place, where it has been looked up already. */
  readonly slot?: Slot;
  /** Bytes that the write gives back elsewhere: the parts of its upload. */
  readonly frees?: number;
}

/** Puts a new object on top of its key, and tells of it. The last check is the account's size: nothing has changed before. */
export function write(call: Call, { state, versions }: Parts, bucket: StoredBucket, object: NewObject): ObjectInfo {
  const { key, data, attributes, cause } = object;
  const stamp = state.nextStamp(bucket.name);
  const slot = object.slot ?? versions.slot(bucket.name, key);
  // Field by field: a spread costs as much as the rest of a put.
  const version: Version = {
    key,
    data,
    size: data.length,
    contentType: attributes.contentType,
    etag: object.etag ? object.etag(stamp) : state.dialect.etag(data, stamp),
    lastModified: object.lastModified ?? state.nowMs(),
    metadata: attributes.metadata,
    tags: attributes.tags,
    storageClass: attributes.storageClass,
    stamp,
    versionId: versions.newId(bucket, stamp),
  };
  state.reserve(version.size - versions.freedBy(bucket, version, slot) - (object.frees ?? 0));
  versions.push(bucket, version, slot);
  if (bucket.notifications) {
    const versionId = versions.shownId(bucket, version);
    const overwrote = slot.current && versions.idOf(slot.current);
    announce(call, state, bucket, { name: "ObjectCreated", cause, version, versionId, stamp, overwrote });
  }
  return versions.info(bucket, version);
}

/** The operations that write an object, but for uploads in parts. */
export function writing(parts: Parts): Pick<EngineOf<StorageDriver>, "putObject" | "copyObject"> {
  const { state, versions } = parts;
  const { dialect } = state;
  const defaults = defaultAttributes(dialect);

  return {
    putObject(call, bucket, key, data, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, dialect);
      const payload = args.payload("data", data);
      // A put without options is what programs do most: it has nothing to read from them.
      const fields = options === undefined ? undefined : args.options(options);
      const attributes = fields ? { ...defaults, ...attributesOf(fields, dialect) } : defaults;
      const conditions = fields && writeConditionsOf(fields, dialect);
      const bytes = keep(payload);
      if (bytes.length > dialect.maxPutBytes) refuse("tooLarge", { size: bytes.length, max: dialect.maxPutBytes, key });

      const into = state.bucket(name);
      const slot = versions.slot(name, objectName);
      if (conditions) checkWrite(into, objectName, slot.current, conditions, dialect);
      return write(call, parts, into, { key: objectName, data: bytes, attributes, cause: "Put", slot });
    },

    copyObject(call, dstBucket, dstKey, source, options) {
      const name = args.text("dstBucket", dstBucket);
      const key = objectKey(dstKey, dialect);
      const from = args.object("source", source);
      const fromName = args.text("source.bucket", from["bucket"]);
      const fromKey = objectKey(from["key"], dialect);
      const versionId = versionIdOf(from, dialect);
      const fields = args.options(options);
      const directive = args.oneOf("metadataDirective", fields["metadataDirective"] ?? "COPY", ["COPY", "REPLACE"]);
      const { contentType, metadata, tags } = attributesOf(fields, dialect);
      const storageClass = storageClassOf(fields["storageClass"], dialect);

      const into = state.bucket(name);
      const fromBucket = state.bucket(fromName);
      const original = versionToCopy(parts, fromBucket, fromKey, versionId);
      const details = { bucket: fromName, key: fromKey, resource: fromKey };
      const idle =
        name === fromName &&
        key === fromKey &&
        versionId === undefined &&
        directive === "COPY" &&
        storageClass === undefined;
      if (idle && dialect.refusesIdleCopy) refuse("copyOntoItself", details);
      if (original.size > dialect.maxCopyBytes)
        refuse("copyTooLarge", { ...details, size: original.size, max: dialect.maxCopyBytes });
      checkReadable(state, fromBucket, original);

      const described =
        directive === "COPY"
          ? original
          : { contentType: contentType ?? defaults.contentType, metadata: metadata ?? defaults.metadata };
      const attributes: Attributes = {
        contentType: described.contentType,
        metadata: described.metadata,
        tags: tags ?? original.tags,
        storageClass: storageClass ?? defaults.storageClass,
      };
      return write(call, parts, into, { key, data: original.data, attributes, cause: "Copy" });
    },
  };
}

function versionToCopy(parts: Parts, bucket: StoredBucket, key: string, versionId: string | undefined): Version {
  if (versionId !== undefined && parts.versions.find(bucket.name, key, versionId)?.version.marker) {
    refuse("copyOfMarker", { bucket: bucket.name, key, versionId, resource: key });
  }
  return findForReading(parts, bucket, key, versionId);
}
