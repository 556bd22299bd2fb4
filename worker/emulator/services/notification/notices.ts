import { utf8 } from "../../core/bytes";
import type { CloudError } from "../../core/errors";
import type { Parcel, TargetKind } from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import { Refusal, errorOfRefusal } from "../../core/service/refusal";
import type { NotificationDialect, Notice, QueueForm, RequestForm } from "./dialect";
import { reasons, type NotificationReason } from "./reasons";
import type { StoredOutboxEntry, StoredSubscription } from "./state";
import type { Protocol } from "./types";

/** What a phone shows of a message. */
const SMS_BYTES = 1600;

/** The beginning of a text that fits into so many bytes, no character cut in two. */
function beginning(text: string, maxBytes: number): string {
  const bytes = utf8(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // Bytes 10xxxxxx go on with a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

/** A request to the world outside, or a mail, or what else the protocol sends. */
function outward(protocol: Protocol, notice: Notice, { envelope }: NotificationDialect): RequestForm {
  const bare = (body: string): RequestForm => ({ body, headers: {} });
  // Whoever is asked something must see what the answer has to name.
  if (notice.kind !== "Notification")
    return protocol.startsWith("http") ? envelope.request(notice) : bare(envelope.request(notice).body);
  switch (protocol) {
    case "http":
    case "https":
      return envelope.request(notice);
    case "email":
      return bare(`${notice.text}\n\n--\n${envelope.unsubscribeLine(notice)}\n`);
    case "email-json":
      return bare(envelope.request(notice).body);
    case "sms":
      return bare(beginning(notice.text, SMS_BYTES));
    default:
      return bare(notice.text);
  }
}

function outboxEntry(
  subscription: StoredSubscription,
  notice: Notice,
  form: RequestForm,
): Omit<StoredOutboxEntry, "at"> {
  const { id, topicId, protocol, endpoint } = subscription;
  const { messageId, kind, subject, token } = notice;
  return {
    ...{ messageId, subscriptionId: id, topicId, protocol, endpoint, kind },
    ...(subject !== undefined && { subject }),
    ...form,
    ...(token !== undefined && { token }),
  };
}

/** An error that ends a delivery before it was tried: what is wrong with it will not change. */
function unfit(
  reason: NotificationReason,
  details: Record<string, unknown>,
  call: Call,
  dialect: NotificationDialect,
): CloudError {
  return errorOfRefusal(new Refusal(reason, details), { reasons, nativeReasons: dialect.nativeReasons }, call);
}

/** What a queue gets, refused when raw delivery cannot carry it. */
function queueForm(notice: Notice, call: Call, dialect: NotificationDialect): QueueForm {
  const form = dialect.envelope.queue(notice);
  const count = Object.keys(form.attributes ?? {}).length;
  const max = dialect.maxRawAttributes;
  if (notice.raw && count > max) throw unfit("deliveryAttributes", { count, max }, call, dialect);
  return form;
}

/** Ids of a FIFO topic's message, for queues that keep order. */
export interface FifoIds {
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

export interface ParcelRequest {
  readonly subscription: StoredSubscription;
  readonly notice: Notice;
  readonly ids: FifoIds;
  readonly call: Call;
  readonly dialect: NotificationDialect;
}

/** A notice as a parcel for a kind of target. */
export function parcelFor(kind: TargetKind, request: ParcelRequest): Parcel | undefined {
  const { subscription, notice, ids, call, dialect } = request;
  switch (kind) {
    case "queue":
      return { kind, ...queueForm(notice, call, dialect), ...ids };
    case "function":
      return { kind, payload: dialect.envelope.function(notice) };
    case "endpoint":
    case "outbox": {
      const size = utf8(notice.text).length;
      const max = dialect.maxDeviceBytes;
      if (size > max) throw unfit("deliveryTooLarge", { size, max }, call, dialect);
      const form = outward(subscription.protocol, notice, dialect);
      return kind === "endpoint" ? { kind, ...form } : { kind, entry: { ...outboxEntry(subscription, notice, form) } };
    }
    default:
      return undefined;
  }
}
