import type { JsonValue } from "../../core/json";
import type { EventBusDialect } from "./dialect";
import { patternDocument, type EventRecord } from "./event-record";
import { atJsonPath, parseJsonPath } from "./json-path";
import { refuse } from "./reasons";
import type { StoredTarget } from "./state";
import { transform, type Occasion } from "./transformer";

/** What a target gets: a text, and what it says. */
export interface Payload {
  readonly text: string;
  readonly value: JsonValue;
  /** The cloud's own envelope, for which an endpoint has a form of its own. */
  readonly isEnvelope: boolean;
}

/** A text that need not be JSON: a template may make any. */
function read(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** What a target gets of an event: its own input, a part of the event, what its template makes of it, or the whole in the cloud's envelope. */
export function payloadFor(
  { input, inputPath, inputTransformer }: StoredTarget,
  event: EventRecord,
  busArn: string,
  occasion: Occasion,
  dialect: EventBusDialect,
): Payload {
  if (input !== undefined) return { text: input, value: read(input), isEnvelope: false };
  if (inputPath !== undefined) {
    const value = atJsonPath(patternDocument(event), parseJsonPath(inputPath) ?? []);
    if (value === undefined) return refuse("nothingAtPath", { path: inputPath });
    return { text: JSON.stringify(value), value, isEnvelope: false };
  }
  if (inputTransformer) {
    const max = dialect.maxCallBytes;
    const text = transform(inputTransformer, event, occasion, max) ?? refuse("payloadTooLarge", { max });
    return { text, value: read(text), isEnvelope: false };
  }
  const value = dialect.envelope(event, busArn);
  return { text: JSON.stringify(value), value, isEnvelope: true };
}
