import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../worker/emulator/core/service/refusal";
import {
  compileCondition,
  compileKeyCondition,
  compileProjection,
  compileUpdate,
} from "../../../worker/emulator/services/database/expressions";
import { admitItem } from "../../../worker/emulator/services/database/values";
import { soon } from "../soon";
import { refused } from "./refused";
import { AWS } from "./rules";

const COMPILERS: readonly ((input: unknown) => unknown)[] = [
  (input) => compileCondition("FilterExpression", input, AWS),
  (input) => compileUpdate(input, AWS),
  (input) => compileKeyCondition(input, AWS),
  (input) => compileProjection(input, AWS),
];

/** Compiles with everything; whatever is refused must be refused properly. */
function compileAll(input: unknown): void {
  for (const compile of COMPILERS) {
    try {
      compile(input);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

describe("hostile expressions", () => {
  it("get an answer, whatever their characters", () => {
    const word = fc.constantFrom(
      ...[
        "a",
        "b.c",
        "d[0]",
        "#n",
        ":v",
        "size",
        "(",
        ")",
        ",",
        "=",
        "<>",
        "<",
        "+",
        "-",
        ".",
        "[",
        "]",
        "0",
        "99999999999",
      ],
      ...[
        "AND",
        "or",
        "NOT",
        "BETWEEN",
        "in",
        "SET",
        "remove",
        "ADD",
        "delete",
        "if_not_exists(",
        "contains(",
        "size(",
      ],
      ...[
        "\0",
        "\u2028",
        "\ud83d",
        "😀",
        "ñ",
        "\u202e",
        "'",
        '"',
        "\\",
        "--",
        "/*",
        "`",
        "%",
        "\t",
        "\n",
        "_",
        "__proto__",
      ],
    );
    const expression = fc.array(word, { maxLength: 40 }).map((words) => words.join(" "));
    const input = fc.record(
      {
        expression: fc.oneof(expression, fc.string({ unit: "binary", maxLength: 60 }), fc.anything()),
        names: fc.oneof(fc.constant({ "#n": "n" }), fc.anything()),
        values: fc.oneof(fc.constant({ ":v": 1 }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(input, compileAll), { numRuns: 5000 });
  });

  it("of any other form get one too", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
    });
    const filter = fc.letrec<{ filter: unknown }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 5 },
        anything,
        fc.record({
          field: fc.oneof(fc.string(), anything),
          op: fc.constantFrom("=", "IN", "BETWEEN", "SIZE<", "TYPE"),
          value: anything,
          end: anything,
        }),
        fc.record({ and: fc.array(tie("filter")) }),
        fc.record({ not: tie("filter") }),
        fc.array(
          fc.record({
            action: fc.constantFrom("SET", "ADD", "APPEND", "DELETE", "REMOVE", "x"),
            field: fc.oneof(fc.string(), anything),
            value: anything,
            values: anything,
          }),
        ),
      ),
    })).filter;
    fc.assert(fc.property(filter, compileAll), { numRuns: 3000 });
    fc.assert(
      fc.property(anything, (value) => {
        try {
          admitItem({ value }, AWS);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("as deep as 4 KB can be are refused, and not by an overflowing stack", () => {
    const condition = (expression: string): string =>
      refused(() => compileCondition("FilterExpression", { expression }, AWS)).message;
    expect(condition(`${"(".repeat(2000)}a = b${")".repeat(2000)}`)).toMatch(/redundant parentheses/);
    expect(condition(`${"(".repeat(4096)}`)).toMatch(/redundant parentheses/);
    expect(condition(`${"NOT ".repeat(1020)}a = b`)).toMatch(/too many operators; operator count: 1021/);
    expect(condition(`${"NOT(".repeat(600)}a = b${")".repeat(600)}`)).toMatch(/too many operators/);
    expect(condition(`${"size(".repeat(600)}a${")".repeat(600)} > b`)).toMatch(/too many operators/);
    expect(condition(`${"a[0] = b AND (".repeat(280)}a=b${")".repeat(0)}`)).toMatch(/Syntax error/);
    const update = (expression: string): string => refused(() => compileUpdate({ expression }, AWS)).message;
    expect(update(`SET a = ${"(".repeat(2000)}b`)).toMatch(/redundant parentheses/);
    expect(update(`SET a = ${"if_not_exists(a,".repeat(250)}b`)).toMatch(/Syntax error/);
    expect(() =>
      compileUpdate({ expression: `SET a = ${"if_not_exists(a,".repeat(200)}b${")".repeat(200)}` }, AWS),
    ).not.toThrow();
  });

  it("take no longer than they may", async () => {
    const long = Array.from({ length: 1000 }, (_, i) => `a${i % 10}`)
      .join(",")
      .slice(0, 4095);
    // Quadratic time over megabytes is minutes anywhere.
    await soon(() => {
      compileAll({ expression: long });
      compileAll({ expression: `REMOVE ${Array.from({ length: 680 }, (_, i) => `b${i}`).join(",")}`.slice(0, 4094) });
      compileAll({ expression: "a ".repeat(2048) });
      compileAll({ expression: " ".repeat(5_000_000) });
      compileAll({ expression: "a".repeat(5_000_000) });
      compileAll({
        expression: "a = :v",
        values: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`:v${i}`, i])),
      });
    });
  });

  it("cannot count on huge numbers", () =>
    soon(() => {
      expect(refused(() => admitItem({ v: 10n ** 100_000n }, AWS)).message).toMatch(/38 significant digits/);
      expect(refused(() => compileUpdate([{ action: "SET", field: ["a", 2 ** 53], value: 1 }], AWS)).message).toMatch(
        /field must be/,
      );
      expect(
        refused(() => compileUpdate([{ action: "SET", field: Array(100_000).fill("a"), value: 1 }], AWS)).message,
      ).toMatch(/field must be/);
      expect(refused(() => compileUpdate(Array(20_000).fill({ action: "REMOVE", field: "a" }), AWS)).message).toMatch(
        /at most 10000/,
      );
    }));
});
