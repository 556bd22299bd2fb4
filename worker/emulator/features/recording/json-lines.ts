import { toBase64 } from "../../core/bytes";
import type { CloudName } from "../../core/error-codes";
import type { RecordedCall } from "./recorded-call";

/** What the first line of an exported recording says of its run. */
export interface RecordingHeader {
  readonly provider: CloudName;
  readonly region: string;
  readonly seed: string | number;
  readonly startedAt: Date;
}

const KEYS = [
  "id",
  "provider",
  "service",
  "operation",
  "input",
  "output",
  "error",
  "errorCode",
  "timestamp",
  "durationMs",
  "stoppedBy",
  "origin",
  "door",
  "principal",
  "causeId",
  "flowId",
  "hop",
] as const satisfies readonly (keyof RecordedCall)[];

/**
 * A recording as JSON Lines: a header, then one call a line. Bytes are `{"$bytes":"<base64>"}`, bigints `{"$bigint":"12"}`, NaN and infinities
 * `{"$number":"NaN"}`, dates ISO 8601. The same calls give the same bytes. Lines come one by one, each with its end: join them, or write them out.
 */
export function* jsonLines(header: RecordingHeader, calls: Iterable<RecordedCall>): Generator<string, void> {
  const { provider, region, seed, startedAt } = header;
  const first = { format: "tabcloud.recording", version: 1, provider, region, seed, startedAt };
  yield `${jsonText(first)}\n`;
  for (const call of calls) yield `${callText(call)}\n`;
}

/** One call as a line; absent fields are left out. */
export function callText(call: Partial<RecordedCall>): string {
  const ordered: Record<string, unknown> = {};
  for (const key of KEYS) if (call[key] !== undefined) ordered[key] = call[key];
  return jsonText(ordered);
}

/** JSON of any recorded value. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : `{"$number":"${value}"}`;
    case "bigint":
      return `{"$bigint":"${value}"}`;
    case "undefined":
      return "null";
    case "object":
      return value === null ? "null" : objectText(value);
    default:
      return JSON.stringify(value);
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) return listText(value);
  if (value instanceof Date) return JSON.stringify(value);
  if (value instanceof Uint8Array) return `{"$bytes":"${toBase64(value)}"}`;
  if (value instanceof Map) return `{"$map":${listText([...value])}}`;
  if (value instanceof Set) return `{"$set":${listText([...value])}}`;
  const fields: string[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined) fields.push(`${JSON.stringify(key)}:${jsonText(inner)}`);
  }
  return `{${fields.join(",")}}`;
}

const listText = (items: readonly unknown[]): string => `[${items.map(jsonText).join(",")}]`;
