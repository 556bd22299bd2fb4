/** A decimal number: `digits` times ten to the power of `exponent`. Without trailing zeros; zero is `0` to the power of 0. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** What DynamoDB's numbers can hold. */
export const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

const ZERO: Decimal = { digits: 0n, exponent: 0 };
const TRAILING_ZEROS = /0+$/;

function normal(digits: string, exponent: number): Decimal {
  const short = digits.replace(TRAILING_ZEROS, "");
  if (short === "" || short === "-") return ZERO;
  return { digits: BigInt(short), exponent: exponent + digits.length - short.length };
}

/** A number by its shortest decimal text, so 0.1 is one tenth; a bigint as it is. */
export function decimalOf(value: number | bigint): Decimal {
  if (typeof value === "bigint") return normal(value.toString(), 0);
  const text = value.toExponential();
  const e = text.indexOf("e");
  const point = text.indexOf(".");
  const digits = point < 0 ? text.slice(0, e) : text.slice(0, point) + text.slice(point + 1, e);
  return normal(digits, Number(text.slice(e + 1)) - (point < 0 ? 0 : e - point - 1));
}

const NUMERAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/** The decimal that a text like `-12.50` or `1e-7` means; `undefined` when it means none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMERAL.exec(text);
  if (!match) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  return normal((sign === "-" ? "-" : "") + whole + fraction, Number(exponent) - fraction.length);
}

const magnitudeOf = (value: bigint): bigint => (value < 0n ? -value : value);

/** How many significant digits it has; 0 has one. */
export function digitCount({ digits }: Decimal): number {
  return magnitudeOf(digits).toString().length;
}

/** How many significant digits a number has. */
export function digitsOf(value: number | bigint): number {
  if (typeof value === "bigint") return digitCount(decimalOf(value));
  if (!Number.isSafeInteger(value)) return Math.max(1, Math.abs(value).toExponential().indexOf("e") - 1);
  let rest = Math.abs(value);
  while (rest % 10 === 0 && rest > 0) rest /= 10;
  let count = 1;
  while ((rest = Math.floor(rest / 10)) > 0) count++;
  return count;
}

/** Whether DynamoDB can hold it: 38 significant digits, from 1E-130 to 9.9..E+125, or 0. */
export function fitsDynamo(value: Decimal): boolean {
  if (value.digits === 0n) return true;
  const count = digitCount(value);
  const magnitude = value.exponent + count - 1;
  return count <= MAX_DIGITS && magnitude <= MAX_MAGNITUDE && magnitude >= MIN_MAGNITUDE;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.digits * 10n ** BigInt(a.exponent - exponent);
  const right = b.digits * 10n ** BigInt(b.exponent - exponent);
  return normal((left + right).toString(), exponent);
}

export function negated({ digits, exponent }: Decimal): Decimal {
  return { digits: -digits, exponent };
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.digits * 10n ** BigInt(a.exponent - exponent);
  const right = b.digits * 10n ** BigInt(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The JavaScript value of a decimal: a number when its shortest text says just this, else a bigint. A fraction that neither can hold (more than
 * 15 digits or so) is the nearest number, which is also all that a JavaScript client of the real service shows of it.
 */
export function valueOf(decimal: Decimal): number | bigint {
  const number = Number(`${decimal.digits}e${decimal.exponent}`) + 0;
  const back = decimalOf(number);
  if (back.digits === decimal.digits && back.exponent === decimal.exponent) return number;
  return decimal.exponent >= 0 ? decimal.digits * 10n ** BigInt(decimal.exponent) : number;
}

/** Plain digits without an exponent, as DynamoDB answers numbers: `0.0000001`. */
export function decimalText(value: number | bigint): string {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  const { digits, exponent } = decimalOf(value);
  if (exponent >= 0) return digits.toString() + "0".repeat(exponent);
  const sign = digits < 0n ? "-" : "";
  const text = magnitudeOf(digits)
    .toString()
    .padStart(1 - exponent, "0");
  return `${sign}${text.slice(0, exponent)}.${text.slice(exponent)}`;
}
