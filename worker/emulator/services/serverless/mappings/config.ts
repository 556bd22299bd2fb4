import type { EventSource } from "../../../core/flow/event-sources";
import type { Pattern } from "../../../core/json";
import { compilePattern, PatternError } from "../../../core/pattern/pattern";
import type { Fields } from "../../../core/service/arguments";
import type { MappingLimits, Range, ServerlessDialect } from "../dialect";
import { args } from "../input";
import { checkQualifier, readReference, targetOf } from "../names";
import type { Parts } from "../parts";
import { refuse } from "../reasons";
import { Refusal } from "../../../core/service/refusal";
import type { State, StoredMapping } from "../state";

/** What of a mapping its options say; the rest is its identity and state. */
export type MappingOptions = Pick<
  StoredMapping,
  | "functionName"
  | "batchSize"
  | "enabled"
  | "batchingWindowMs"
  | "reportBatchItemFailures"
  | "filters"
  | "maximumConcurrency"
  | "maximumRetryAttempts"
  | "maximumRecordAgeMs"
  | "bisectOnError"
  | "parallelizationFactor"
  | "onFailureArn"
>;

const SECOND_MS = 1000;
const QUEUE_ONLY = ["maximumConcurrency"];
const STREAM_ONLY = [
  "maximumRetryAttempts",
  "maximumRecordAgeMs",
  "bisectOnError",
  "parallelizationFactor",
  "onFailureArn",
];

/** A figure within its range; -1, where it stands for no end, is one of its own. */
function figure(name: string, fields: Fields, { min, max, default: otherwise }: Range, endless = false): number {
  const value = fields[name];
  if (value === undefined) return otherwise;
  if (min === max)
    return value === min ? min : args.complain(name, `${min}, as there is no other choice on this cloud`);
  if (endless && value === -1 && min <= -1) return -1;
  return args.integer(name, value, endless && min < 0 ? 0 : min, max);
}

/** At least 60 s, or without end: no figure between counts. */
const recordAge = (fields: Fields, range: Range): number =>
  fields["maximumRecordAgeMs"] === -1 && range.default === -1 ? -1 : figure("maximumRecordAgeMs", fields, range);

function readFilters(value: unknown): readonly Pattern[] {
  if (value === undefined) return [];
  return args.list("filters", value, (element, at) => {
    try {
      return JSON.parse(compilePattern(args.object(at, element)).text) as Pattern;
    } catch (error) {
      if (error instanceof PatternError) return args.complain(at, `an event pattern: ${error.message}`);
      throw error;
    }
  });
}

function readWindow(fields: Fields, limits: MappingLimits, fifo: boolean): number {
  const ms = figure("batchingWindowMs", fields, limits.windowMs);
  if (fifo && ms > 0) args.complain("batchingWindowMs", "0 for an ordered queue");
  return ms;
}

function readBatchSize(fields: Fields, limits: MappingLimits, fifo: boolean, windowMs: number): number {
  const size = figure("batchSize", fields, limits.batchSize);
  if (fifo && size > limits.fifoBatchSize)
    args.complain("batchSize", `at most ${limits.fifoBatchSize} of an ordered queue`);
  if (size > limits.unwindowedBatchSize && windowMs < SECOND_MS)
    args.complain(
      "batchSize",
      `at most ${limits.unwindowedBatchSize} without a batchingWindowMs of at least ${SECOND_MS}`,
    );
  return size;
}

/** Checks the options of a mapping of a source; `fields` may be those of a stored one with changes. */
export function readOptions(fields: Fields, source: EventSource, dialect: ServerlessDialect): MappingOptions {
  const ofQueue = source.kind === "queue";
  for (const argument of ofQueue ? STREAM_ONLY : QUEUE_ONLY)
    if (fields[argument] !== undefined) refuse("wrongKind", { argument, kind: source.kind });
  const limits = ofQueue ? dialect.queueMapping : dialect.streamMapping;
  const fifo = ofQueue && source.fifo;
  const batchingWindowMs = readWindow(fields, limits, fifo);
  const bisectOnError = args.optionalFlag("bisectOnError", fields["bisectOnError"]) ?? false;
  if (bisectOnError && !limits.bisects) refuse("unsupported", { argument: "bisectOnError" });
  const onFailureArn = args.optionalText("onFailureArn", fields["onFailureArn"]);
  return {
    functionName: args.text("functionName", fields["functionName"]),
    batchSize: readBatchSize(fields, limits, fifo, batchingWindowMs),
    enabled: args.optionalFlag("enabled", fields["enabled"]) ?? true,
    batchingWindowMs,
    reportBatchItemFailures: args.optionalFlag("reportBatchItemFailures", fields["reportBatchItemFailures"]) ?? false,
    filters: readFilters(fields["filters"]),
    ...(ofQueue && { maximumConcurrency: figure("maximumConcurrency", fields, limits.maximumConcurrency) }),
    ...(!ofQueue && {
      maximumRetryAttempts: figure("maximumRetryAttempts", fields, limits.retryAttempts, true),
      maximumRecordAgeMs: recordAge(fields, limits.recordAgeMs),
      bisectOnError,
      parallelizationFactor: figure("parallelizationFactor", fields, limits.parallelizationFactor),
      ...(onFailureArn !== undefined && onFailureArn !== "" && { onFailureArn }),
    }),
  };
}

/** The function of a mapping must be there; on some clouds one that is not is the caller's mistake. */
export function checkFunction({ state }: Pick<Parts, "state">, functionName: string): void {
  try {
    checkQualifier(state, readReference(state, functionName));
  } catch (error) {
    if (error instanceof Refusal && state.dialect.unknownFunctionIsBadInput)
      refuse("functionUnknown", { ...error.details, resource: functionName });
    throw error;
  }
}

/** A queue must hide its messages for as long as the function may take. */
export function checkVisibility(state: State, functionName: string, source: EventSource): void {
  if (source.kind !== "queue" || !state.dialect.needsVisibility) return;
  const { timeoutMs } = targetOf(state, readReference(state, functionName), false).settings;
  const visibilityMs = source.visibilityTimeoutMs;
  if (visibilityMs < timeoutMs) refuse("shortVisibility", { visibilityMs, timeoutMs, resource: source.arn });
}
