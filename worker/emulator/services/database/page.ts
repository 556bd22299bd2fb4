import type { RangeOptions } from "../../core/store/range";
import { pageLimit, pageToken, readPageToken } from "../../core/paging";
import type { Fields } from "../../core/service/arguments";
import { holds, project, type CompiledCondition, type CompiledProjection } from "./expressions";
import { pick } from "./indexing";
import { args, fingerprint } from "./input";
import { keyAttributes } from "./keys";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { Source } from "./source";
import type { Item, QueryPage } from "./types";
import { copyItem, measure } from "./values";

/** What a query or scan walks, and what it makes of what it meets. */
export interface Walk {
  readonly operation: "query" | "scan";
  readonly source: Source;
  readonly range: RangeOptions & { readonly prefix: string };
  readonly filter: CompiledCondition | undefined;
  readonly projection: CompiledProjection | undefined;
  /** The only attributes that are seen. */
  readonly view: ReadonlySet<string> | undefined;
  readonly countOnly: boolean;
  readonly consistent: boolean;
  /** Whether a key is of the segment that is read. */
  readonly mine?: (key: string) => boolean;
  /** Everything that was asked for, but for where the page begins and ends. */
  readonly scope: unknown;
}

/** One page of a query or scan. */
export function readPage(parts: Parts, walk: Walk, options: Fields): QueryPage {
  const { state, expiry, capacity } = parts;
  const { dialect } = state;
  const { source, filter, projection, view, countOnly } = walk;
  const limit = pageLimit(options["limit"] as number | undefined, { default: dialect.defaultPageItems, max: Infinity });
  if (limit === null) return args.complain("limit", "an integer of at least 1");
  const counts = dialect.limitCounts;

  const items: Item[] = [];
  let scanned = 0;
  let returned = 0;
  let bytes = 0;
  let last: { readonly key: string; readonly item: Item } | undefined;
  let full = false;
  let more = false;
  for (const [key, stored] of source.walk(rangeFrom(walk, options))) {
    if (stored === undefined || (walk.mine && !walk.mine(key)) || !expiry.visible(source.table, stored)) continue;
    if (full) {
      more = true;
      break;
    }
    const item = pick(stored.item, view);
    scanned++;
    bytes += view === undefined ? stored.size : measure(item, dialect);
    last = { key, item: stored.item };
    if (filter === undefined || holds(filter, item, dialect)) {
      returned++;
      if (!countOnly) items.push(projection ? project(projection, item) : copyItem(item));
    }
    full = (counts === "evaluated" ? scanned : returned) >= limit || bytes > dialect.maxPageBytes;
  }

  const consumed = dialect.queryUnits(bytes, returned, walk.consistent);
  if (source.table.billing.mode !== "onDemand") capacity.charge(source.table, "read", consumed);
  const page: QueryPage = { items, count: returned, scannedCount: scanned, consumed };
  const byLimit = dialect.tokenAtLimit && (counts === "evaluated" ? scanned : returned) >= limit;
  if (last === undefined || !(more || byLimit)) return page;
  const nextPageToken = pageToken({ operation: walk.operation, scope: fingerprint(walk.scope), after: last.key });
  return { ...page, nextPageToken, lastKey: copyItem(keyAttributes(source.table, last.item)) };
}

/** Where a page begins: strictly after the item that the page before ended with, whatever came or went. */
function rangeFrom({ range, operation, scope }: Walk, options: Fields): RangeOptions {
  const token = options["pageToken"] as string | undefined;
  if (token === undefined) return range;
  const after = readPageToken(token, { operation, scope: fingerprint(scope) });
  if (typeof after !== "string" || !after.startsWith(range.prefix)) return refuse("badPageToken");
  return range.reverse ? { ...range, to: after } : { ...range, after };
}
