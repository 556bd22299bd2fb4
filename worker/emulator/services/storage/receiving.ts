import type { Receiver, Target } from "../../core/flow/contract";
import { tupleKey } from "../../core/store/keys";
import type { State } from "./state";

/** How other services put objects into buckets: as whoever calls `putObject`. */
export function receiver({ buckets, context: { account }, dialect }: State): Receiver {
  return {
    find(name): Target | undefined {
      const bucket = bucketIn(name);
      if (bucket !== undefined) return { kind: "container", name, exists: buckets.has(tupleKey(bucket)) };
      // A plain word may be anybody's: it is a bucket only if there is one.
      if (!buckets.has(tupleKey(name))) return undefined;
      return { kind: "container", name: dialect.bucketArn(name, account), exists: true };
    },

    call({ name }, parcel) {
      const bucket = bucketIn(name);
      if (parcel.kind !== "container" || bucket === undefined) throw new Error(`a bucket takes no ${parcel.kind}`);
      const { key, data, contentType } = parcel;
      const options = contentType === undefined ? [] : [{ contentType }];
      return { operation: "putObject", args: [bucket, key, data, ...options] };
    },
  };

  /** The bucket whose full name it is, whether or not there is one. */
  function bucketIn(name: string): string | undefined {
    const bucket = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf(":")) + 1);
    return bucket !== "" && dialect.bucketArn(bucket, account) === name ? bucket : undefined;
  }
}
