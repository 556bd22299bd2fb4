import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr, Item } from "../types";
import { decimalOf, fitsDynamo, MAX_DIGITS } from "./decimal";
import { elementKey } from "./equal";
import { measure } from "./size";

type SetElement = string | number | bigint | Uint8Array;

/** Doubles have no more than 17 digits, so only their size can be out of DynamoDB's range. */
const DECIMAL_RULE = `a number of at most ${MAX_DIGITS} significant digits, 0 or from 1E-130 to 9.9..E+125 in size`;
const MIN_DECIMAL = 1e-130;
const AFTER_DECIMALS = 1e126;
/** Before digits are counted: counting those of a huge bigint takes long. */
const HUGE = 10n ** 126n;

/** Whether an object is just names and values: literals, and what `JSON.parse`, `Object.create(null)` or another realm makes. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (typeof prototype === "object" &&
      Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(prototype, "hasOwnProperty"))
  );
}

/** Takes in one value a caller gave: checks it and copies it, to the last element. */
class Admission {
  readonly #steps: (string | number)[] = [];

  constructor(
    private readonly root: string,
    private readonly rules: ValueRules,
  ) {}

  #path(): string {
    const [first, ...rest] = this.root === "" ? this.#steps : [this.root, ...this.#steps];
    return rest.reduce<string>(
      (path, step) => (typeof step === "number" ? `${path}[${step}]` : `${path}.${step}`),
      String(first ?? "item"),
    );
  }

  #refuse(rule: string): never {
    return refuse("badValue", { path: this.#path(), rule });
  }

  attr(value: unknown, level: number): Attr {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return this.#number(value);
      case "bigint":
        return this.#bigint(value);
      case "object":
        return value === null ? null : this.#object(value, level);
      case "undefined":
        return this.#refuse("a value, not undefined: leave the attribute out, or use null");
      default:
        return this.#refuse(`plain data, not a ${typeof value}`);
    }
  }

  #number(value: number): number {
    if (value === 0) return 0;
    if (!Number.isFinite(value)) return this.#refuse("a finite number");
    if (this.rules.numbers !== "decimal") return value;
    const size = Math.abs(value);
    return size >= MIN_DECIMAL && size < AFTER_DECIMALS ? value : this.#refuse(DECIMAL_RULE);
  }

  #bigint(value: bigint): bigint {
    const { numbers, unstorable } = this.rules;
    if (unstorable.includes("bigint")) return this.#refuse("storable on this cloud, which has no bigint: use a number");
    if (numbers === "decimal") {
      const fits = value < HUGE && value > -HUGE && fitsDynamo(decimalOf(value));
      return fits ? value : this.#refuse(DECIMAL_RULE);
    }
    return BigInt.asIntN(64, value) === value ? value : this.#refuse("an integer of 64 bits");
  }

  #object(value: object, level: number): Attr {
    const { rules } = this;
    if (value instanceof Uint8Array) {
      if (rules.unstorable.includes("Uint8Array"))
        return this.#refuse("storable on this cloud, which has no binaries: use a text, in base64 for example");
      return new Uint8Array(value);
    }
    if (value instanceof Date) return this.#date(value);
    if (value instanceof Set) return this.#set(value);
    // The value itself is level 1, as DynamoDB counts: what would stand in the deepest map or list is one too deep.
    if (level >= rules.maxNesting) return this.#refuse(`nested at most ${rules.maxNesting} levels deep`);
    if (Array.isArray(value)) return this.#list(value, level);
    if (!isPlain(value)) return this.#refuse("plain data: a text, number, boolean, null, array or plain object");
    return this.map(value, level);
  }

  #date(value: Date): Attr {
    if (Number.isNaN(value.getTime())) return this.#refuse("a valid Date");
    if (this.rules.keepsDateAsText) return value.toISOString();
    if (this.rules.unstorable.includes("Date"))
      return this.#refuse("storable on this cloud, which has no dates: use seconds since 1970, or an ISO text");
    return new Date(value.getTime());
  }

  #set(set: ReadonlySet<unknown>): Attr {
    if (this.rules.unstorable.includes("Set"))
      return this.#refuse("storable on this cloud, which has no sets: use an array");
    if (set.size === 0) return this.#refuse("a set of at least one element: leave the attribute out instead");
    const copy = new Set<SetElement>();
    const seen = new Set<string | number | bigint>();
    let kind: string | undefined;
    for (const element of set) {
      const stored = this.attr(element, Infinity);
      const its = typeof stored === "bigint" ? "number" : typeof stored;
      const fits = its === "string" || its === "number" || stored instanceof Uint8Array;
      if (!fits || (kind ??= its) !== its) return this.#refuse("a set of texts, of numbers or of binaries, not mixed");
      const key = elementKey(stored as SetElement);
      if (seen.has(key)) return this.#refuse("a set without duplicates");
      seen.add(key);
      copy.add(stored as SetElement);
    }
    return copy;
  }

  #list(list: readonly unknown[], level: number): Attr[] {
    const copy: Attr[] = [];
    // By index: a hole is undefined, and what an iterator would give is nobody's business.
    for (let i = 0; i < list.length; i++) {
      const element = list[i];
      this.#steps.push(i);
      copy.push(element === undefined && this.rules.dropsUndefined ? null : this.attr(element, level + 1));
      this.#steps.pop();
    }
    return copy;
  }

  map(value: object, level: number): { [name: string]: Attr } {
    const copy: Record<string, unknown> = { ...value };
    if (Object.getOwnPropertySymbols(copy).length > 0) this.#refuse("plain data, without symbols as names");
    // Not `Object.keys`, which makes a list; a program may have given all objects further names.
    for (const name in copy) {
      if (!Object.hasOwn(copy, name)) continue;
      const inner = copy[name];
      if (typeof inner === "string" || typeof inner === "boolean") continue;
      if (inner === undefined && this.rules.dropsUndefined) {
        delete copy[name];
        continue;
      }
      this.#steps.push(name);
      copy[name] = this.attr(inner, level + 1);
      this.#steps.pop();
    }
    return copy as { [name: string]: Attr };
  }
}

/** Checks a whole item, copies it deeply and measures it. Its keys are the caller's affair. */
export function admitItem(value: unknown, rules: ValueRules): { readonly item: Item; readonly size: number } {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !isPlain(value))
    return refuse("badValue", { path: "item", rule: "a plain object of attributes" });
  const item = new Admission("", rules).map(value, 0);
  const size = measure(item, rules);
  if (size > rules.maxItemBytes) refuse("itemTooLarge", { size, max: rules.maxItemBytes });
  return { item, size };
}

/** Checks one value and copies it deeply; `path` is what a refusal calls it. */
export function admitAttr(path: string, value: unknown, rules: ValueRules): Attr {
  return new Admission(path, rules).attr(value, 1);
}
