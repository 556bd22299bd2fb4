import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { ServerlessDialect } from "./dialect";
import type { ServerlessReason } from "./reasons";

const CHANGES = ["createFunction", "updateFunction", "deploy"];
const MAPS = ["createEventSourceMapping", "updateEventSourceMapping"];
const LAYERS = ["publishLayerVersion", "getLayerVersion", "listLayerVersions", "deleteLayerVersion", "listLayers"];

const fields: FieldNotes<ServerlessDialect> = {
  functionName: {
    about: "Which names a function may have.",
    topic: "functions",
    operations: ["createFunction", "deploy"],
  },
  functionArn: { about: "What a function is called in full.", topic: "functions" },
  qualifiedArn: { about: "What a version or an alias is called in full.", topic: "versions" },
  readArn: { about: "In which forms a function can be named.", topic: "functions" },
  layerArn: { about: "What a layer is called in full.", topic: "layers" },
  readLayerArn: { about: "In which form a function names its layers.", topic: "layers", operations: CHANGES },

  defaultRuntime: { about: "Which runtime a function has unless it says so.", topic: "functions", operations: CHANGES },
  memoryMb: { about: "How many megabytes of memory a function may have.", topic: "limits", operations: CHANGES },
  memorySizes: { about: "Which sizes of memory there are, if not any.", topic: "limits", operations: CHANGES },
  timeoutMs: { about: "How long a function may run.", topic: "limits", unit: "ms" },
  maxEnvironmentBytes: {
    about: "How large a function's environment may be, names and values together.",
    topic: "environment",
    unit: "bytes",
    operations: CHANGES,
  },
  environmentName: { about: "Which names an environment may use.", topic: "environment", operations: CHANGES },
  maxTags: { about: "How many tags a function may have.", topic: "tags", operations: CHANGES },
  tag: { about: "What tags may look like.", topic: "tags", operations: CHANGES },
  maxLayers: { about: "How many layers a function may have.", topic: "layers", operations: CHANGES },
  oneVersionPerLayer: {
    about: "Whether a function may use only one version of a layer.",
    topic: "layers",
    operations: CHANGES,
  },
  maxLayerBytes: {
    about: "How large a layer may be.",
    topic: "layers",
    unit: "bytes",
    operations: ["publishLayerVersion"],
  },
  layerName: { about: "Which names a layer may have.", topic: "layers", operations: ["publishLayerVersion"] },
  toleratesMissing: {
    about:
      "Whether deleting an alias or a layer that is not there is no error, and an unknown layer just has no versions.",
    topic: "aliases",
    operations: ["deleteAlias", ...LAYERS],
  },
  maxPageItems: { about: "How many items a page of a list has, unless fewer are asked for.", topic: "lists" },
  functionReadyMs: {
    about: "How long a function is being made or changed, with simulated provisioning.",
    topic: "states",
    unit: "ms",
    operations: CHANGES,
  },

  maxPayloadBytes: { about: "How large an event may be.", topic: "limits", unit: "bytes", operations: ["invoke"] },
  maxResultBytes: { about: "How large an answer may be.", topic: "limits", unit: "bytes", operations: ["invoke"] },
  maxEventBytes: {
    about: "How large an asynchronous event may be.",
    topic: "limits",
    unit: "bytes",
    operations: ["invoke"],
  },
  errorStatus: {
    about: "With which status an invocation is answered whose function failed.",
    topic: "errors",
    operations: ["invoke"],
  },
  billedMs: {
    about: "To what the billed duration is rounded up.",
    topic: "billing",
    unit: "ms",
    operations: ["invoke"],
  },
  maxConcurrency: { about: "How many invocations an account may run at once.", topic: "concurrency" },
  minUnreserved: {
    about: "How much concurrency must stay unreserved.",
    topic: "concurrency",
    operations: ["putFunctionConcurrency"],
  },
  reservesWholeFunctions: {
    about: "Whether concurrency can only be reserved for a function as a whole.",
    topic: "concurrency",
    operations: ["putFunctionConcurrency"],
  },

  eventRetryMs: {
    about: "How long an asynchronous event whose function failed waits before each retry.",
    topic: "asynchronous",
    unit: "ms",
  },
  eventRetries: {
    about: "How often such an event is retried unless the function says otherwise.",
    topic: "asynchronous",
  },
  retriesOnDemand: {
    about: "Whether events are retried only for functions that ask for it.",
    topic: "asynchronous",
  },
  maxEventAgeMs: { about: "How old an asynchronous event may get.", topic: "asynchronous", unit: "ms" },
  ownsEvents: {
    about: "Whether a function takes over events of other services for good, with a queue and retries of its own.",
    topic: "asynchronous",
  },

  queueMapping: { about: "What a mapping of a queue may ask for.", topic: "queues", operations: MAPS },
  streamMapping: { about: "What a mapping of a stream may ask for.", topic: "streams", operations: MAPS },
  unknownFunctionIsBadInput: {
    about: "Whether a mapping of an unknown function is refused as bad input.",
    topic: "queues",
    operations: MAPS,
  },
  needsVisibility: {
    about: "Whether a queue must hide its messages for at least the function's timeout.",
    topic: "queues",
    operations: MAPS,
  },
  receivesWhenThrottled: {
    about: "Whether messages are received, and counted as received, although the function has no free concurrency.",
    topic: "queues",
  },
  failedMessageMs: { about: "When messages come back whose batch failed.", topic: "queues" },
  queueEvent: { about: "What a function gets of messages.", topic: "queues" },
  deliversRecordsSingly: {
    about: "Whether a stream's records are delivered each by itself, so that a failed one holds up no other.",
    topic: "streams",
  },
  recordRetryMs: { about: "How long such a record waits before each retry.", topic: "streams", unit: "ms" },
  mappingReadyMs: {
    about: "How long a mapping is being changed, with simulated provisioning.",
    topic: "states",
    unit: "ms",
    operations: MAPS,
  },
};

const reasons: Readonly<Record<ServerlessReason, readonly string[]>> = {
  badArgument: [
    "memoryMb",
    "memorySizes",
    "timeoutMs",
    "maxEnvironmentBytes",
    "environmentName",
    "maxLayers",
    "oneVersionPerLayer",
    "minUnreserved",
    "reservesWholeFunctions",
    "queueMapping",
    "streamMapping",
  ],
  badPageToken: [],
  badName: ["functionName", "layerName"],
  badAlias: [],
  badPayload: [],
  payloadTooLarge: ["maxPayloadBytes", "maxEventBytes"],
  unknownLayer: ["readLayerArn"],
  noSuchFunction: ["unknownFunctionIsBadInput"],
  noSuchVersion: [],
  noSuchAlias: ["toleratesMissing"],
  noSuchLayer: ["toleratesMissing"],
  noSuchMapping: [],
  noConcurrency: [],
  noEventConfig: [],
  functionTaken: [],
  aliasTaken: [],
  mappingTaken: [],
  versionInUse: [],
  codeChanged: [],
  functionBusy: ["functionReadyMs"],
  mappingBusy: ["mappingReadyMs"],
  streamOff: [],
  throttled: ["maxConcurrency"],
  functionUnknown: ["unknownFunctionIsBadInput"],
  noSuchSource: [],
  noSuchTarget: [],
  shortVisibility: ["needsVisibility"],
  wrongKind: [],
  unsupported: ["retriesOnDemand", "streamMapping"],
};

const values: Readonly<Record<string, ValueNote>> = {
  arn: { fields: ["functionArn", "qualifiedArn", "layerArn"], form: true },
  eventSourceArn: { form: true },
  invokedArn: { form: true },
  uuid: { form: true },
  requestId: { form: true },
  runtime: { fields: ["defaultRuntime"], form: true },
  logTail: { form: true },
  statusCode: { fields: ["errorStatus"] },
  memoryMb: { fields: ["memoryMb"] },
  timeoutMs: { fields: ["timeoutMs"] },
  billedDurationMs: { fields: ["billedMs"] },
  batchSize: { fields: ["queueMapping", "streamMapping"] },
  maximumConcurrency: { fields: ["queueMapping"] },
};

/** Why functions answer differently from cloud to cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
