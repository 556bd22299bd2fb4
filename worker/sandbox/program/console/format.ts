import { inspect } from "./inspect";

/** What one argument of `console.log` becomes: a text as it is, anything else inspected. */
const plainText = (value: unknown): string => (typeof value === "string" ? value : inspect(value));

const asNumber = (value: unknown, convert: (value: unknown) => number): string => {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "symbol" || (typeof value === "object" && value !== null) ? "NaN" : inspect(convert(value));
};

const asJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch {
    return inspect(value);
  }
};

const DIRECTIVES: Readonly<Record<string, (value: unknown) => string>> = {
  s: (value) => (typeof value === "object" && value !== null ? inspect(value) : String(value)),
  d: (value) => asNumber(value, Number),
  i: (value) => asNumber(value, (it) => parseInt(String(it), 10)),
  f: (value) => asNumber(value, (it) => parseFloat(String(it))),
  j: asJson,
  o: inspect,
  O: inspect,
  c: () => "",
};

/** The arguments of `console.log` as the one text that is printed, `%s` and its kin filled in. */
export function format(args: readonly unknown[]): string {
  const [template, ...values] = args;
  if (typeof template !== "string" || values.length === 0) return args.map(plainText).join(" ");
  let used = 0;
  const text = template.replace(/%([sdifjoOc%])/g, (directive, letter: string) => {
    if (letter === "%") return "%";
    return used < values.length ? (DIRECTIVES[letter]?.(values[used++]) ?? directive) : directive;
  });
  return [text, ...values.slice(used).map(plainText)].join(" ");
}
