import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksum } from "../../../src/share/checksum";

/** As RFC 1950 gives them. */
const parse = (text: string): number => Number.parseInt(checksum(text), 36);

describe("the checksum of a link", () => {
  it("is Adler-32", () => {
    expect(parse("")).toBe(1);
    expect(parse("Wikipedia")).toBe(0x11e60398);
  });

  it("always has seven letters or digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 5000 }), (text) =>
        /^[0-9a-z]{7}$/.test(checksum(text)),
      ),
    );
    expect(checksum("_".repeat(65_536))).toMatch(/^[0-9a-z]{7}$/);
  });
});
