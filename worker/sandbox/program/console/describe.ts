/** Runs what may call into the program (a proxy's trap, an accessor on a prototype), and shows that it threw. */
export function safely(show: () => string): string {
  try {
    return show();
  } catch {
    return "[cannot be shown]";
  }
}

/** A text in quotes, single ones unless it has such itself. */
export function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes("`") ? "`" : "'";
  const escaped = text.replace(/[\\\p{Cc}\p{Cs}]/gu, escapeCharacter);
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

const escapeCharacter = (character: string): string => {
  const code = character.charCodeAt(0);
  return SHORT[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`);
};

/** The name of an object's class, from the first prototype that says. */
export function classOf(value: object): string {
  for (let level = Reflect.getPrototypeOf(value); level; level = Reflect.getPrototypeOf(level)) {
    const constructor: unknown = Reflect.getOwnPropertyDescriptor(level, "constructor")?.value;
    if (typeof constructor === "function" && constructor.name !== "") return constructor.name;
  }
  return "[Object: null prototype]";
}

/** `code: message` when it has a code, as every CloudError has, else `name: message`. No stack: engines write those differently. */
export function describeError(error: Error): string {
  const { code } = error as { code?: unknown };
  const name = typeof code === "string" && code !== "" ? code : error.name;
  const text = error.message === "" ? name : `${name}: ${error.message}`;
  if (!(error instanceof AggregateError)) return text;
  const errors = (error.errors as unknown[]).map((it) => (it instanceof Error ? describeError(it) : String(it)));
  return `${text} [${errors.join(", ")}]`;
}

type AnyFunction = (...args: never[]) => unknown;

/** `[Function: name]`, `[AsyncFunction: name]`, `[class Name extends Base]`. */
export function describeFunction(fn: object): string {
  const name = Reflect.getOwnPropertyDescriptor(fn, "name")?.value as unknown;
  const label = typeof name === "string" && name !== "" ? name : "(anonymous)";
  if (!/^class\b/.test(Function.prototype.toString.call(fn as AnyFunction))) {
    const kind = classOf(fn);
    return `[${kind}${label === "(anonymous)" ? " " : ": "}${label}]`;
  }
  const base = Reflect.getPrototypeOf(fn);
  const baseName = base && base !== Function.prototype ? (base as { name?: unknown }).name : undefined;
  return `[class ${label}${typeof baseName === "string" && baseName !== "" ? ` extends ${baseName}` : ""}]`;
}
