import type { CloudName } from "../../core/error-codes";
import type { RecordedCall } from "./recorded-call";

/** What spans say of where the calls of one cloud ran. */
export interface SpanResource {
  readonly region: string;
  /** AWS account, Azure subscription or GCP project. */
  readonly accountId: string;
  /** Native names by service: `{ storage: "S3" }`. */
  readonly nativeNames: Readonly<Record<string, string>>;
}

type AttributeValue = { readonly stringValue: string };
interface Attribute {
  readonly key: string;
  readonly value: AttributeValue;
}

/** One call as a span of OTLP/JSON. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number; readonly message?: string };
}

/** A recording in the form OpenTelemetry collectors take at `/v1/traces`. */
export interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

const CLIENT = 3;
const INTERNAL = 1;
const CONSUMER = 5;
const FAILED = 2;
const KINDS = { client: CLIENT, delivery: CONSUMER, clock: INTERNAL } as const;

/**
 * Calls as spans, one resource a cloud, in the order in which the clouds first appear. Chains of deliveries are traces: a span's parent is the call
 * that caused it.
 */
export function otlpTraces(
  calls: Iterable<RecordedCall>,
  resources: Readonly<Partial<Record<CloudName, SpanResource>>>,
  serviceName = "tabcloud",
): OtlpTraces {
  const byCloud = new Map<CloudName, OtlpSpan[]>();
  for (const call of calls) {
    const spans = byCloud.get(call.provider) ?? [];
    spans.push(spanOf(call, resources[call.provider]?.nativeNames[call.service] ?? call.service));
    byCloud.set(call.provider, spans);
  }
  const resourceSpans = Array.from(byCloud, ([provider, spans]) => {
    const { region = "", accountId = "" } = resources[provider] ?? {};
    const attributes = attributesOf({
      "service.name": serviceName,
      "cloud.provider": provider,
      "cloud.region": region,
      "cloud.account.id": accountId,
    });
    return { resource: { attributes }, scopeSpans: [{ scope: { name: "tabcloud" }, spans }] };
  });
  return { resourceSpans };
}

function spanOf(call: RecordedCall, nativeName: string): OtlpSpan {
  const startMs = call.timestamp.getTime();
  const failed = call.errorCode !== "OK";
  return {
    traceId: hex(call.flowId, 32),
    spanId: hex(call.id, 16),
    ...(call.causeId !== undefined && { parentSpanId: hex(call.causeId, 16) }),
    name: `${call.service}.${call.operation}`,
    kind: KINDS[call.origin],
    startTimeUnixNano: nanoseconds(startMs, 0),
    endTimeUnixNano: nanoseconds(startMs, call.durationMs),
    attributes: attributesOf({
      "rpc.system": call.provider === "aws" ? "aws-api" : call.provider,
      "rpc.service": nativeName,
      "rpc.method": call.operation,
      ...(failed && { "error.type": call.errorCode }),
    }),
    status: failed ? { code: FAILED, message: call.error?.message ?? call.errorCode } : {},
  };
}

const attributesOf = (values: Readonly<Record<string, string>>): Attribute[] =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const hex = (id: number, digits: number): string => id.toString(16).padStart(digits, "0");

/** Decimal text: nanoseconds since 1970 have no exact number. */
function nanoseconds(startMs: number, durationMs: number): string {
  const fraction = (ms: number): bigint => BigInt(Math.round((ms - Math.floor(ms)) * 1e6));
  const whole = (ms: number): bigint => BigInt(Math.floor(ms)) * 1_000_000n + fraction(ms);
  return String(whole(startMs) + whole(durationMs));
}
