import { utf8Length } from "../../core/bytes";
import { sha256Hex } from "../../core/hash";
import { Arguments, type Fields } from "../../core/service/arguments";
import { fits } from "../../core/service/name-rules";
import type { NotificationDialect } from "./dialect";
import { args } from "./input";
import { refuse } from "./reasons";
import type { StoredTopic } from "./state";
import type { PublishAttributes } from "./types";

/** What a message is, before its topic had a look at it. */
export interface MessageInput {
  readonly message: string;
  readonly subject?: string;
  readonly attributes: PublishAttributes;
  readonly structure?: "json";
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Bytes of message and attributes. */
  readonly size: number;
}

type AttributeValue = PublishAttributes[string];

const attributeArgs = new Arguments((argument, rule) => refuse("badAttribute", { argument, rule }));
const NO_ATTRIBUTES: PublishAttributes = Object.freeze({});
const MAX_NAME_BYTES = 255;
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]+(?<!\.)$/;
/** One line that begins with a visible ASCII character. */
const SUBJECT = /^[!-~][^\p{Cc}\u2028\u2029]{0,99}$/u;

/** The native type of an attribute, the same on every cloud: its bytes count. */
export function attributeType(value: AttributeValue): "String" | "Number" | "String.Array" | "Binary" {
  if (typeof value === "string") return "String";
  if (typeof value === "number") return "Number";
  return value instanceof Uint8Array ? "Binary" : "String.Array";
}

const valueBytes = (value: AttributeValue): number => {
  if (typeof value === "string") return utf8Length(value);
  if (typeof value === "number") return String(value).length;
  return value instanceof Uint8Array ? value.length : utf8Length(JSON.stringify(value));
};

function readValue(argument: string, value: unknown): AttributeValue {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  // A copy: what is stored is nobody's to change.
  if (value instanceof Uint8Array && value.length > 0) return value.slice();
  if (Array.isArray(value) && value.length > 0 && value.every((element) => typeof element === "string"))
    return Object.freeze([...value]);
  return attributeArgs.complain(argument, "a text, a number, a list of texts or bytes, and not empty");
}

function readAttributes(value: unknown, max: number): { attributes: PublishAttributes; size: number } {
  if (value === undefined) return { attributes: NO_ATTRIBUTES, size: 0 };
  const entries = Object.entries(attributeArgs.object("attributes", value));
  let size = 0;
  const read = entries.map(([name, given]): [string, AttributeValue] => {
    if (!ATTRIBUTE_NAME.test(name) || name.length > MAX_NAME_BYTES) {
      const rule = `1 to ${MAX_NAME_BYTES} of A-Z a-z 0-9 _ . -, without a dot at an end or beside another`;
      attributeArgs.complain(`attribute name ${JSON.stringify(name)}`, rule);
    }
    const own = readValue(`attributes.${name}`, given);
    size += utf8Length(name) + attributeType(own).length + valueBytes(own);
    return [name, own];
  });
  if (entries.length > max) refuse("tooManyAttributes", { count: entries.length, max });
  return { attributes: Object.freeze(Object.fromEntries(read)), size };
}

/** The texts of a structured message, by native name of the protocol; `undefined` for what is none. */
export function textsOf(message: string): ReadonlyMap<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const texts = new Map<string, string>();
  for (const [protocol, text] of Object.entries(value)) {
    if (typeof text !== "string") return undefined;
    texts.set(protocol, text);
  }
  return texts.has("default") ? texts : undefined;
}

function checkStructure(value: unknown, message: string): "json" | undefined {
  if (value === undefined) return undefined;
  if (value !== "json") args.complain("structure", '"json", or left out');
  if (!textsOf(message)) {
    const rule = 'with structure "json" the text of a JSON object of texts, one of them named default';
    refuse("badStructure", { argument: "message", rule });
  }
  return "json";
}

function fifoId(argument: string, value: unknown, { fifoId: rule }: NotificationDialect): string | undefined {
  if (value === undefined) return undefined;
  const id = args.text(argument, value);
  return fits(id, rule) ? id : args.complain(argument, rule.rule);
}

/** Everything of a message that can be checked without its topic. */
export function readMessage(fields: Fields, dialect: NotificationDialect): MessageInput {
  const message = fields["message"];
  if (message === "") refuse("emptyMessage");
  if (typeof message !== "string") return args.complain("message", "a text");
  const subject = fields["subject"];
  if (subject !== undefined && (typeof subject !== "string" || !SUBJECT.test(subject))) {
    const rule = "1 to 100 characters on one line, beginning with a visible ASCII character";
    refuse("badSubject", { argument: "subject", rule });
  }
  const { attributes, size: attributeBytes } = readAttributes(fields["attributes"], dialect.maxAttributes);
  const size = utf8Length(message) + attributeBytes;
  const max = dialect.maxMessageBytes;
  if (size > max) refuse("messageTooLarge", { size, max });
  const structure = checkStructure(fields["structure"], message);
  const groupId = fifoId("groupId", fields["groupId"], dialect);
  const deduplicationId = fifoId("deduplicationId", fields["deduplicationId"], dialect);
  return {
    ...{ message, attributes, size },
    ...(typeof subject === "string" && { subject }),
    ...(structure && { structure }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  };
}

/** The message as its topic takes it: a FIFO topic asks for ids, and may make one of them; another does not take them. */
export function fitToTopic(input: MessageInput, topic: StoredTopic, dialect: NotificationDialect): MessageInput {
  const { groupId, deduplicationId } = input;
  const refuseId = (argument: string): never => refuse("fifoOnly", { argument, topic: topic.name });
  if (!topic.fifo) {
    if (deduplicationId !== undefined) refuseId("deduplicationId");
    if (groupId !== undefined && !dialect.groupsAnywhere) refuseId("groupId");
    return input;
  }
  if (groupId === undefined) refuse("groupMissing", { topic: topic.name });
  if (deduplicationId !== undefined) return input;
  if (!topic.contentBasedDeduplication) refuse("deduplicationMissing", { topic: topic.name });
  return { ...input, deduplicationId: sha256Hex(input.message) };
}
