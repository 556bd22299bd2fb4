import type { CloudName } from "../../core/error-codes";
import { attributesOf, nanoseconds, type OtlpAttribute } from "./otlp-values";
import type { RecordedCall } from "./recorded-call";

/** What spans say of where the calls of one cloud ran. */
export interface SpanResource {
  readonly region: string;
  /** AWS account, Azure subscription or GCP project. */
  readonly accountId: string;
  /** Native names by service: `{ storage: "S3" }`. */
  readonly nativeNames: Readonly<Record<string, string>>;
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
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code?: number; readonly message?: string };
}

/** The calls of one cloud. */
export interface TracedCloud {
  readonly provider: CloudName;
  readonly calls: Iterable<RecordedCall>;
  readonly resource?: SpanResource;
}

const CLIENT = 3;
const INTERNAL = 1;
const CONSUMER = 5;
const FAILED = 2;
const KINDS = { client: CLIENT, delivery: CONSUMER, clock: INTERNAL } as const;

/**
 * Calls as spans, in the form OpenTelemetry collectors take at `/v1/traces`, one resource a cloud. Chains of deliveries are traces: a span's parent is
 * the call that caused it. The text comes in parts, to be joined or written out.
 */
export function* otlpTraces(clouds: Iterable<TracedCloud>, serviceName = "tabcloud"): Generator<string, void> {
  let between = "";
  yield '{"resourceSpans":[';
  for (const { provider, calls, resource } of clouds) {
    const attributes = attributesOf({
      "service.name": serviceName,
      "cloud.provider": provider,
      "cloud.region": resource?.region ?? "",
      "cloud.account.id": resource?.accountId ?? "",
    });
    yield `${between}{"resource":${JSON.stringify({ attributes })},"scopeSpans":[{"scope":{"name":"tabcloud"},"spans":[`;
    let comma = "";
    for (const call of calls) {
      yield comma + JSON.stringify(spanOf(call, resource?.nativeNames[call.service] ?? call.service));
      comma = ",";
    }
    yield "]}]}";
    between = ",";
  }
  yield "]}\n";
}

function spanOf(call: RecordedCall, nativeName: string): OtlpSpan {
  const { hop } = call;
  const startMs = call.timestamp.getTime();
  const failed = call.errorCode !== "OK";
  return {
    traceId: hex(call.flowId, 32),
    spanId: hex(call.id, 16),
    ...(call.causeId !== undefined && { parentSpanId: hex(call.causeId, 16) }),
    name: `${call.service}.${call.operation}`,
    kind: KINDS[call.origin],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(startMs, call.durationMs),
    attributes: attributesOf({
      "rpc.system": call.provider === "aws" ? "aws-api" : call.provider,
      "rpc.service": nativeName,
      "rpc.method": call.operation,
      ...(failed && { "error.type": call.errorCode }),
      ...(hop && { "tabcloud.hop.source": hop.source, "tabcloud.hop.target": hop.target }),
      ...(hop?.via !== undefined && { "tabcloud.hop.via": hop.via }),
      ...(hop && { "tabcloud.hop.attempt": String(hop.attempt), "tabcloud.hop.depth": String(hop.depth) }),
    }),
    status: failed ? { code: FAILED, message: call.error?.message ?? call.errorCode } : {},
  };
}

const hex = (id: number, digits: number): string => id.toString(16).padStart(digits, "0");
