import type { EngineOf } from "../../core/service/operations";
import { compareCodePoints, prefixEnd } from "../../core/store/order";
import { pageToken } from "../../core/paging";
import { prefixWithin, splitKey, tupleKey } from "../../core/store/keys";
import type { StorageDriver } from "./driver";
import type { PageRequest } from "../../core/service/page-request";
import { args, bucketName, pageRequest } from "./input";
import type { Parts } from "./parts";
import type { Version } from "./state";
import type { ListResult, ObjectInfo } from "./types";
import { listingPlace } from "./versions";

/** Where a listing by key goes on: after a place that was given, or from one that was jumped to. */
interface Start {
  readonly after?: string;
  readonly from?: string;
}

/** A listing by key that can begin anywhere. */
interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  open(start: Start): Iterator<Version>;
  /** What a page token says of an item. */
  placeOf(version: Version): string;
  info(version: Version): ObjectInfo;
}

/** A page ends behind an item, or behind a common prefix and all its keys. */
type Position = { readonly item: string } | { readonly rolledUp: string };

function readPosition(after: string): Position {
  return after.startsWith("p") ? { rolledUp: after.slice(1) } : { item: after.slice(1) };
}
const writePosition = (position: Position): string =>
  "item" in position ? `i${position.item}` : `p${position.rolledUp}`;

/** The first key behind all that begin with this one; a bucket's name ends before U+10FFFF, so there is one. */
const behind = (bucket: string, keyPrefix: string): Start => ({
  from: prefixEnd(prefixWithin([bucket], keyPrefix)),
});

/**
 * One page. Keys with the delimiter behind the prefix are rolled up, and then jumped over: a page costs as much as what it shows, however many
 * keys a common prefix stands for.
 */
function page(listing: Listing, request: PageRequest, start: Start): ListResult {
  const { prefix, delimiter, bucket } = listing;
  const result: ListResult = { items: [], commonPrefixes: [], isTruncated: false };
  let last: Position | undefined;
  if (request.after !== undefined) {
    const position = readPosition(request.after);
    start = "item" in position ? { after: position.item } : behind(bucket, position.rolledUp);
  }
  let walk = listing.open(start);
  for (let count = 0; ; count++) {
    const next = walk.next();
    if (next.done || count === request.limit) {
      walk.return?.();
      if (next.done || !last) return result;
      const nextPageToken = pageToken({ ...request, after: writePosition(last) });
      return { ...result, nextPageToken, isTruncated: true };
    }
    const { key } = next.value;
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) {
      result.items.push(listing.info(next.value));
      last = { item: listing.placeOf(next.value) };
    } else {
      const rolledUp = key.slice(0, cut + delimiter.length);
      result.commonPrefixes.push(rolledUp);
      last = { rolledUp };
      walk.return?.();
      walk = listing.open(behind(bucket, rolledUp));
    }
  }
}

function* valuesOf(entries: Iterable<[string, Version]>): Generator<Version> {
  for (const [, version] of entries) yield version;
}

/** Two walks by key as one; at the same key the first one's goes first. */
function* merge(first: Iterator<Version>, second: Iterator<Version>): Generator<Version> {
  let a = first.next();
  let b = second.next();
  while (!a.done || !b.done) {
    if (!a.done && (b.done || compareCodePoints(a.value.key, b.value.key) <= 0)) {
      yield a.value;
      a = first.next();
    } else if (!b.done) {
      yield b.value;
      b = second.next();
    }
  }
}

/** The operations that list objects and versions. */
export function listing(parts: Parts): Pick<EngineOf<StorageDriver>, "listObjects" | "listObjectVersions"> {
  const { state, versions } = parts;

  function openVersions(bucket: string, prefix: string, { after, from }: Start): Generator<Version> {
    const within = { prefix: prefixWithin([bucket], prefix) };
    if (after === undefined) {
      const start = { ...within, ...(from !== undefined && { from }) };
      return merge(valuesOf(state.objects.range(start)), valuesOf(state.versions.range(start)));
    }
    // Behind a version come the older ones of its key; the current one of that key stood before it, or was written since.
    const [key = ""] = splitKey(after);
    const objects = state.objects.range({ ...within, after: tupleKey(bucket, key) });
    return merge(valuesOf(objects), valuesOf(state.versions.range({ ...within, after: tupleKey(bucket) + after })));
  }

  return {
    listObjects(_call, name, options) {
      const bucket = bucketName(name);
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const delimiter = args.optionalText("delimiter", fields["delimiter"]) ?? "";
      const startAfter = args.optionalText("startAfter", fields["startAfter"]);
      const request = pageRequest("listObjects", [bucket, prefix, delimiter], fields, state.dialect);
      const stored = state.bucket(bucket);
      return page(
        {
          ...{ bucket, prefix, delimiter },
          open: ({ after, from }) => {
            const start = {
              ...(after !== undefined && { after: tupleKey(bucket, after) }),
              ...(from !== undefined && { from }),
            };
            return valuesOf(state.objects.range({ prefix: prefixWithin([bucket], prefix), ...start }));
          },
          placeOf: ({ key }) => key,
          info: (version) => versions.info(stored, version),
        },
        request,
        startAfter === undefined ? {} : { after: startAfter },
      );
    },

    listObjectVersions(_call, name, options) {
      const bucket = bucketName(name);
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const delimiter = args.optionalText("delimiter", fields["delimiter"]) ?? "";
      const request = pageRequest("listObjectVersions", [bucket, prefix, delimiter], fields, state.dialect);
      const stored = state.bucket(bucket);
      return page(
        {
          ...{ bucket, prefix, delimiter },
          open: (start) => openVersions(bucket, prefix, start),
          placeOf: listingPlace,
          info: (version) => {
            const info = {
              ...versions.info(stored, version),
              versionId: versions.idOf(version),
              isLatest: versions.isLatest(stored, version),
            };
            return version.marker ? { ...info, deleteMarker: true } : info;
          },
        },
        request,
        {},
      );
    },
  };
}
