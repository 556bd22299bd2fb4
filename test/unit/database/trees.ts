import fc from "fast-check";
import type {
  Change,
  Comparator,
  Condition,
  Operand,
  SetValue,
  Steps,
} from "../../../worker/emulator/services/database/expressions/ast";
import type { Attr } from "../../../worker/emulator/services/database/types";
import { typeOf } from "../../../worker/emulator/services/database/values";

/** Values that meet one another often. */
export const fewValues: fc.Arbitrary<Attr> = fc.oneof(
  fc.constantFrom<Attr>(0, 1, 2, 1n, "a", "ab", "b", "", true, false, null),
  fc.constantFrom<Attr>(new Uint8Array([1]), new Uint8Array([1, 2]), new Set(["a"]), new Set([1, 2]), new Set([1])),
  fc.constantFrom<Attr>([], [1], ["a", 1], [1, 2], {}, { a: 1 }, { a: { b: 1 } }),
);

const names = fc.constantFrom("a", "b", "c", "name", "x.y", "toString", "__proto__");

/** Items whose attributes are those that the paths below go through. */
export const smallItem: fc.Arbitrary<{ [name: string]: Attr }> = fc
  .letrec<{ value: Attr }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fewValues,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    ),
  }))
  .value.chain((value) =>
    fc
      .array(fc.tuple(names, fc.oneof(fewValues, fc.constant(value))), { maxLength: 5 })
      .map((all) => Object.fromEntries(all)),
  );

export const steps: fc.Arbitrary<Steps> = fc
  .tuple(names, fc.array(fc.oneof(names, fc.integer({ min: 0, max: 3 })), { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest]);

const pathOperand = steps.map((path) => ({ kind: "path", path }) as const);
const valueOperand = fewValues.map((value) => ({ kind: "value", value }) as const);
const sized = fc.oneof(
  pathOperand,
  valueOperand.filter(({ value }) => !["N", "BOOL", "NULL"].includes(typeOf(value))),
);

const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 4, arbitrary: pathOperand },
  { weight: 4, arbitrary: valueOperand },
  { weight: 1, arbitrary: sized.map((of) => ({ kind: "size", of }) as const) },
);

const samePath = (a: Operand | undefined, b: Operand | undefined): boolean =>
  a?.kind === "path" && b?.kind === "path" && JSON.stringify(a.path) === JSON.stringify(b.path);

const typeIn = (each: Operand): string | undefined =>
  each.kind === "value" ? typeOf(each.value) : each.kind === "size" ? "N" : undefined;

const orderable = (...all: Operand[]): boolean =>
  all.every((each) => ["S", "N", "B", undefined].includes(typeIn(each)));

const comparator = fc.constantFrom<Comparator>("=", "<>", "<", "<=", ">", ">=");
const type = fc.constantFrom("S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M");

const bounded = ([lower, upper]: readonly [Operand, Operand]): boolean => {
  if (lower.kind !== "value" || upper.kind !== "value") return true;
  const [a, b] = [lower.value, upper.value];
  if (typeOf(a) !== typeOf(b)) return false;
  return a instanceof Uint8Array ? Buffer.compare(a, b as Uint8Array) <= 0 : (a as number) <= (b as number);
};

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(comparator, operand, operand)
    .filter(([op, left, right]) => !samePath(left, right) && (op === "=" || op === "<>" || orderable(left, right)))
    .map(([op, left, right]) => ({ kind: "compare", op, left, right }) as const),
  fc
    .tuple(operand, operand, operand)
    .filter((all) => orderable(...all) && bounded([all[1], all[2]]))
    .map(([each, lower, upper]) => ({ kind: "between", operand: each, lower, upper }) as const),
  fc
    .tuple(operand, fc.array(operand, { minLength: 1, maxLength: 3 }))
    .map(([each, among]) => ({ kind: "in", operand: each, among }) as const),
  fc.tuple(fc.constantFrom("exists", "absent"), steps).map(([kind, path]) => ({ kind, path }) as const),
  fc
    .tuple(fc.oneof(pathOperand, valueOperand), type)
    .map(([each, its]) => ({ kind: "type", operand: each, type: its }) as const),
  fc
    .tuple(operand, operand)
    .filter(([a, b]) => !samePath(a, b) && [a, b].every((each) => ["S", "B", undefined].includes(typeIn(each))))
    .map(([each, prefix]) => ({ kind: "beginsWith", operand: each, prefix }) as const),
  fc
    .tuple(operand, operand)
    .filter(([a, b]) => !samePath(a, b))
    .map(([each, element]) => ({ kind: "contains", operand: each, element }) as const),
);

/** Conditions that DynamoDB accepts. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("node"), { minLength: 2, maxLength: 3 }))
      .map(([kind, all]) => ({ kind, all }) as const),
    tie("node").map((inner) => ({ kind: "not", condition: inner }) as const),
  ),
})).node;

const number = fc.constantFrom<Attr>(0, 1, 2, 5, 1n).map((value) => ({ kind: "value", value }) as const);
const list = fc.constantFrom<Attr>([], [1], ["a", "b"]).map((value) => ({ kind: "value", value }) as const);

const inner: fc.Arbitrary<SetValue> = fc.letrec<{ value: SetValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    pathOperand,
    valueOperand,
    fc.tuple(steps, tie("value")).map(([path, otherwise]) => ({ kind: "ifAbsent", path, otherwise }) as const),
    fc
      .tuple(fc.oneof(pathOperand, list), fc.oneof(pathOperand, list))
      .map(([first, second]) => ({ kind: "append", first, second }) as const),
  ),
})).value;

const setValue: fc.Arbitrary<SetValue> = fc.oneof(
  { weight: 3, arbitrary: inner },
  fc
    .tuple(fc.constantFrom("plus", "minus"), fc.oneof(pathOperand, number), fc.oneof(pathOperand, number))
    .map(([kind, left, right]) => ({ kind, left, right }) as const),
);

const set = fc.constantFrom<Attr>(new Set(["a"]), new Set([1, 2]), new Set([2, 3]));

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(steps, setValue).map(([path, value]) => ({ kind: "set", path, value }) as const),
  steps.map((path) => ({ kind: "remove", path }) as const),
  fc
    .tuple(steps, fc.oneof(set, fc.constantFrom<Attr>(1, 2n, 0.5)))
    .map(([path, value]) => ({ kind: "add", path, value }) as const),
  fc.tuple(steps, set).map(([path, value]) => ({ kind: "delete", path, value }) as const),
);

const SECTIONS = ["set", "remove", "add", "delete"];

const apart = (a: Steps, b: Steps): boolean => {
  const i = a.findIndex((step, at) => step !== b[at]);
  return i >= 0 && i < b.length && typeof a[i] === typeof b[i];
};

/** Changes that DynamoDB accepts together, section by section. */
export const changes: fc.Arbitrary<Change[]> = fc
  .array(change, { minLength: 1, maxLength: 5 })
  .map((all) =>
    all
      .filter(({ path }, i) => all.slice(0, i).every((other) => apart(other.path, path)))
      .sort((a, b) => SECTIONS.indexOf(a.kind) - SECTIONS.indexOf(b.kind)),
  );
