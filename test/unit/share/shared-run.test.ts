import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNameProblem, fromPayload, MAX_FILES, MAX_SOURCE_LENGTH, toPayload } from "../../../src/share/shared-run";
import { DEFAULT_LIMITS } from "../../../worker/emulator/run/settings";
import { RUN, sharedRun } from "./runs";

const payload = toPayload(RUN);

function problemOf(content: unknown): string {
  const result = fromPayload(content);
  return "problem" in result ? result.problem : "none";
}
const problemWith = (changes: Record<string, unknown>): string => problemOf({ ...payload, ...changes });

describe("the payload of a link", () => {
  it("comes back as it was", () => {
    fc.assert(fc.property(sharedRun, (run) => void expect(fromPayload(toPayload(run))).toEqual({ run })));
  });

  it("needs no digest and no trace", () => {
    const { digest: _, trace: __, ...rest } = RUN;
    expect(fromPayload(toPayload(rest))).toEqual({ run: rest });
  });

  it.each([undefined, null, 1, "text", true, [], [payload], () => payload])("is not %j", (content) => {
    expect(problemOf(content)).toBe("it does not hold a program");
  });

  it("is never anything but sound or a problem", () => {
    fc.assert(
      fc.property(fc.anything(), (content) => {
        expect(problemOf(content)).not.toBe("none");
      }),
    );
  });
});

describe("a field of the wrong type", () => {
  const wrong = [null, 0, 1.5, NaN, -1, true, "", "x", [], ["aws"], {}, { cloud: "aws" }];

  it.each(Object.keys(payload))("is refused in %s", (field) => {
    const optional = ["digest", "trace"];
    for (const value of wrong) {
      // Texts of any kind are for the comparison to read; a latency may well be 0.
      if ([...optional, "engine", "seed"].includes(field) && value === "x") continue;
      if (field === "latencyMs" && value === 0) continue;
      expect(problemWith({ [field]: value }), `${field}: ${JSON.stringify(value)}`).not.toBe("none");
    }
    expect(problemWith({ [field]: undefined }) === "none").toBe(optional.includes(field));
  });

  it.each(Object.keys(DEFAULT_LIMITS))("is refused in limits.%s", (name) => {
    for (const value of [null, 0, 1.5, NaN, Infinity, -1, true, "1", [], {}, 2 ** 53]) {
      expect(problemWith({ limits: { [name]: value } })).toContain(`limits.${name}`);
    }
  });

  it("is refused in faults, which are there only when there are any", () => {
    expect(payload).not.toHaveProperty("faults");
    const rule = { id: "a", kind: "outage", service: "*", operation: "*", fromMs: 0, forMs: 5, amount: 0 } as const;
    const run = { ...RUN, settings: { ...RUN.settings, faults: [rule] } };
    expect(toPayload(run)).toMatchObject({ faults: [rule] });
    expect(fromPayload(toPayload(run))).toEqual({ run });
    for (const faults of [null, 0, "", "x", true, {}, [1], [{ ...rule, amount: 1 }], [{ ...rule, more: 1 }]]) {
      expect(problemWith({ faults }), JSON.stringify(faults)).toContain("faults");
    }
  });

  it("is refused in an unknown limit", () => {
    expect(problemWith({ limits: { memory: 1 } })).toBe('there is no limit "memory"');
  });

  it("is refused in a start that is no moment of the run's calendar", () => {
    for (const start of ["2026-01-01", "2026-13-01T00:00:00Z", "9500-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "now"]) {
      expect(problemWith({ start })).toContain("start must be a moment");
    }
  });

  it("is refused in texts that are shown: long or with anything but the letters they are made of", () => {
    for (const field of ["engine", "digest", "trace"]) {
      for (const value of ["<b>", "two words", "a".repeat(2000), "\u202e"]) {
        expect(problemWith({ [field]: value }), field).not.toBe("none");
      }
    }
  });
});

describe("the files of a link", () => {
  it.each([
    ["none", {}],
    ["too many", Object.fromEntries(Array.from({ length: MAX_FILES + 1 }, (_, i) => [`f${i}.ts`, ""]))],
    ["no main.ts", { "other.ts": "" }],
    ["a file that is no text", { "main.ts": 1 }],
    ["a list", ["main.ts"]],
    ["too long together", { "main.ts": "x".repeat(MAX_SOURCE_LENGTH), "a.ts": "x" }],
  ])("are refused: %s", (_, files) => {
    expect(problemWith({ files })).not.toBe("none");
  });

  it.each([
    ...["", ".ts", "main", "main.ts.", "main.tsx", "../main.ts", "a/../b.ts", "a//b.ts", "/a.ts", "a/.b.ts", "a\\b.ts"],
    ...["a b.ts", "ä.ts", "a.ts\n", "a\0.ts", "-a.ts", `${"a".repeat(200)}.ts`, "__proto__", "constructor"],
  ])("cannot be called %j", (name) => {
    expect(fileNameProblem(name)).toContain("is no name for a file");
    expect(problemWith({ files: { "main.ts": "", [name]: "" } })).not.toBe("none");
  });

  it.each(["main.ts", "lib/util.ts", "a-b/c.d_e.ts", "data.json", "0.js"])("can be called %j", (name) => {
    expect(fileNameProblem(name)).toBeUndefined();
  });
});

describe("keys that mean something to JavaScript", () => {
  const hostile = (json: string): unknown => JSON.parse(json);

  it("do nothing at the top", () => {
    const text = JSON.stringify(payload);
    const result = fromPayload(
      hostile(`${text.slice(0, -1)},"__proto__":{"digest":"x","polluted":1},"constructor":{}}`),
    );
    expect(result).toEqual({ run: RUN });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("do not stand in for fields that are missing", () => {
    expect(problemOf(hostile(`{"__proto__":${JSON.stringify(payload)}}`))).toBe("it holds no files");
  });

  it("are no limits", () => {
    expect(problemWith({ limits: hostile('{"__proto__":{"calls":5}}') })).toBe('there is no limit "__proto__"');
    expect(problemWith({ limits: { toString: 5 } })).toBe('there is no limit "toString"');
  });

  it("are no files", () => {
    expect(problemWith({ files: hostile('{"__proto__":{"main.ts":""}}') })).toContain("no name for a file");
    expect(problemWith({ files: hostile('{"main.ts":"","__proto__":"x"}') })).toContain("no name for a file");
  });

  it("make ordinary file names behind a dot", () => {
    const files = hostile('{"main.ts":"","__proto__.ts":"x"}') as Record<string, string>;
    const result = fromPayload({ ...payload, files });
    expect(result).toHaveProperty("run.files", files);
  });
});
