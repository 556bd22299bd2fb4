import { utf8Length } from "../../core/bytes";
import type { JsonValue } from "../../core/json";
import { jsonDepth } from "../../core/json-depth";
import { Refusal } from "../../core/service/refusal";
import { args, busName } from "./input";
import { refuse } from "./reasons";
import type { State } from "./state";

/** An event that somebody put, checked. */
export interface CheckedEvent {
  readonly source: string;
  readonly detailType: string;
  /** JSON text of an object. */
  readonly detail: string;
  readonly read: JsonValue;
  readonly bus: string;
  readonly time: number | undefined;
  readonly resources: readonly string[];
}

/** What an entry counts for its time. */
const TIME_BYTES = 14;
/** The emulator's own limit: whoever walks an event by recursion must get to its end. */
const MAX_DEPTH = 1000;

type JsonObject = { [name: string]: JsonValue };

/** A JSON object, as text and read; `complain` gets the rule that something else breaks. */
export function readObject(value: unknown, complain: (rule: string) => never): { text: string; read: JsonObject } {
  const text = typeof value === "string" ? value : stringify(value, complain);
  if (jsonDepth(text) > MAX_DEPTH) complain(`at most ${MAX_DEPTH} levels deep`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return complain("valid JSON");
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) complain("a JSON object");
  return { text, read: read as JsonObject };
}

function stringify(value: unknown, complain: (rule: string) => never): string {
  try {
    return JSON.stringify(value) ?? complain("a JSON object");
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return complain("plain JSON data");
  }
}

/** The text of a detail and what it says. */
export const readDetail = (value: unknown): { text: string; read: JsonObject } =>
  readObject(value, (rule) => refuse("badDetail", { rule }));

/** Reads an event as a program gives it; the bus is only named, whether it is there is not asked. */
export function readEvent(value: unknown, at: string, state: State): CheckedEvent {
  const fields = args.object(at, value);
  const source = args.text(`${at}.source`, fields["source"]);
  const detailType = args.text(`${at}.detailType`, fields["detailType"]);
  if (fields["detail"] === undefined) args.complain(`${at}.detail`, "a JSON object, or its text");
  const { text: detail, read } = readDetail(fields["detail"]);
  const bus = busName(fields["eventBus"], state);
  const time = fields["time"];
  if (time !== undefined && !(time instanceof Date && Number.isFinite(time.getTime())))
    args.complain(`${at}.time`, "a valid Date");
  const resources = fields["resources"] === undefined ? [] : args.texts(`${at}.resources`, fields["resources"]);
  return { source, detailType, detail, read, bus, time: (time as Date | undefined)?.getTime(), resources };
}

/** Refuses a source that only the cloud's own events have. */
export function checkSource(source: string, { dialect: { reservedSource: prefix } }: State): void {
  if (prefix !== "" && source.startsWith(prefix)) refuse("reservedSource", { source, prefix, resource: source });
}

const textBytes = (value: unknown): number => (typeof value === "string" ? utf8Length(value) : 0);

/** What an entry counts, as far as it can be counted before anything of it is checked. */
export function entryBytes(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const { source, detailType, detail, time, resources } = value as Readonly<Record<string, unknown>>;
  let bytes = (time === undefined ? 0 : TIME_BYTES) + textBytes(source) + textBytes(detailType);
  if (typeof detail === "string") bytes += utf8Length(detail);
  else if (detail !== undefined) {
    try {
      bytes += textBytes(JSON.stringify(detail));
    } catch {
      // What is no JSON is refused by itself, entry by entry.
    }
  }
  if (Array.isArray(resources)) for (const resource of resources) bytes += textBytes(resource);
  return bytes;
}
