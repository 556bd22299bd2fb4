import type { ValueRules } from "../contract";
import { addDecimals, decimalOf, fitsDynamo, negated, valueOf } from "./decimal";

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

const isInteger = (value: number | bigint): boolean => typeof value === "bigint" || Number.isSafeInteger(value);

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Integers stay integers and stop at the ends of 64 bits, as Firestore's increment does. */
function addInt64(a: number | bigint, b: number | bigint): number | bigint {
  const sum = BigInt(a) + BigInt(b);
  return exact(sum > MAX_INT64 ? MAX_INT64 : sum < MIN_INT64 ? MIN_INT64 : sum);
}

function addDoubles(a: number | bigint, b: number | bigint): number | undefined {
  const sum = Number(a) + Number(b) + 0;
  return Number.isFinite(sum) ? sum : undefined;
}

/** The sum as the cloud's numbers have it; `undefined` when they cannot hold it. */
export function add(
  a: number | bigint,
  b: number | bigint,
  numbers: ValueRules["numbers"],
): number | bigint | undefined {
  if (numbers === "double") return addDoubles(a, b);
  if (numbers === "doubleOrInt64") return isInteger(a) && isInteger(b) ? addInt64(a, b) : addDoubles(a, b);
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return exact(BigInt(a) + BigInt(b));
  const sum = addDecimals(decimalOf(a), decimalOf(b));
  return fitsDynamo(sum) ? valueOf(sum) : undefined;
}

/** The difference, like {@link add}. */
export function subtract(
  a: number | bigint,
  b: number | bigint,
  numbers: ValueRules["numbers"],
): number | bigint | undefined {
  if (numbers !== "decimal") return add(a, -b, numbers);
  const difference = addDecimals(decimalOf(a), negated(decimalOf(b)));
  return fitsDynamo(difference) ? valueOf(difference) : undefined;
}
