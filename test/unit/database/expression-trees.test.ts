import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyUpdate,
  compileCondition,
  compileUpdate,
  holds,
  printCondition,
  printUpdate,
} from "../../../worker/emulator/services/database/expressions";
import type { Change, Condition, SetValue } from "../../../worker/emulator/services/database/expressions/ast";
import { Refusal } from "../../../worker/emulator/core/service/refusal";
import type { Attr, Item } from "../../../worker/emulator/services/database/types";
import { equal } from "../../../worker/emulator/services/database/values";
import { MISSING, naive, Naughty, naiveUpdate } from "./oracles";
import { AWS, AZURE, GCP } from "./rules";
import { changes, condition, smallItem } from "./trees";

const compile = (tree: Condition): ReturnType<typeof compileCondition> =>
  compileCondition("ConditionExpression", printCondition(tree), AWS);

describe("expressions of any kind", () => {
  it("parse to what they were printed from", () => {
    fc.assert(
      fc.property(condition, (tree) => {
        expect(compile(tree).root).toEqual(tree);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(changes, (all) => {
        expect(compileUpdate(printUpdate(all), AWS).changes).toEqual(all);
      }),
      { numRuns: 2000 },
    );
  });

  it("parse the same with any spacing and any case of keywords", () => {
    fc.assert(
      fc.property(condition, fc.infiniteStream(fc.boolean()), (tree, choices) => {
        const flip = (): boolean => choices.next().value as boolean;
        const { expression, ...rest } = printCondition(tree);
        const text = expression
          .replace(/\b(AND|OR|NOT|BETWEEN|IN)\b/g, (word) => (flip() ? word.toLowerCase() : word))
          .replace(/[(),=]/g, (sign) => (flip() && sign !== "=" ? ` ${sign}\n` : sign))
          .replace(/ /g, () => (flip() ? "\t " : " "));
        expect(compileCondition("FilterExpression", { expression: text, ...rest }, AWS).root).toEqual(tree);
      }),
      { numRuns: 500 },
    );
  });

  it("hold of what they say, on every cloud", () => {
    fc.assert(
      fc.property(condition, fc.option(smallItem, { nil: undefined }), (tree, item) => {
        const compiled = compile(tree);
        for (const [cloud, rules] of [
          ["aws", AWS],
          ["azure", AZURE],
          ["gcp", GCP],
        ] as const)
          expect([cloud, holds(compiled, item, rules)]).toEqual([cloud, naive(tree, item, cloud)]);
      }),
      { numRuns: 4000 },
    );
  });

  it("hold of no item that has an attribute which they need absent", () => {
    fc.assert(
      fc.property(condition, smallItem, (tree, item) => {
        const compiled = compile(tree);
        if (holds(compiled, item, AWS))
          for (const name of compiled.notExists) expect(Object.hasOwn(item, name)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("updates of any kind", () => {
  it("do what the rules say, or refuse as they do", () => {
    let done = 0;
    fc.assert(
      fc.property(changes, smallItem, (all, item) => {
        const before = structuredClone(item);
        let wanted: Item | string;
        try {
          wanted = naiveUpdate(all, item);
        } catch (error) {
          if (!(error instanceof Naughty)) throw error;
          wanted = "refused";
        }
        let result: Item | string;
        try {
          result = applyUpdate(compileUpdate(printUpdate(all), AWS), item, AWS);
          done++;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          result = "refused";
        }
        if (typeof result === "string" || typeof wanted === "string") expect(result).toEqual(wanted);
        else expect(equal(result, wanted) || [result, wanted]).toBe(true);
        expect(equal(item, before)).toBe(true);
      }),
      { numRuns: 6000 },
    );
    expect(done).toBeGreaterThan(300);
  });

  it("are the same as portable actions", () => {
    const actionOf = ({ kind, path, ...rest }: Change): unknown => {
      const field = [...path];
      if (kind === "remove") return { action: "REMOVE", field };
      const { value } = rest as { value: Attr | SetValue };
      if (kind === "add") return { action: "ADD", field, value };
      if (kind === "delete") return { action: "DELETE", field, value };
      const set = value as SetValue;
      return set.kind === "value" ? { action: "SET", field, value: set.value } : undefined;
    };
    const outcome = (input: unknown, item: Item): Item | string => {
      try {
        return applyUpdate(compileUpdate(input, AWS), item, AWS);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return "refused";
      }
    };
    fc.assert(
      fc.property(changes, smallItem, (all, item) => {
        const actions = all.map(actionOf);
        fc.pre(!actions.includes(undefined));
        const [one, two] = [outcome(actions, item), outcome(printUpdate(all), item)];
        if (typeof one === "string" || typeof two === "string") expect(one).toEqual(two);
        else expect(equal(one, two)).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(MISSING).toBeUndefined();
  });
});
