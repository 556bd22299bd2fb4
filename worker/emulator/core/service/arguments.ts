/** An object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** How an engine refuses an argument: with whichever of its reasons fits what is being checked. */
export type Complain = (argument: string, rule: string) => never;

const NO_FIELDS: Fields = Object.freeze({});

/**
 * Checks of arguments for engines. What a program passes may be anything, whatever the driver's types say; each check answers the value, typed, or
 * complains with a rule that completes `<argument> must be ...`.
 */
export class Arguments {
  constructor(readonly complain: Complain) {}

  /** A string of at least one character. */
  text(argument: string, value: unknown, maxLength = Infinity): string {
    if (typeof value === "string" && value !== "" && value.length <= maxLength) return value;
    return this.complain(argument, `a text of 1${maxLength === Infinity ? " or more" : ` to ${maxLength}`} characters`);
  }

  /** A string, or `undefined`. */
  optionalText(argument: string, value: unknown): string | undefined {
    return value === undefined || typeof value === "string" ? value : this.complain(argument, "a text");
  }

  flag(argument: string, value: unknown): boolean {
    return typeof value === "boolean" ? value : this.complain(argument, "true or false");
  }

  optionalFlag(argument: string, value: unknown): boolean | undefined {
    return value === undefined ? undefined : this.flag(argument, value);
  }

  /** A safe integer, both bounds included. */
  integer(argument: string, value: unknown, min: number, max = Infinity): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    return this.complain(argument, `an integer ${max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`}`);
  }

  optionalInteger(argument: string, value: unknown, min: number, max = Infinity): number | undefined {
    return value === undefined ? undefined : this.integer(argument, value, min, max);
  }

  /** One of a few words. */
  oneOf<const T extends string>(argument: string, value: unknown, words: readonly T[]): T {
    return words.find((word) => word === value) ?? this.complain(argument, `one of ${words.join(", ")}`);
  }

  /** An object that is neither an array nor `null`. */
  object(argument: string, value: unknown): Fields {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
    return this.complain(argument, "an object");
  }

  /** The last argument of a call: absent, or an object. */
  options(value: unknown): Fields {
    return value === undefined ? NO_FIELDS : this.object("options", value);
  }

  /** An array, each element read in turn. */
  list<T>(argument: string, value: unknown, read: (element: unknown, argument: string) => T): T[] {
    if (!Array.isArray(value)) return this.complain(argument, "an array");
    return Array.from(value as unknown[], (element, i) => read(element, `${argument}[${i}]`));
  }

  /** An array of non-empty strings. */
  texts(argument: string, value: unknown): string[] {
    return this.list(argument, value, (element, name) => this.text(name, element));
  }

  /** Names and values of an object, both strings. */
  pairs(argument: string, value: unknown): [string, string][] {
    return Object.entries(this.object(argument, value)).map(([name, text]) =>
      typeof text === "string" ? [name, text] : this.complain(`${argument}.${name}`, "a text"),
    );
  }

  /** Bytes, or text as UTF-8. */
  payload(argument: string, value: unknown): Uint8Array | string {
    if (typeof value === "string" || value instanceof Uint8Array) return value;
    return this.complain(argument, "a Uint8Array or a text");
  }
}
