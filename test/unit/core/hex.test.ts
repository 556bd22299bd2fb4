import fc from "fast-check";
import { expect, it } from "vitest";
import { guid, hex128 } from "../../../worker/emulator/core/hex";

const word = fc.integer({ min: 0, max: 0xffffffff });

it("four words in hex, as one piece or with a GUID's hyphens", () => {
  const check = (a: number, b: number, c: number, d: number): void => {
    const text = [a, b, c, d].map((it) => it.toString(16).padStart(8, "0")).join("");
    expect(hex128(a, b, c, d)).toBe(text);
    expect(guid(a, b, c, d).replaceAll("-", "")).toBe(text);
    expect(guid(a, b, c, d)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  };
  check(0, 0, 0, 0);
  check(0xffffffff, 0x80000000, 1, 0xdeadbeef);
  fc.assert(fc.property(word, word, word, word, check));
});
