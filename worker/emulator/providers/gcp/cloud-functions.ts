import { gcpName } from "../../core/resource-names";
import { GCP_LABEL } from "../../core/service/name-rules";
import type { Account } from "../../core/service/service";
import { DAY_MS, KIB, MIB, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import { queueEvent } from "./cloud-functions-events";

const place = (account: Account, ...path: string[]): string => gcpName(account, "locations", account.region, ...path);

/** Seconds before a retry: 10 s doubling to 600 s. */
const BACK_OFF_MS = [10, 20, 40, 80, 160, 320, 600].map((s) => s * SECOND_MS);

const nativeReasons: ServerlessDialect["nativeReasons"] = {
  badArgument: "INVALID_ARGUMENT",
  badPageToken: "INVALID_ARGUMENT",
  badName: "INVALID_ARGUMENT",
  badAlias: "INVALID_ARGUMENT",
  badPayload: "INVALID_ARGUMENT",
  payloadTooLarge: "INVALID_ARGUMENT",
  unknownLayer: "INVALID_ARGUMENT",
  noSuchFunction: "NOT_FOUND",
  noSuchVersion: "NOT_FOUND",
  noSuchAlias: "NOT_FOUND",
  noSuchLayer: "NOT_FOUND",
  noSuchMapping: "NOT_FOUND",
  noConcurrency: "NOT_FOUND",
  noEventConfig: "NOT_FOUND",
  functionTaken: "ALREADY_EXISTS",
  aliasTaken: "ALREADY_EXISTS",
  mappingTaken: "ALREADY_EXISTS",
  versionInUse: "FAILED_PRECONDITION",
  codeChanged: "FAILED_PRECONDITION",
  functionBusy: "FAILED_PRECONDITION",
  mappingBusy: "FAILED_PRECONDITION",
  streamOff: "FAILED_PRECONDITION",
  throttled: "RESOURCE_EXHAUSTED",
  functionUnknown: "INVALID_ARGUMENT",
  noSuchSource: "INVALID_ARGUMENT",
  noSuchTarget: "INVALID_ARGUMENT",
  shortVisibility: "INVALID_ARGUMENT",
  wrongKind: "INVALID_ARGUMENT",
  unsupported: "INVALID_ARGUMENT",
};

/** Google Cloud Functions. */
export const cloudFunctions: ServerlessDialect = {
  native: "Cloud Functions",
  field: "cloudFunctions",
  nouns: {
    version: "revision",
    alias: "traffic tag",
    layer: "build layer",
    mapping: "event trigger",
    eventConfig: "asynchronous configuration",
  },
  nativeReasons,

  functionName: { must: /^[a-z][a-z0-9-]{0,62}$/, rule: "1 to 63 of a-z, 0-9 and -, beginning with a letter" },
  functionArn: (name, account) => place(account, "functions", name),
  qualifiedArn: (functionArn, qualifier, kind) =>
    `${functionArn}/${kind === "version" ? "revisions" : "aliases"}/${qualifier}`,
  readArn(text, account) {
    const prefix = place(account, "functions", "");
    const [, name = "", tag, latest] =
      /^([^/:]+)(?:\/(?:revisions|aliases)\/([^/]+)|:(\$LATEST))?$/.exec(
        text.startsWith(prefix) ? text.slice(prefix.length) : "",
      ) ?? [];
    const qualifier = tag ?? latest;
    return name === "" ? undefined : { name, ...(qualifier !== undefined && { qualifier }) };
  },
  layerArn: (name, version, account) => place(account, "layers", name, "versions", String(version)),
  readLayerArn(text, account) {
    const prefix = place(account, "layers", "");
    const [, name = "", version] =
      /^([^/]+)\/versions\/(\d+)$/.exec(text.startsWith(prefix) ? text.slice(prefix.length) : "") ?? [];
    return version === undefined ? undefined : { name, version: Number(version) };
  },

  defaultRuntime: "nodejs22",
  memoryMb: { min: 128, max: 32_768, default: 256 },
  memorySizes: [],
  timeoutMs: { min: SECOND_MS, max: 3600 * SECOND_MS, default: 60 * SECOND_MS },
  maxEnvironmentBytes: 32 * KIB,
  environmentName: {
    must: /^[^=]+$/,
    mustNot: [/^(?:K_SERVICE|K_REVISION|K_CONFIGURATION|FUNCTION_TARGET|FUNCTION_SIGNATURE_TYPE|PORT|X_GOOGLE_.*)$/],
    rule: "not empty, without =, and none that Cloud Functions sets itself",
  },
  maxTags: 64,
  tag: GCP_LABEL,
  maxLayers: 5,
  oneVersionPerLayer: false,
  maxLayerBytes: 50 * MIB,
  layerName: { must: /^[A-Za-z0-9_-]{1,140}$/, rule: "1 to 140 of A-Z, a-z, 0-9, _ and -" },
  toleratesMissing: false,
  maxPageItems: 100,
  functionReadyMs: 2 * SECOND_MS,

  maxPayloadBytes: 33_554_432,
  maxResultBytes: 33_554_432,
  maxEventBytes: 524_288,
  errorStatus: 500,
  billedMs: 100,
  maxConcurrency: 100,
  minUnreserved: 0,
  reservesWholeFunctions: false,

  eventRetryMs: BACK_OFF_MS,
  eventRetries: 0,
  retriesOnDemand: true,
  maxEventAgeMs: { min: MINUTE_MS, max: DAY_MS, default: DAY_MS },
  ownsEvents: false,

  queueMapping: {
    batchSize: { min: 1, max: 1, default: 1 },
    fifoBatchSize: 1,
    unwindowedBatchSize: Infinity,
    windowMs: { min: 0, max: 0, default: 0 },
    maximumConcurrency: { min: 1, max: 1000, default: 100 },
    parallelizationFactor: { min: 1, max: 1, default: 1 },
    retryAttempts: { min: 0, max: 0, default: 0 },
    recordAgeMs: { min: -1, max: -1, default: -1 },
    bisects: false,
  },
  streamMapping: {
    batchSize: { min: 1, max: 1, default: 1 },
    fifoBatchSize: Infinity,
    unwindowedBatchSize: Infinity,
    windowMs: { min: 0, max: 0, default: 0 },
    maximumConcurrency: { min: 1, max: 1, default: 1 },
    parallelizationFactor: { min: 1, max: 1, default: 1 },
    retryAttempts: { min: -1, max: -1, default: -1 },
    recordAgeMs: { min: DAY_MS, max: DAY_MS, default: DAY_MS },
    bisects: false,
  },
  unknownFunctionIsBadInput: false,
  needsVisibility: false,
  receivesWhenThrottled: false,
  failedMessageMs: (receiveCount) => BACK_OFF_MS[Math.min(receiveCount, BACK_OFF_MS.length) - 1],
  queueEvent,
  deliversRecordsSingly: true,
  recordRetryMs: BACK_OFF_MS,
  mappingReadyMs: SECOND_MS,
};
