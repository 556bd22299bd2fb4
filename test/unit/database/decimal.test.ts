import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, subtract } from "../../../worker/emulator/services/database/values/arithmetic";
import {
  compareDecimals,
  decimalOf,
  decimalText,
  parseDecimal,
  valueOf,
} from "../../../worker/emulator/services/database/values/decimal";
import { bigint, int64, number } from "./values";

/** All decimals here as whole multiples of 10^-400: another way to the same arithmetic. */
const SCALE = 400;
function scaled(value: number | bigint): bigint {
  if (typeof value === "bigint") return value * 10n ** BigInt(SCALE);
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const shift = SCALE + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return sign === "-" ? -digits : digits;
}

const significant = (value: bigint): number => String(value < 0n ? -value : value).replace(/0+$/, "").length;

const decimal = fc.oneof(number, bigint);

describe("decimals", () => {
  it("add and subtract exactly, up to 38 digits", () => {
    fc.assert(
      fc.property(decimal, decimal, fc.boolean(), (a, b, minus) => {
        const result = (minus ? subtract : add)(a, b, "decimal");
        const wanted = minus ? scaled(a) - scaled(b) : scaled(a) + scaled(b);
        const magnitude = wanted === 0n ? 0 : String(wanted < 0n ? -wanted : wanted).length - 1 - SCALE;
        if (significant(wanted) > 38 || magnitude > 125 || magnitude < -130) expect(result).toBeUndefined();
        else if (wanted % 10n ** BigInt(SCALE) === 0n || significant(wanted) <= 15)
          expect(scaled(result as number)).toBe(wanted);
        // What neither a number nor a bigint holds is the nearest number.
        else expect(result).toBe(Number(`${wanted}e-${SCALE}`));
      }),
      { numRuns: 3000 },
    );
  });

  it("know the examples of the page", () => {
    expect(add(0.1, 0.2, "decimal")).toBe(0.3);
    expect(add(0.1, 0.2, "double")).toBe(0.30000000000000004);
    expect(subtract(0.3, 0.1, "decimal")).toBe(0.2);
    expect(add(2 ** 53, 1, "decimal")).toBe(9007199254740993n);
    expect(subtract(5n, 5, "decimal")).toBe(0);
    expect(Object.is(subtract(1, 1, "decimal"), 0)).toBe(true);
    expect(add(9e125, 9e125, "decimal")).toBeUndefined();
    expect(add(1e50, 1, "decimal")).toBeUndefined();
    expect(subtract(1.1e-130, 1e-130, "decimal")).toBeUndefined();
    expect(add(10n ** 38n - 1n, 1n, "decimal")).toBe(1e38);
  });

  it("come back from numbers and their texts", () => {
    fc.assert(
      fc.property(decimal, (n) => {
        expect(scaled(valueOf(decimalOf(n)))).toBe(scaled(n));
        const plain = decimalText(n);
        expect(plain).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        const parsed = parseDecimal(plain);
        expect(parsed && scaled(valueOf(parsed))).toBe(scaled(n));
      }),
      { numRuns: 2000 },
    );
    expect(decimalText(1e-7)).toBe("0.0000001");
    expect(decimalText(-12.5)).toBe("-12.5");
    expect(decimalText(1e21)).toBe("1000000000000000000000");
  });

  it("parse texts as DynamoDB's numbers are written, and no others", () => {
    const value = (text: string): unknown => {
      const parsed = parseDecimal(text);
      return parsed && valueOf(parsed);
    };
    expect(["+5", "-0", "1e2", "1E-2", ".5", "5.", "00012.50"].map(value)).toEqual([5, 0, 100, 0.01, 0.5, 5, 12.5]);
    expect(["", ".", "1+2", "1.2.3", "e2", " 5", "5 ", "0x1", "NaN", "Infinity", "1e", "1e9999999"].map(value)).toEqual(
      Array(12).fill(undefined),
    );
  });

  it("compare by value", () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const wanted = scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0;
        expect(compareDecimals(decimalOf(a), decimalOf(b))).toBe(wanted);
      }),
    );
  });
});

describe("64-bit integers", () => {
  it("add as such, and stop at their ends", () => {
    const clamp = (n: bigint): bigint => (n > 2n ** 63n - 1n ? 2n ** 63n - 1n : n < -(2n ** 63n) ? -(2n ** 63n) : n);
    const integer = fc.oneof(int64, fc.maxSafeInteger());
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        const result = add(a, b, "doubleOrInt64");
        expect(BigInt(result as number)).toBe(clamp(BigInt(a) + BigInt(b)));
        expect(typeof result).toBe(Number.isSafeInteger(Number(result)) ? "number" : "bigint");
      }),
    );
    expect(add(1, 0.5, "doubleOrInt64")).toBe(1.5);
    expect(subtract(1n, 2n, "doubleOrInt64")).toBe(-1);
    expect(add(1.7e308, 1.7e308, "doubleOrInt64")).toBeUndefined();
    expect(add(1.7e308, 1.7e308, "double")).toBeUndefined();
  });
});
