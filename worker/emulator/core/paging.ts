import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "./bytes";

/** What every operation takes as, or within, its last argument. */
export interface Opts {
  /** Aborts the call: it rejects with the signal's reason and changes nothing. */
  signal?: AbortSignal;
}

/** What every list takes. */
export interface ListOpts extends Opts {
  /** Most items of the page; more than the operation's maximum counts as the maximum. */
  limit?: number;
  /** The last page's `nextPageToken`. */
  pageToken?: string;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Gives the next page; absent on the last one. */
  nextPageToken?: string;
}

/** Items of a page where the caller says nothing, and at most. */
export interface PageLimits {
  readonly default: number;
  readonly max: number;
}

const VERSION = 1;

/** How many items a page may have, or `null` when `limit` is none: an engine then refuses. */
export function pageLimit(limit: number | undefined, limits: PageLimits): number | null {
  if (limit === undefined) return limits.default;
  // A caller's number, whatever its type says.
  if (typeof limit !== "number" || !Number.isSafeInteger(limit) || limit < 1) return null;
  return Math.min(limit, limits.max);
}

/** Where a page token stands: in what list (an operation, and the scope it was asked for), and after which sort key. */
export interface PagePosition {
  readonly operation: string;
  /** Everything that makes it this list and no other: bucket, prefix, filter. */
  readonly scope: string;
  readonly after: string;
}

/** The token of the page that begins after `after`. */
export function pageToken({ operation, scope, after }: PagePosition): string {
  return toBase64Url(utf8(JSON.stringify({ v: VERSION, op: operation, scope, after })));
}

/**
 * The sort key that a token stands after; `undefined` without a token, `null` for a token of another list or garbage: an engine then refuses.
 */
export function readPageToken(
  token: string | undefined,
  { operation, scope }: Omit<PagePosition, "after">,
): string | undefined | null {
  if (token === undefined) return undefined;
  const bytes = typeof token === "string" ? fromBase64Url(token) : undefined;
  if (!bytes) return null;
  const { v, op, scope: ofScope, after } = parse(fromUtf8(bytes));
  return v === VERSION && op === operation && ofScope === scope && typeof after === "string" ? after : null;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/**
 * The first `limit` items of `source`, and a token only when there is another item behind them: so that no last page is empty. Takes no more
 * than one item too many from the source.
 */
export function takePage<T>(source: Iterable<T>, limit: number, tokenAfter: (last: T) => string): Page<T> {
  const items: T[] = [];
  for (const item of source) {
    if (items.length === limit) return { items, nextPageToken: tokenAfter(items[limit - 1] as T) };
    items.push(item);
  }
  return { items };
}

/**
 * Every item of a list, fetched page by page when it is needed.
 *
 * ```ts
 * objects(bucket: string, options?: ListObjectsOptions) {
 *   return pages((pageToken) => this.listObjects(bucket, { ...options, pageToken }));
 * }
 * ```
 */
export async function* pages<T>(
  fetchPage: (pageToken: string | undefined) => Promise<Page<T>>,
  first?: string,
): AsyncGenerator<T, void, undefined> {
  let token = first;
  do {
    const page = await fetchPage(token);
    yield* page.items;
    token = page.nextPageToken;
  } while (token !== undefined);
}
