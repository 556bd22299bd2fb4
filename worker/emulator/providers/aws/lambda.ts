import { arn } from "../../core/resource-names";
import { AWS_TAG, type NameRule } from "../../core/service/name-rules";
import type { Account } from "../../core/service/service";
import { DAY_MS, HOUR_MS, KIB, MIB, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import { queueEvent } from "./lambda-events";

const name = (max: number): NameRule => ({
  must: new RegExp(`^[A-Za-z0-9_-]{1,${max}}$`),
  rule: `1 to ${max} of A-Z, a-z, 0-9, _ and -`,
});

const lambdaArn = (account: Account, resource: string): string => arn(account, { service: "lambda", resource });

const nativeReasons: ServerlessDialect["nativeReasons"] = {
  badArgument: "InvalidParameterValueException",
  badPageToken: "InvalidParameterValueException",
  badName: "InvalidParameterValueException",
  badAlias: "ValidationException",
  badPayload: "InvalidRequestContentException",
  payloadTooLarge: { native: "RequestTooLargeException", httpStatus: 413 },
  unknownLayer: "InvalidParameterValueException",
  noSuchFunction: "ResourceNotFoundException",
  noSuchVersion: "ResourceNotFoundException",
  noSuchAlias: "ResourceNotFoundException",
  noSuchLayer: "ResourceNotFoundException",
  noSuchMapping: "ResourceNotFoundException",
  noConcurrency: "ResourceNotFoundException",
  noEventConfig: "ResourceNotFoundException",
  functionTaken: "ResourceConflictException",
  aliasTaken: "ResourceConflictException",
  mappingTaken: "ResourceConflictException",
  versionInUse: "ResourceConflictException",
  codeChanged: "InvalidParameterValueException",
  functionBusy: "ResourceConflictException",
  mappingBusy: "ResourceInUseException",
  streamOff: "InvalidParameterValueException",
  throttled: "TooManyRequestsException",
  functionUnknown: "InvalidParameterValueException",
  noSuchSource: "InvalidParameterValueException",
  noSuchTarget: "InvalidParameterValueException",
  shortVisibility: "InvalidParameterValueException",
  wrongKind: "InvalidParameterValueException",
  unsupported: "InvalidParameterValueException",
};

/** AWS Lambda. */
export const lambda: ServerlessDialect = {
  native: "Lambda",
  field: "lambda",
  nouns: { mapping: "event source mapping", eventConfig: "asynchronous configuration" },
  nativeReasons,

  functionName: name(64),
  functionArn: (function_, account) => lambdaArn(account, `function:${function_}`),
  qualifiedArn: (functionArn, qualifier) => `${functionArn}:${qualifier}`,
  readArn(text, account) {
    const prefix = lambdaArn(account, "function:");
    if (!text.startsWith(prefix)) return undefined;
    const [function_ = "", qualifier] = text.slice(prefix.length).split(":");
    return { name: function_, ...(qualifier !== undefined && { qualifier }) };
  },
  layerArn: (layer, version, account) => lambdaArn(account, `layer:${layer}:${version}`),
  readLayerArn(text, account) {
    const prefix = lambdaArn(account, "layer:");
    const [, layer = "", version] =
      /^([\w-]+):(\d+)$/.exec(text.startsWith(prefix) ? text.slice(prefix.length) : "") ?? [];
    return version === undefined ? undefined : { name: layer, version: Number(version) };
  },

  defaultRuntime: "nodejs22.x",
  memoryMb: { min: 128, max: 10_240, default: 128 },
  memorySizes: [],
  timeoutMs: { min: SECOND_MS, max: 900 * SECOND_MS, default: 3 * SECOND_MS },
  maxEnvironmentBytes: 4 * KIB,
  environmentName: {
    must: /^[A-Za-z][A-Za-z0-9_]+$/,
    mustNot: [
      /^AWS_(?:REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.*)$/,
      /^LAMBDA_(?:TASK_ROOT|RUNTIME_DIR)$/,
    ],
    rule: "at least 2 letters, digits and _, beginning with a letter, and none that Lambda sets itself",
  },
  maxTags: 50,
  tag: AWS_TAG,
  maxLayers: 5,
  oneVersionPerLayer: true,
  maxLayerBytes: 50 * MIB,
  layerName: name(140),
  toleratesMissing: true,
  maxPageItems: 50,
  functionReadyMs: 2 * SECOND_MS,

  maxPayloadBytes: 6_291_456,
  maxResultBytes: 6_291_556,
  maxEventBytes: 1_048_576,
  errorStatus: 200,
  billedMs: 1,
  maxConcurrency: 1000,
  minUnreserved: 100,
  reservesWholeFunctions: true,

  eventRetryMs: [60 * SECOND_MS, 120 * SECOND_MS],
  eventRetries: 2,
  retriesOnDemand: false,
  maxEventAgeMs: { min: MINUTE_MS, max: 6 * HOUR_MS, default: 6 * HOUR_MS },
  ownsEvents: true,

  queueMapping: {
    batchSize: { min: 1, max: 10_000, default: 10 },
    fifoBatchSize: 10,
    unwindowedBatchSize: 10,
    windowMs: { min: 0, max: 300 * SECOND_MS, default: 0 },
    maximumConcurrency: { min: 2, max: 1000, default: 5 },
    parallelizationFactor: { min: 1, max: 1, default: 1 },
    retryAttempts: { min: 0, max: 0, default: 0 },
    recordAgeMs: { min: -1, max: -1, default: -1 },
    bisects: false,
  },
  streamMapping: {
    batchSize: { min: 1, max: 10_000, default: 100 },
    fifoBatchSize: Infinity,
    unwindowedBatchSize: Infinity,
    windowMs: { min: 0, max: 300 * SECOND_MS, default: 0 },
    maximumConcurrency: { min: 1, max: 1, default: 1 },
    parallelizationFactor: { min: 1, max: 10, default: 1 },
    retryAttempts: { min: -1, max: 10_000, default: -1 },
    recordAgeMs: { min: MINUTE_MS, max: 7 * DAY_MS, default: -1 },
    bisects: true,
  },
  unknownFunctionIsBadInput: true,
  needsVisibility: true,
  receivesWhenThrottled: true,
  failedMessageMs: () => undefined,
  queueEvent,
  deliversRecordsSingly: false,
  recordRetryMs: [],
  mappingReadyMs: SECOND_MS,
};
