import { textOf } from "../../ui/value";

/** A payload as it was recorded: whole, or only its beginning. */
export interface Content {
  readonly bytes: Uint8Array;
  /** Bytes of the whole payload. */
  readonly size: number;
  readonly type: string;
}

export type ViewMode = "text" | "json" | "hex" | "image";

/** In an image element none of these runs a script or loads anything. */
const IMAGES = /^image\/(svg\+xml|png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)\b/;

/** What a stored value holds at a dotted path. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

export function contentOf(value: unknown, path: string, typePath: string | undefined): Content | undefined {
  const type = typePath === undefined ? undefined : valueAt(value, typePath);
  const payload = valueAt(value, path);
  const named = typeof type === "string" ? type : "application/octet-stream";
  if (typeof payload === "object" && payload !== null && "$head" in payload && "$bytes" in payload) {
    const bytes = bytesOf(payload.$head);
    return bytes && { bytes, size: Number(payload.$bytes), type: named };
  }
  const bytes = bytesOf(payload);
  return bytes && { bytes, size: bytes.length, type: named };
}

function bytesOf(payload: unknown): Uint8Array | undefined {
  if (payload instanceof Uint8Array) return payload;
  return typeof payload === "string" ? new TextEncoder().encode(payload) : undefined;
}

/** What a payload can be looked at as, the most telling first. */
export function modesOf({ bytes, size, type }: Content): ViewMode[] {
  const whole = bytes.length === size;
  const modes: ViewMode[] = [];
  if (whole && IMAGES.test(type)) modes.push("image");
  const text = textOf(bytes);
  if (text !== undefined && whole && parsed(text) !== undefined) modes.push("json");
  if (text !== undefined) modes.push("text");
  modes.push("hex");
  return modes;
}

/** An object or list that the text spells in JSON; undefined for anything else. */
export function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Offset, 16 bytes, and what of them is ASCII, a line each. */
export function hexDump(bytes: Uint8Array, most = 4096): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0"));
    const left = hex.slice(0, 8).join(" ").padEnd(23);
    const right = hex.slice(8).join(" ").padEnd(23);
    const ascii = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${left}  ${right}  ${ascii}`);
  }
  return lines.join("\n");
}
