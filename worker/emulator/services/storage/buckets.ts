import type { EngineOf } from "../../core/service/operations";
import { takePage, pageToken } from "../../core/paging";
import { prefixOf, prefixWithin, tupleKey } from "../../core/store/keys";
import type { MemStore } from "../../core/store/mem-store";
import type { StorageDriver } from "./driver";
import { args, bucketName, bucketTags, newBucketName, pageRequest } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredBucket } from "./state";
import type { BucketInfo } from "./types";

const infoOf = ({ name, region, createdAt, arn }: StoredBucket): BucketInfo => ({
  name,
  region,
  createdAt: new Date(createdAt),
  arn,
});

/** Removes everything that stands under a bucket. */
function clear<V>(store: MemStore<V>, bucket: string): void {
  for (const [key] of store.range({ prefix: prefixOf(bucket) })) store.delete(key);
}

/** The operations on buckets themselves. */
export function buckets(
  parts: Parts,
): Pick<
  EngineOf<StorageDriver>,
  "createBucket" | "deleteBucket" | "listBuckets" | "setBucketVersioning" | "getBucketVersioning"
> {
  const { state, sweeps } = parts;
  const { dialect, context } = state;

  /** Refuses a name that was just given up, as long as the cloud holds it. */
  function checkHold(name: string): void {
    const deletedAt = state.holds.get(tupleKey(name));
    if (deletedAt === undefined) return;
    const freeInMs = deletedAt + dialect.nameHoldMs - state.nowMs();
    if (freeInMs > 0) refuse("bucketBeingDeleted", { bucket: name, freeInMs, resource: name });
  }

  return {
    createBucket(_call, bucket, options) {
      const name = newBucketName(bucket, dialect);
      const fields = args.options(options);
      const tags = fields["tags"] === undefined ? {} : bucketTags(fields["tags"], dialect);
      const versioning = args.optionalFlag("versioning", fields["versioning"]);

      const existing = state.buckets.get(tupleKey(name));
      if (existing) {
        const asksMore = fields["tags"] !== undefined || versioning !== undefined;
        if (asksMore || !dialect.toleratesRecreation(context.account))
          refuse("bucketTaken", { bucket: name, resource: name });
        return infoOf(existing);
      }
      checkHold(name);
      if (state.buckets.size >= dialect.maxBuckets) refuse("tooManyBuckets", { max: dialect.maxBuckets });
      const created: StoredBucket = {
        name,
        region: context.account.region,
        arn: dialect.bucketArn(name, context.account),
        createdAt: state.nowMs(),
        versioning: versioning ? "Enabled" : "Unversioned",
        tags,
      };
      state.holds.delete(tupleKey(name));
      state.saveBucket(created);
      return infoOf(created);
    },

    deleteBucket(_call, bucket, options) {
      const name = bucketName(bucket);
      args.options(options);
      state.bucket(name);
      const inside = { prefix: prefixOf(name) };
      const empty = !state.objects.first(inside) && !state.versions.first(inside);
      if (!empty && dialect.deleteNonEmpty === "refuse") refuse("bucketNotEmpty", { bucket: name, resource: name });

      const { objects, versions, versionIds, uploads, uploadIds, parts: uploaded } = state;
      for (const store of [objects, versions, uploads, uploaded]) clear<unknown>(store, name);
      for (const store of [versionIds, uploadIds]) clear(store, name);
      state.book(name, -(state.usage.get(name)?.bytes ?? 0));
      state.usage.delete(name);
      state.buckets.delete(tupleKey(name));
      if (dialect.nameHoldMs > 0) state.holds.set(tupleKey(name), state.nowMs());
      sweeps.forget(name);
    },

    listBuckets(_call, options) {
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const request = pageRequest("listBuckets", [prefix], fields, dialect);
      const after = request.after === undefined ? {} : { after: tupleKey(request.after) };
      const entries = state.buckets.range({ prefix: prefixWithin([], prefix), ...after });
      const { items, nextPageToken } = takePage(entries, request.limit, ([, { name }]) =>
        pageToken({ ...request, after: name }),
      );
      return {
        items: items.map(([, stored]) => infoOf(stored)),
        ...(nextPageToken !== undefined && { nextPageToken }),
      };
    },

    setBucketVersioning(_call, bucket, enabled, options) {
      const name = bucketName(bucket);
      const on = args.flag("enabled", enabled);
      args.options(options);
      const stored = state.bucket(name);
      const off = stored.versioning === "Unversioned" ? "Unversioned" : dialect.versioningOff;
      const versioning = on ? "Enabled" : off;
      if (versioning !== stored.versioning) state.saveBucket({ ...stored, versioning });
    },

    getBucketVersioning(_call, bucket, options) {
      const name = bucketName(bucket);
      args.options(options);
      const status = state.bucket(name).versioning;
      return { enabled: status === "Enabled", status };
    },
  };
}
