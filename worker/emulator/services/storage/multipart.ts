import { md5Hex } from "../../core/hash";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { ascending, prefixOf, prefixWithin, tupleKey } from "../../core/store/keys";
import type { StorageDriver } from "./driver";
import { args, attributesOf, bucketName, defaultAttributes, objectKey, pageRequest } from "./input";
import type { Parts } from "./parts";
import { join, keep } from "./payload";
import { refuse } from "./reasons";
import { partKey, uploadKey, type State, type StoredPart, type StoredUpload } from "./state";
import type { MultipartUpload, UploadPart } from "./types";
import { write } from "./writing";

const ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const ID_LENGTH = 64;

interface ListedPart {
  readonly partNumber: number;
  readonly etag: string | undefined;
}

const infoOf = ({ uploadId, bucket, key, createdAt }: StoredUpload): MultipartUpload => ({
  uploadId,
  bucket,
  key,
  createdAt: new Date(createdAt),
});
const partInfo = ({ partNumber, etag, size }: StoredPart): UploadPart => ({ partNumber, etag, size });

/** Forgets an upload with its parts; answers how many bytes they had. */
export function dropUpload(state: State, upload: StoredUpload): number {
  let bytes = 0;
  for (const [at, part] of state.parts.range({ prefix: prefixOf(upload.bucket, upload.uploadId) })) {
    state.parts.delete(at);
    bytes += part.size;
  }
  state.uploads.delete(uploadKey(upload));
  state.uploadIds.delete(tupleKey(upload.bucket, upload.key, upload.uploadId));
  state.book(upload.bucket, -bytes);
  return bytes;
}

function bytesOf(state: State, upload: StoredUpload): number {
  let bytes = 0;
  for (const [, { size }] of state.parts.range({ prefix: prefixOf(upload.bucket, upload.uploadId) })) bytes += size;
  return bytes;
}

/** The parts that an upload is completed with, in the order they are listed, or why they cannot be joined. */
function chosenParts(state: State, upload: StoredUpload, listed: readonly ListedPart[]): StoredPart[] {
  const { minPartBytes } = state.dialect;
  if (listed.length === 0) refuse("noParts");
  listed.forEach(({ partNumber }, i) => {
    if (i > 0 && partNumber <= (listed[i - 1] as ListedPart).partNumber) refuse("partOrder", { partNumber });
  });
  const parts = listed.map(({ partNumber, etag }) => {
    const part = state.parts.get(partKey(upload, partNumber));
    return part && (etag === undefined || etag === part.etag) ? part : refuse("partMissing", { partNumber });
  });
  for (const { partNumber, size } of parts.slice(0, -1)) {
    if (size < minPartBytes) refuse("partTooSmall", { partNumber, size, min: minPartBytes });
  }
  return parts;
}

type MultipartOperation =
  | "createMultipartUpload"
  | "uploadPart"
  | "completeMultipartUpload"
  | "abortMultipartUpload"
  | "listMultipartUploads"
  | "listParts";

/** Uploads in parts. */
export function multipart(parts: Parts): Pick<EngineOf<StorageDriver>, MultipartOperation> {
  const { state, sweeps } = parts;
  const { dialect, context } = state;

  /** The open upload of this id, for this very key. */
  function find(bucket: unknown, key: unknown, uploadId: unknown): () => StoredUpload {
    const name = bucketName(bucket);
    const objectName = objectKey(key, dialect);
    const id = args.text("uploadId", uploadId);
    return () => {
      state.bucket(name);
      const at = state.uploadIds.get(tupleKey(name, objectName, id));
      const upload = at === undefined ? undefined : state.uploads.get(at);
      return upload ?? refuse("noSuchUpload", { bucket: name, key: objectName, uploadId: id, resource: id });
    };
  }

  return {
    createMultipartUpload(_call, bucket, key, options) {
      const name = bucketName(bucket);
      const objectName = objectKey(key, dialect);
      const attributes = { ...defaultAttributes(dialect), ...attributesOf(args.options(options), dialect) };
      state.bucket(name);
      const stamp = state.nextStamp(name);
      const uploadId = context.ids.of(ID_LETTERS, ID_LENGTH);
      const upload: StoredUpload = {
        uploadId,
        bucket: name,
        key: objectName,
        createdAt: state.nowMs(),
        ...attributes,
        stamp,
      };
      state.uploads.set(uploadKey(upload), upload);
      state.uploadIds.set(tupleKey(name, objectName, uploadId), uploadKey(upload));
      state.book(name, 0, stamp);
      return infoOf(upload);
    },

    uploadPart(_call, bucket, key, uploadId, part, options) {
      const findUpload = find(bucket, key, uploadId);
      const fields = args.object("part", part);
      const partNumber = args.integer("partNumber", fields["partNumber"], 1, dialect.maxParts);
      const data = keep(args.payload("data", fields["data"]));
      if (data.length > dialect.maxPartBytes) refuse("tooLarge", { size: data.length, max: dialect.maxPartBytes });
      args.options(options);

      const upload = findUpload();
      const at = partKey(upload, partNumber);
      const growth = data.length - (state.parts.get(at)?.size ?? 0);
      state.reserve(growth);
      const stored: StoredPart = { partNumber, etag: md5Hex(data), size: data.length, data };
      state.parts.set(at, stored);
      state.book(upload.bucket, growth);
      return partInfo(stored);
    },

    completeMultipartUpload(call, bucket, key, uploadId, listed, options) {
      const findUpload = find(bucket, key, uploadId);
      if (!Array.isArray(listed)) refuse("noPartList");
      const list = args.list("parts", listed, (element, argument): ListedPart => {
        const fields = args.object(argument, element);
        const partNumber = args.integer(`${argument}.partNumber`, fields["partNumber"], 1, dialect.maxParts);
        return { partNumber, etag: args.optionalText(`${argument}.etag`, fields["etag"])?.replace(/^"(.*)"$/, "$1") };
      });
      args.options(options);

      const upload = findUpload();
      const chosen = chosenParts(state, upload, list);
      const stored = state.bucket(upload.bucket);
      const { contentType, metadata, tags, storageClass } = upload;
      const info = write(call, parts, stored, {
        key: upload.key,
        data: join(chosen.map(({ data }) => data)),
        attributes: { contentType, metadata, tags, storageClass },
        cause: "CompleteMultipartUpload",
        etag: (stamp) =>
          dialect.multipartEtag(
            chosen.map(({ etag }) => etag),
            stamp,
          ),
        ...(dialect.datesUploadByStart && { lastModified: upload.createdAt }),
        frees: bytesOf(state, upload),
      });
      dropUpload(state, upload);
      // It may be as old as its upload, and due before anything the sweep knows of.
      sweeps.hurry(stored);
      return info;
    },

    abortMultipartUpload(_call, bucket, key, uploadId, options) {
      const findUpload = find(bucket, key, uploadId);
      args.options(options);
      dropUpload(state, findUpload());
    },

    listMultipartUploads(_call, bucket, options) {
      const name = bucketName(bucket);
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const request = pageRequest("listMultipartUploads", [name, prefix], fields, dialect);
      state.bucket(name);
      const after = request.after === undefined ? {} : { after: tupleKey(name) + request.after };
      const entries = state.uploads.range({ prefix: prefixWithin([name], prefix), ...after });
      const placeOf = ([at]: [string, StoredUpload]): string => at.slice(tupleKey(name).length);
      const page = takePage(entries, request.limit, (last) => pageToken({ ...request, after: placeOf(last) }));
      return { ...page, items: page.items.map(([, upload]) => infoOf(upload)) };
    },

    listParts(_call, bucket, key, uploadId, options) {
      const findUpload = find(bucket, key, uploadId);
      const fields = args.options(options);
      const request = pageRequest("listParts", [bucket, key, uploadId], fields, dialect);
      const upload = findUpload();
      const after =
        request.after === undefined ? {} : { after: tupleKey(upload.bucket, upload.uploadId, request.after) };
      const entries = state.parts.range({ prefix: prefixOf(upload.bucket, upload.uploadId), ...after });
      const page = takePage(entries, request.limit, ([, part]) =>
        pageToken({ ...request, after: ascending(part.partNumber) }),
      );
      return { ...page, items: page.items.map(([, part]) => partInfo(part)) };
    },
  };
}
