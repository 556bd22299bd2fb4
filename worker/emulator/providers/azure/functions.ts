import { azureId } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import type { Account } from "../../core/service/service";
import { HOUR_MS, KIB, MIB, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import { queueEvent } from "./functions-events";

const site = (account: Account, name: string): string => azureId(account, "Microsoft.Web", "sites", name);
const extension = (account: Account, name: string): string => azureId(account, "Microsoft.Web", "extensions", name);

/** What stands behind a resource id's beginning, in which case does not count. */
function behind(text: string, prefix: string): string | undefined {
  return text.length > prefix.length && text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
    ? text.slice(prefix.length)
    : undefined;
}

const nativeReasons: ServerlessDialect["nativeReasons"] = {
  badArgument: "BadRequest",
  badPageToken: "BadRequest",
  badName: "BadRequest",
  badAlias: "BadRequest",
  badPayload: "BadRequest",
  payloadTooLarge: { native: "PayloadTooLarge", httpStatus: 413 },
  unknownLayer: "BadRequest",
  noSuchFunction: "ResourceNotFound",
  noSuchVersion: "ResourceNotFound",
  noSuchAlias: "ResourceNotFound",
  noSuchLayer: "ResourceNotFound",
  noSuchMapping: "ResourceNotFound",
  noConcurrency: "ResourceNotFound",
  noEventConfig: "ResourceNotFound",
  functionTaken: "Conflict",
  aliasTaken: "Conflict",
  mappingTaken: "Conflict",
  versionInUse: "Conflict",
  codeChanged: "Conflict",
  functionBusy: "Conflict",
  mappingBusy: "Conflict",
  streamOff: "Conflict",
  throttled: "TooManyRequests",
  functionUnknown: "BadRequest",
  noSuchSource: "BadRequest",
  noSuchTarget: "BadRequest",
  shortVisibility: "BadRequest",
  wrongKind: "BadRequest",
  unsupported: "BadRequest",
};

/** Azure Functions, on the Consumption plan. */
export const functions: ServerlessDialect = {
  native: "Functions",
  field: "functions",
  nouns: {
    version: "slot snapshot",
    alias: "slot",
    layer: "shared extension",
    mapping: "trigger binding",
    eventConfig: "asynchronous configuration",
  },
  nativeReasons,

  functionName: {
    must: /^[A-Za-z0-9-]{1,59}[A-Za-z0-9]$/,
    rule: "2 to 60 of A-Z, a-z, 0-9 and -, with a letter or digit at the end",
  },
  functionArn: (name, account) => site(account, name),
  qualifiedArn: (functionArn, qualifier) => `${functionArn}/slots/${qualifier}`,
  readArn(text, account) {
    const [, name = "", slot, latest] =
      /^([^/:]+)(?:\/slots\/([^/]+)|:(\$LATEST))?$/i.exec(behind(text, site(account, "")) ?? "") ?? [];
    const qualifier = slot ?? latest;
    return name === "" ? undefined : { name, ...(qualifier !== undefined && { qualifier }) };
  },
  layerArn: (name, version, account) => `${extension(account, name)}/versions/${version}`,
  readLayerArn(text, account) {
    const [, name = "", version] = /^([^/]+)\/versions\/(\d+)$/i.exec(behind(text, extension(account, "")) ?? "") ?? [];
    return version === undefined ? undefined : { name, version: Number(version) };
  },

  defaultRuntime: "node|22",
  memoryMb: { min: 512, max: 4096, default: 2048 },
  memorySizes: [512, 1536, 2048, 4096],
  timeoutMs: { min: SECOND_MS, max: 600 * SECOND_MS, default: 300 * SECOND_MS },
  maxEnvironmentBytes: 64 * KIB,
  environmentName: { must: /^[A-Za-z0-9_.:-]+$/, rule: "letters, digits, _ . : and -" },
  maxTags: 50,
  tag: LETTER_TAG,
  maxLayers: 5,
  oneVersionPerLayer: false,
  maxLayerBytes: 50 * MIB,
  layerName: { must: /^[A-Za-z0-9_-]{1,140}$/, rule: "1 to 140 of A-Z, a-z, 0-9, _ and -" },
  toleratesMissing: false,
  maxPageItems: 100,
  functionReadyMs: 2 * SECOND_MS,

  maxPayloadBytes: 104_857_600,
  maxResultBytes: 104_857_600,
  maxEventBytes: 262_144,
  errorStatus: 500,
  billedMs: 1,
  maxConcurrency: 200,
  minUnreserved: 0,
  reservesWholeFunctions: false,

  eventRetryMs: [60 * SECOND_MS, 120 * SECOND_MS],
  eventRetries: 0,
  retriesOnDemand: false,
  maxEventAgeMs: { min: MINUTE_MS, max: 6 * HOUR_MS, default: 6 * HOUR_MS },
  ownsEvents: false,

  queueMapping: {
    batchSize: { min: 1, max: 1000, default: 1 },
    fifoBatchSize: 1000,
    unwindowedBatchSize: Infinity,
    windowMs: { min: 0, max: 0, default: 0 },
    maximumConcurrency: { min: 1, max: 1000, default: 16 },
    parallelizationFactor: { min: 1, max: 1, default: 1 },
    retryAttempts: { min: 0, max: 0, default: 0 },
    recordAgeMs: { min: -1, max: -1, default: -1 },
    bisects: false,
  },
  streamMapping: {
    batchSize: { min: 1, max: 1000, default: 100 },
    fifoBatchSize: Infinity,
    unwindowedBatchSize: Infinity,
    windowMs: { min: 0, max: 0, default: 0 },
    maximumConcurrency: { min: 1, max: 1, default: 1 },
    parallelizationFactor: { min: 1, max: 1, default: 1 },
    retryAttempts: { min: -1, max: 10_000, default: 0 },
    recordAgeMs: { min: -1, max: -1, default: -1 },
    bisects: false,
  },
  unknownFunctionIsBadInput: false,
  needsVisibility: false,
  receivesWhenThrottled: false,
  failedMessageMs: () => 0,
  queueEvent,
  deliversRecordsSingly: false,
  recordRetryMs: [],
  mappingReadyMs: SECOND_MS,
};
