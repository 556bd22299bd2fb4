import { CloudError } from "../errors";
import type { ErrorCode } from "../error-codes";
import type { Call } from "./call";

/** Facts about one refusal, named by the engine: `{ bucket: "photos", key: "a.txt" }`. */
export type RefusalDetails = Readonly<Record<string, unknown>>;

/** What a reason means on every cloud, unless a dialect says otherwise. */
export interface Reason {
  readonly code: ErrorCode;
  /** Where it is not the code's own: 412 for a failed condition. */
  readonly httpStatus?: number;
  /** Names the resource and says what to do. */
  readonly message: (details: RefusalDetails, call: Call) => string;
}

/** A dialect's answer for a reason: its native code alone, or with whatever differs on that cloud. */
export type NativeReason =
  | string
  | {
      readonly native: string | ((details: RefusalDetails, call: Call) => string);
      readonly code?: ErrorCode;
      readonly httpStatus?: number;
      readonly message?: Reason["message"];
    };

/**
 * How an engine says no: with its own specific reason. The dialect turns the reason into the portable error, so that nobody ever has to
 * guess an error back from its text.
 */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly details: RefusalDetails,
  ) {
    super(reason);
  }
}

/** The `refuse` function of one engine, limited to the reasons of its table. */
export type Refuse<R extends string> = (reason: R, details?: RefusalDetails) => never;

export const refuse: Refuse<string> = (reason, details = {}) => {
  throw new Refusal(reason, details);
};

export interface ReasonTables {
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly nativeReasons: Readonly<Record<string, NativeReason>>;
}

/** The portable error of a refusal on the call's cloud. */
export function errorOfRefusal(refusal: Refusal, tables: ReasonTables, call: Call): CloudError {
  const reason = tables.reasons[refusal.reason];
  const native = tables.nativeReasons[refusal.reason];
  if (!reason) return new CloudError("Internal", `no such reason: ${refusal.reason}`, siteOf(call));
  const own = typeof native === "string" ? { native } : native;
  const nativeCode = typeof own?.native === "function" ? own.native(refusal.details, call) : own?.native;
  const message = (own?.message ?? reason.message)(refusal.details, call);
  return new CloudError(own?.code ?? reason.code, message, {
    ...siteOf(call),
    nativeCode,
    reason: refusal.reason,
    httpStatus: own?.httpStatus ?? reason.httpStatus,
    resource: typeof refusal.details.resource === "string" ? refusal.details.resource : undefined,
    retryAfterMs: typeof refusal.details.retryAfterMs === "number" ? refusal.details.retryAfterMs : undefined,
    details: refusal.details,
  });
}

/** Provider, service and operation of a call, as error fields. */
export function siteOf(call: Call): { provider: Call["site"]["provider"]; service: string; operation: string } {
  return { provider: call.site.provider, service: call.site.service, operation: call.operation };
}
