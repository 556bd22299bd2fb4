import { fromUtf8, utf8Length } from "../../core/bytes";
import type { Call } from "../../core/service/call";
import type { Fields } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { Waiting } from "../../core/service/waiting";
import type { JsonValue } from "../../core/json";
import { EVENT_TYPE, type AcceptedEvent } from "./asynchronous";
import type { ServerlessDriver } from "./driver";
import { args } from "./input";
import { emptyOutput } from "./invocation";
import type { SingleRecord } from "./mappings/stream-singles";
import { isTooDeep, MAX_DEPTH } from "./outcome";
import { readReference, targetOf, type Reference, type Target } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { State } from "./state";
import type { InvokeOutput } from "./types";

const TYPES = ["RequestResponse", "Event", "DryRun"] as const;

/** What the flow and the mappings say of an invocation beside its event; under a symbol, so that no program says it and no recording shows it. */
export const DELIVERED: unique symbol = Symbol("delivered");

export interface Delivered {
  readonly requestId?: string;
  /** How often it is retried is the function's own affair, not its sender's. */
  readonly onOwnTerms?: boolean;
  readonly binding?: Readonly<Record<string, unknown>>;
  /** A record of a stream that is delivered by itself. */
  readonly record?: SingleRecord;
  /** A batch of a mapping, which has seen to its size itself. */
  readonly batch?: true;
  readonly finished?: (output: InvokeOutput, call: Call) => void;
}

/** A payload as JSON text; `undefined` stands for an empty object. What was delivered is a value, also where it is a text. */
function textOf(payload: unknown, max: number, delivered: boolean): string {
  let text: string | undefined;
  if (payload === undefined) text = "{}";
  else if (delivered) {
    text = JSON.stringify(payload);
    checkSize(text, max);
    return text;
  } else if (typeof payload === "string" || payload instanceof Uint8Array) {
    text = typeof payload === "string" ? payload : fromUtf8(payload);
    checkSize(text, max);
    checkDepth(text);
    try {
      JSON.parse(text);
    } catch {
      refuse("badPayload", { why: "this text is none" });
    }
    return text;
  } else {
    if (typeof payload !== "object" && typeof payload !== "number" && typeof payload !== "boolean")
      refuse("badPayload", { why: `a ${typeof payload} is none` });
    try {
      text = JSON.stringify(payload);
    } catch (error) {
      refuse("badPayload", { why: error instanceof Error ? error.message : "it cannot be written as JSON" });
    }
  }
  checkSize(text, max);
  checkDepth(text);
  return text;
}

function checkDepth(text: string): void {
  if (isTooDeep(text)) refuse("badPayload", { why: `it may be at most ${MAX_DEPTH} levels deep` });
}

function checkSize(text: string, max: number): void {
  if (text.length * 3 <= max) return;
  const size = utf8Length(text);
  if (size > max) refuse("payloadTooLarge", { size, max });
}

/** The function's name and the qualifier, which may stand in either place. */
function reference(state: State, functionName: unknown, fields: Fields): Reference {
  const read = readReference(state, functionName);
  const qualifier = args.optionalText("qualifier", fields["qualifier"]);
  if (qualifier === undefined) return read;
  if (read.qualifier !== undefined && read.qualifier !== qualifier)
    args.complain("qualifier", `the one of the function's name, ${JSON.stringify(read.qualifier)}`);
  return { name: read.name, qualifier };
}

/** Refuses an invocation that there is no room for. */
export function checkRoom({ concurrency }: Parts, name: string): void {
  if (concurrency.hasRoom(name)) return;
  const reserved = concurrency.reserved(name) !== undefined;
  const reason = reserved ? "ReservedFunctionConcurrentInvocationLimitExceeded" : "ConcurrentInvocationLimitExceeded";
  refuse("throttled", { reason, resource: name });
}

/** Makes functions run. */
export function invoking(parts: Parts): Pick<EngineOf<ServerlessDriver>, "invoke"> {
  const { state, invocations } = parts;
  const { ids } = state.context;

  function accept(call: Call, target: Target, text: string): InvokeOutput {
    const requestId = ids.uuid();
    const payload = JSON.parse(text) as JsonValue;
    const data: AcceptedEvent = { source: target.function.arn, target: target.arn, payload, requestId };
    call.emit({ type: EVENT_TYPE, data });
    return emptyOutput(202, target.version, requestId);
  }

  return {
    invoke(call, functionName, payload, options): InvokeOutput | Waiting<InvokeOutput> {
      const fields = args.options(options);
      const given = (fields as { readonly [DELIVERED]?: Delivered })[DELIVERED];
      const type = args.oneOf("invocationType", fields["invocationType"] ?? "RequestResponse", TYPES);
      const asked = reference(state, functionName, fields);
      const { dialect } = state;
      const text = textOf(
        payload,
        given?.batch ? Infinity : type === "Event" ? dialect.maxEventBytes : dialect.maxPayloadBytes,
        given !== undefined,
      );
      const target = targetOf(state, asked, type === "RequestResponse");
      const { name, state: functionState } = target.function;
      if (functionState === "Pending") refuse("functionBusy", { name, state: functionState, resource: name });
      if (type === "DryRun") return emptyOutput(204, target.version, ids.uuid());
      if (type === "Event") return accept(call, target, text);
      checkRoom(parts, name);
      const { requestId = ids.uuid(), binding, finished } = given ?? {};
      const attempt = call.hop?.attempt ?? 1;
      return invocations.run(call, { target, text, requestId, attempt, binding, finished });
    },
  };
}
