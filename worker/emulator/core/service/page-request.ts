import { pageLimit, readPageToken, type PageLimits } from "../paging";
import type { Fields } from "./arguments";

/** What makes a page of a list: how many, after what. `scope` is everything that makes it this list and no other. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | undefined;
  readonly operation: string;
  readonly scope: string;
}

/** How an engine refuses a bad limit or page token. */
export interface PageRefusals {
  limit(): never;
  token(): never;
}

/** A list's arguments; `scope` names the list's parent, prefix and whatever else it was asked for. */
export function pageRequest(
  operation: string,
  scope: readonly (string | undefined)[],
  options: Fields,
  limits: PageLimits,
  refusals: PageRefusals,
): PageRequest {
  const limit = pageLimit(options["limit"] as number | undefined, limits) ?? refusals.limit();
  const list = { operation, scope: JSON.stringify(scope) };
  const after = readPageToken(options["pageToken"] as string | undefined, list);
  return { ...list, limit, after: after === null ? refusals.token() : after };
}
