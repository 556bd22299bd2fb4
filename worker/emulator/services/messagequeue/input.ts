import { utf8Length } from "../../core/bytes";
import { Arguments, type Fields } from "../../core/service/arguments";
import { fits, readTags } from "../../core/service/name-rules";
import { pageRequest as readPageRequest, type PageRequest } from "../../core/service/page-request";
import { attributeBytes } from "../../core/message-bytes";
import type { Figure, MessageQueueDialect } from "./dialect";
import { refuse, type QueueReason } from "./reasons";
import type { MessageAttributes, QueueTags } from "./types";

const complainingOf = (reason: QueueReason): Arguments =>
  new Arguments((argument, rule) => refuse(reason, { argument, rule }));

/** What is checked of every call's arguments. */
export const args = complainingOf("badArgument");
const attributeArgs = complainingOf("badMessageAttribute");
const tagArgs = complainingOf("badTags");

const SECOND = 1000;

/** A duration of milliseconds, within a figure's bounds. */
export function duration(
  argument: string,
  value: unknown,
  { min, max }: Omit<Figure, "default">,
  { wholeSeconds }: MessageQueueDialect,
  reason: QueueReason,
): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) {
    if (!wholeSeconds || value % SECOND === 0) return value;
    return refuse(reason, { argument, rule: "whole seconds: a multiple of 1000 ms" });
  }
  return refuse(reason, {
    argument,
    rule: `an integer of milliseconds${max === Infinity ? `, at least ${min}` : ` from ${min} to ${max}`}`,
  });
}

/** An integer, within a figure's bounds. */
export function count(
  argument: string,
  value: unknown,
  { min, max }: Omit<Figure, "default">,
  reason: QueueReason,
): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  return refuse(reason, { argument, rule: `an integer from ${min} to ${max}` });
}

export const queueReference = (value: unknown, argument = "queueUrl"): string => args.text(argument, value);

export function queueTags(value: unknown, dialect: MessageQueueDialect): QueueTags {
  return value === undefined ? {} : readTags(tagArgs, value, dialect.maxTags, dialect.tag);
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const FIRST_SURROGATE = 0xd800;
const FIRST_LOW_SURROGATE = 0xdc00;
const LAST_SURROGATE = 0xdfff;
const LAST_OF_XML = 0xfffd;

/** What most texts have nothing but: to find that out takes a fraction of the walk. */
const NOT_ASCII = /[^\t\n\r -~]/;

/** Whether all characters are those of XML 1.0; surrogates must come in pairs. */
function isXml(text: string): boolean {
  if (!NOT_ASCII.test(text)) return true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= SPACE && code < FIRST_SURROGATE) continue;
    if (code < SPACE) {
      if (code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN) return false;
    } else if (code <= LAST_SURROGATE) {
      const next = text.charCodeAt(++i);
      if (code >= FIRST_LOW_SURROGATE || !(next >= FIRST_LOW_SURROGATE && next <= LAST_SURROGATE)) return false;
    } else if (code > LAST_OF_XML) return false;
  }
  return true;
}

export function body(value: unknown, dialect: MessageQueueDialect): string | Uint8Array {
  if (typeof value === "string") {
    if (!dialect.xmlBody) return value;
    if (value === "") refuse("missingBody");
    if (!isXml(value)) refuse("badCharacters");
    return value;
  }
  if (value === undefined && dialect.xmlBody) refuse("missingBody");
  if (!(value instanceof Uint8Array)) return args.complain("body", "a text or a Uint8Array");
  // A copy: what the sender does to its bytes afterwards is not sent.
  return dialect.xmlBody ? refuse("binaryBody") : value.slice();
}

/** Attributes that were checked, as a copy; `undefined` when there are none. */
export function attributes(value: unknown, dialect: MessageQueueDialect): MessageAttributes | undefined {
  if (value === undefined) return undefined;
  const given = Object.entries(attributeArgs.object("attributes", value));
  if (given.length === 0) return undefined;
  if (given.length > dialect.maxAttributes) attributeArgs.complain("attributes", `at most ${dialect.maxAttributes}`);
  let size = 0;
  const pairs = given.map(([name, content]): [string, string | number | Uint8Array] => {
    const known = attribute(name, content, dialect);
    size += attributeBytes(name, known);
    return [name, known];
  });
  if (size > dialect.maxAttributesBytes)
    attributeArgs.complain("attributes", `at most ${dialect.maxAttributesBytes} bytes, names and types included`);
  // Own properties, whatever the names: `__proto__` too.
  return Object.fromEntries(pairs);
}

function attribute(name: string, value: unknown, dialect: MessageQueueDialect): string | number | Uint8Array {
  const { maxAttributeNameBytes, maxAttributeValueBytes } = dialect;
  const argument = `attributes[${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name)}]`;
  if (name === "") attributeArgs.complain("the name of an attribute", "a text of at least one character");
  if (utf8Length(name) > maxAttributeNameBytes)
    attributeArgs.complain("the name of an attribute", `at most ${maxAttributeNameBytes} bytes`);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value !== "string" && !(value instanceof Uint8Array))
    return attributeArgs.complain(argument, "a text, a finite number or a Uint8Array");
  if (value.length === 0 && !dialect.takesEmptyAttributes) attributeArgs.complain(argument, "not empty");
  const size = typeof value === "string" ? utf8Length(value) : value.length;
  if (size > maxAttributeValueBytes) attributeArgs.complain(argument, `at most ${maxAttributeValueBytes} bytes`);
  if (typeof value !== "string") return value.slice();
  if (dialect.xmlBody && !isXml(value)) refuse("badCharacters");
  return value;
}

/** A group or deduplication id, or `undefined`. */
export function label(
  argument: string,
  value: unknown,
  { messageLabel }: MessageQueueDialect,
  reason: QueueReason,
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && fits(value, messageLabel)) return value;
  return refuse(reason, { argument, rule: messageLabel.rule });
}

/** The list's arguments; `scope` names whatever it was asked for. */
export function pageRequest(
  operation: string,
  scope: readonly string[],
  options: Fields,
  { maxPageItems }: MessageQueueDialect,
): PageRequest {
  return readPageRequest(
    operation,
    scope,
    options,
    { default: maxPageItems, max: maxPageItems },
    {
      limit: () => args.complain("limit", "an integer of at least 1"),
      token: () => refuse("badPageToken"),
    },
  );
}
