import type { Flow } from "../../core/flow/contract";
import type { Fields } from "../../core/service/arguments";
import type { NotificationDialect } from "./dialect";
import { readPolicy } from "./filter";
import { args } from "./input";
import { refuse } from "./reasons";
import type { StoredSubscription, StoredTopic } from "./state";
import type { FilterScope, Pattern, Protocol } from "./types";

const PORTABLE: readonly Protocol[] = [
  "queue",
  "function",
  "email",
  "email-json",
  "sms",
  "http",
  "https",
  "application",
];
const SCOPES: readonly FilterScope[] = ["attributes", "body"];
/** Protocols that can do without an envelope. */
const RAW: readonly Protocol[] = ["queue", "http", "https"];

/** What an address outside of the emulator must look like. */
const FORMS: Readonly<Partial<Record<Protocol, { readonly form: RegExp; readonly rule: string }>>> = {
  email: { form: /^[^\s@]+@[^\s@]+$/, rule: "a mail address" },
  "email-json": { form: /^[^\s@]+@[^\s@]+$/, rule: "a mail address" },
  sms: { form: /^\+\d{5,15}$/, rule: "a phone number: + and 5 to 15 digits" },
  http: { form: /^http:\/\/[^\s/?#]+(?:[/?#]\S*)?$/, rule: "a URL that begins with http://" },
  https: { form: /^https:\/\/[^\s/?#]+(?:[/?#]\S*)?$/, rule: "a URL that begins with https://" },
};

export const isUrl = (text: string): boolean => /^https?:\/\/[^\s/?#]+(?:[/?#]\S*)?$/.test(text);

/** The protocol of a portable or native name. */
export function protocolOf(value: unknown, { protocolNames }: NotificationDialect): Protocol {
  const name = args.text("protocol", value);
  const known = PORTABLE.find((protocol) => protocol === name || protocolNames[protocol] === name);
  if (known) return known;
  const all = new Set(PORTABLE.flatMap((protocol) => [protocol, protocolNames[protocol]]));
  return refuse("badProtocol", { protocol: name, known: [...all].join(", ") });
}

/** An endpoint of the right shape; whether it exists is another question. */
export function endpointOf(value: unknown, protocol: Protocol): string {
  const endpoint = args.text("endpoint", value);
  const wanted = FORMS[protocol];
  if (wanted && !wanted.form.test(endpoint)) refuse("badEndpoint", { endpoint, rule: wanted.rule });
  return endpoint;
}

/** What can be given of a subscription, and changed; what is not given is absent, what is to be removed `null`. */
export interface Wishes {
  readonly filterPolicy?: unknown;
  readonly filterScope?: FilterScope;
  readonly rawDelivery?: boolean;
  readonly deadLetterArn?: string | null;
}

export function wishesOf(fields: Fields): Wishes {
  const scope = fields["filterScope"];
  const raw = args.optionalFlag("rawDelivery", fields["rawDelivery"]);
  const deadLetter = fields["deadLetterArn"];
  return {
    ...(fields["filterPolicy"] !== undefined && { filterPolicy: fields["filterPolicy"] }),
    ...(scope !== undefined && { filterScope: args.oneOf("filterScope", scope, SCOPES) }),
    ...(raw !== undefined && { rawDelivery: raw }),
    ...(deadLetter !== undefined && {
      deadLetterArn: deadLetter === null ? null : args.text("deadLetterArn", deadLetter),
    }),
  };
}

type Attributes = Pick<StoredSubscription, "filterPolicy" | "filterScope" | "rawDelivery" | "deadLetterArn">;

/** The attributes of a subscription once wishes are granted; what is not wished for stays as it was. */
export function grant(
  wishes: Wishes,
  before: Attributes & { readonly protocol: Protocol },
  dialect: NotificationDialect,
): Attributes {
  const filterScope = wishes.filterScope ?? before.filterScope;
  const rawDelivery = wishes.rawDelivery ?? before.rawDelivery;
  if (rawDelivery && !RAW.includes(before.protocol)) refuse("badRawDelivery", { protocol: before.protocol });
  const wished = wishes.filterPolicy === undefined ? before.filterPolicy : wishes.filterPolicy;
  // A policy that stays is read again too: another scope has other rules.
  const filterPolicy: Pattern | undefined =
    wished === undefined || wished === null ? undefined : readPolicy(wished, filterScope, dialect);
  const deadLetterArn = wishes.deadLetterArn === undefined ? before.deadLetterArn : wishes.deadLetterArn;
  return {
    filterScope,
    rawDelivery,
    ...(filterPolicy && { filterPolicy }),
    ...(typeof deadLetterArn === "string" && { deadLetterArn }),
  };
}

/** Refuses a dead-letter queue that cannot be one for a topic. */
export function checkDeadLetter(target: string | null | undefined, topic: StoredTopic, flow: Flow): void {
  if (typeof target !== "string") return;
  const found = flow.find(target, ["queue"]);
  if (!found?.exists || found.kind !== "queue")
    refuse("badDeadLetter", { target, rule: "the name of a queue that exists" });
  if (topic.fifo && !found.fifo)
    refuse("badDeadLetter", { target, rule: "a FIFO queue, as the topic is a FIFO topic" });
}

/** The endpoint in one form, whichever it was named by; refused when it does not fit the topic. */
export function addressOf(
  endpoint: string,
  protocol: Protocol,
  topic: StoredTopic,
  flow: Flow,
  dialect: NotificationDialect,
): string {
  if (topic.fifo && protocol !== "queue") refuse("fifoEndpoint", { topic: topic.name });
  if (protocol !== "queue" && protocol !== "function") return endpoint;
  const found = flow.find(endpoint, [protocol]);
  if (!found?.exists || found.kind !== protocol)
    refuse("badEndpoint", { endpoint, rule: `the name of a ${protocol} that exists` });
  if (found.fifo && !topic.fifo && !dialect.fifoQueuesAnywhere) refuse("fifoQueueOnStandard", { endpoint });
  return found.name;
}
