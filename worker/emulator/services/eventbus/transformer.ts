import type { JsonValue } from "../../core/json";
import { patternDocument, type EventRecord } from "./event-record";
import { atJsonPath, parseJsonPath } from "./json-path";
import type { Target } from "./types";

type Transformer = NonNullable<Target["inputTransformer"]>;

/** What of a rule's firing a template can ask for, beside the event. */
export interface Occasion {
  /** When the bus took the event, milliseconds since 1970. */
  readonly takenAt: number;
  readonly ruleName: string;
  readonly ruleArn: string;
}

/** A name in angle brackets. */
const PLACEHOLDER = /<(?<name>[A-Za-z0-9_.-]+)>/g;

const BUILT_IN: Readonly<Record<string, (event: EventRecord, occasion: Occasion) => JsonValue>> = {
  "aws.events.event.json": (event) => patternDocument(event),
  "aws.events.event": (event) => {
    const { detail: _, "detail-type": detailType = "", ...rest } = patternDocument(event);
    return { ...rest, detailType };
  },
  "aws.events.event.ingestion-time": (_event, { takenAt }) => new Date(takenAt).toISOString(),
  "aws.events.rule-arn": (_event, { ruleArn }) => ruleArn,
  "aws.events.rule-name": (_event, { ruleName }) => ruleName,
};

/** The first name in a template that stands for nothing. */
export function unknownPlaceholder({ paths, template }: Transformer): string | undefined {
  for (const { groups } of template.matchAll(PLACEHOLDER)) {
    const name = groups?.["name"] ?? "";
    if (!Object.hasOwn(paths, name) && !Object.hasOwn(BUILT_IN, name)) return name;
  }
  return undefined;
}

/** A value inside the quotes of a template: its text, and of lists and objects everything but their quotes. */
function bare(value: JsonValue): string {
  if (typeof value === "string") return JSON.stringify(value).slice(1, -1);
  if (Array.isArray(value)) return `[${value.map(bare).join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${bare(name)}:${bare(inner)}`)
    .join(",")}}`;
}

/** Whether a place in a text is inside a JSON string, told from a place before it. */
function insideQuotes(text: string, from: number, to: number, before: boolean): boolean {
  let inside = before;
  for (let i = from; i < to; i++) {
    if (inside && text[i] === "\\") i++;
    else if (text[i] === '"') inside = !inside;
  }
  return inside;
}

/**
 * The template with everything in angle brackets replaced; `undefined` when that is more than `max` characters: a short template can ask for a large event many
 * times over.
 */
export function transform(
  { paths, template }: Transformer,
  event: EventRecord,
  occasion: Occasion,
  max: number,
): string | undefined {
  const document = patternDocument(event);
  let text = "";
  let at = 0;
  let quoted = false;
  for (const found of template.matchAll(PLACEHOLDER)) {
    const name = found.groups?.["name"] ?? "";
    quoted = insideQuotes(template, at, found.index, quoted);
    text += template.slice(at, found.index);
    at = found.index + found[0].length;
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    const value =
      path === undefined ? BUILT_IN[name]?.(event, occasion) : atJsonPath(document, parseJsonPath(path) ?? []);
    if (value !== undefined) text += quoted ? bare(value) : JSON.stringify(value);
    else if (!quoted) text += '""';
    if (text.length > max) return undefined;
  }
  text += template.slice(at);
  return text.length > max ? undefined : text;
}
