import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as paging from "../../../worker/emulator/core/paging";

const LIMITS = { default: 100, max: 1000 };

test("a limit is a whole number of at least 1, by default 100, at most the maximum", () => {
  expect(paging.pageLimit(undefined, LIMITS)).toBe(100);
  expect(paging.pageLimit(1, LIMITS)).toBe(1);
  expect(paging.pageLimit(5000, LIMITS)).toBe(1000);
  for (const bad of [0, -1, 1.5, NaN, Infinity, "3" as unknown as number, null as unknown as number]) {
    expect(paging.pageLimit(bad, LIMITS)).toBeNull();
  }
});

describe("a page token", () => {
  const text = fc.string({ unit: "binary" });

  test("says where it was made, for whatever keys and scopes", () => {
    fc.assert(
      fc.property(text, text, text, (operation, scope, after) => {
        const token = paging.pageToken({ operation, scope, after });
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(paging.readPageToken(token, { operation, scope })).toBe(after);
        expect(paging.readPageToken(token, { operation: `${operation}x`, scope })).toBeNull();
        expect(paging.readPageToken(token, { operation, scope: `x${scope}` })).toBeNull();
      }),
    );
  });

  test("of garbage is refused and none is the first page", () => {
    const list = { operation: "listObjects", scope: "photos" };
    expect(paging.readPageToken(undefined, list)).toBeUndefined();
    fc.assert(
      fc.property(text, (garbage) => {
        expect(paging.readPageToken(garbage, list)).toBeNull();
      }),
    );
    const spelled = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const bad of [null, 7, [], {}, { v: 2, op: "listObjects", scope: "photos", after: "a" }]) {
      expect(paging.readPageToken(spelled(bad), list)).toBeNull();
    }
    expect(paging.readPageToken(7 as unknown as string, list)).toBeNull();
  });
});

describe("walking a list of 250 in pages of 100", () => {
  const scope = { operation: "list", scope: "all" };
  const key = (n: number): string => `key-${String(n).padStart(4, "0")}`;
  const keysUpTo = (count: number): Set<string> => new Set(Array.from({ length: count }, (_, i) => key(i + 1)));
  const list = (keys: ReadonlySet<string>, pageToken?: string): paging.Page<string> => {
    const after = paging.readPageToken(pageToken, scope) ?? "";
    const rest = [...keys].sort().filter((each) => each > after);
    return paging.takePage(rest, 100, (last) => paging.pageToken({ ...scope, after: last }));
  };

  test("gives 100, 100 and 50", () => {
    const sizes: number[] = [];
    let token: string | undefined;
    do {
      const page = list(keysUpTo(250), token);
      sizes.push(page.items.length);
      token = page.nextPageToken;
    } while (token !== undefined);
    expect(sizes).toEqual([100, 100, 50]);
  });

  test("loses no key when the one it stands on is deleted", () => {
    const keys = keysUpTo(250);
    const first = list(keys);
    keys.delete(key(100));
    const second = list(keys, first.nextPageToken);
    expect(second.items[0]).toBe(key(101));
    expect(second.items).toHaveLength(100);
  });

  test("ends without an empty page when the count is a multiple of the limit", () => {
    const second = list(keysUpTo(200), list(keysUpTo(200)).nextPageToken);
    expect(second.items).toHaveLength(100);
    expect("nextPageToken" in second).toBe(false);
  });

  test("as an iterator fetches a page only when it is needed", async () => {
    const keys = keysUpTo(250);
    let fetched = 0;
    const items = paging.pages(async (token) => {
      fetched += 1;
      return list(keys, token);
    });
    const seen: string[] = [];
    for await (const item of items) {
      seen.push(item);
      expect(fetched).toBe(Math.ceil(seen.length / 100));
    }
    expect(seen).toEqual([...keys]);
  });
});
