import { expect, it } from "vitest";
import { isLazy, lazyField } from "../../../worker/emulator/core/lazy";

it("a lazy field is computed when it is read, and looks like any other to whoever copies or compares", () => {
  let computed = 0;
  const SUM = lazyField(({ a, b }: { a: number; b: number }) => {
    computed += 1;
    return a + b;
  });
  const pair = Object.defineProperty({ a: 1, b: 2 }, "sum", SUM);
  expect(computed).toBe(0);
  expect(Object.keys(pair)).toEqual(["a", "b", "sum"]);
  expect({ ...pair }).toEqual({ a: 1, b: 2, sum: 3 });
  expect(structuredClone(pair)).toEqual({ a: 1, b: 2, sum: 3 });
  expect(JSON.stringify(pair)).toBe('{"a":1,"b":2,"sum":3}');
  expect(computed).toBe(3);
  expect(isLazy(SUM)).toBe(true);
  expect(isLazy({ get: () => 1 })).toBe(false);
});
