import { describe, expect, test } from "vitest";
import * as guards from "../../../worker/emulator/core/error-guards";
import { CODE_FACTS, ERROR_CODES } from "../../../worker/emulator/core/error-codes";
import { CloudError } from "../../../worker/emulator/core/errors";

const { codeOf, isInternal, isNotFound, isThrottled } = guards;

describe("the code of anything caught", () => {
  test("is OK for nothing and Internal for a foreign error", () => {
    expect([codeOf(undefined), codeOf(null), codeOf(new Error("x")), codeOf("x")]).toEqual([
      ...["OK", "OK", "Internal", "Internal"],
    ]);
  });

  test("is found behind causes, up to 32 of them, and round a circle not at all", () => {
    const inner = new CloudError("NotFound", "no");
    expect(isNotFound(new Error("w", { cause: inner }))).toBe(true);
    const wrap = (levels: number): Error => {
      let error: Error = inner;
      for (let i = 0; i < levels; i++) error = new Error("w", { cause: error });
      return error;
    };
    expect([isNotFound(wrap(31)), isNotFound(wrap(40))]).toEqual([true, false]);
    const circle = new Error("round");
    circle.cause = circle;
    expect(codeOf(circle)).toBe("Internal");
  });

  test("guards are false for foreign values, but isInternal for a foreign error", () => {
    for (const guard of Object.values(guards)) {
      if (guard === codeOf) continue;
      expect([guard(undefined), guard("x"), guard({ code: "NotFound" })]).toEqual([false, false, false]);
      expect(guard(new Error("x"))).toBe(guard === isInternal);
    }
  });
});

test.each(ERROR_CODES)("%s crosses the worker boundary as it is", (code) => {
  const error = new CloudError(code, "message", {
    provider: "gcp",
    service: "storage",
    operation: "getObject",
    nativeCode: "rateLimitExceeded",
    retryAfterMs: 5,
    details: { key: "a" },
    injected: true,
    cause: new CloudError("Throttled", "underneath"),
  });
  const back = CloudError.from(structuredClone(error.toJSON()));
  expect(back.toJSON()).toEqual(error.toJSON());
  expect([String(back), back.nativeCode, back.httpStatus]).toEqual([
    `${code}: message`,
    "rateLimitExceeded",
    CODE_FACTS[code].httpStatus,
  ]);
  expect(isThrottled(back)).toBe(code === "Throttled");
  expect(isThrottled(back.cause)).toBe(true);
});
