/** How a recorded value is written for a reader: like JSON, with dates, bytes and what was cut by their own names. */
export function showValue(value: unknown, indent = ""): string {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return `${value as number | boolean | null}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof Uint8Array) return showBytes(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + showValue(item, inner)).join(",\n")}\n${indent}]`;
  }
  const cut = showCut(value as Record<string, unknown>);
  if (cut !== undefined) return cut;
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, item]) => `${inner}${showKey(key)}: ${showValue(item, inner)}`).join(",\n")}\n${indent}}`;
}

const showKey = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

/** The whole value in one line. */
export const showLine = (value: unknown): string => showValue(value).replaceAll(/\s*\n\s*/g, " ");

/** In one line and not much longer than `max`. */
export function showShort(value: unknown, max = 60): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === "string") return value.length > max ? `${value.slice(0, max)}…` : value;
  if (value instanceof Date || value instanceof Uint8Array || typeof value !== "object" || value === null) {
    return showValue(value);
  }
  const cut = showCut(value as Record<string, unknown>);
  if (cut !== undefined) return cut;
  const keys = Object.keys(value);
  const whole = keys.length <= 3 && Object.values(value).every(isPlain) ? showLine(value) : undefined;
  if (whole !== undefined && whole.length <= max) return whole.replace(/^\{ (.*) \}$/, "{$1}");
  return keys.length === 0 ? "{}" : `{${keys.slice(0, 3).join(", ")}${keys.length > 3 ? ", …" : ""}}`;
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

/** Text if the bytes are readable text, otherwise only how many. */
function showBytes(bytes: Uint8Array): string {
  const size = `${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}`;
  const text = textOf(bytes.subarray(0, 200));
  if (text === undefined || bytes.length === 0) return `<${size}>`;
  return `<${size}: ${JSON.stringify(text)}${bytes.length > 200 ? "…" : ""}>`;
}

function showCut(value: Record<string, unknown>): string | undefined {
  if ("$omitted" in value) {
    const why = value.$omitted;
    return typeof why === "number" ? `<${why} more>` : `<not recorded: ${String(why)}>`;
  }
  if (typeof value.$bytes !== "number" || !("$head" in value)) return undefined;
  return `<${value.$bytes} bytes, recorded up to here: ${showShort(value.$head)}>`;
}

/** Bytes as UTF-8 text; undefined when they are none, or hold control characters. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return isPrintable(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}
