import type { ResourceField, ResourceKind } from "../../core/service/resources";

const SETTINGS: readonly ResourceField[] = [
  { path: "arn", label: "Name in full" },
  { path: "runtime", label: "Runtime" },
  { path: "handler", label: "Handler" },
  { path: "memoryMb", label: "Memory (MB)", format: "number" },
  { path: "timeoutMs", label: "Timeout (ms)", format: "number" },
  { path: "description", label: "Description" },
  { path: "environment", label: "Environment", format: "tags" },
  { path: "layers", label: "Layers", format: "json" },
  { path: "deadLetterArn", label: "Dead letters to" },
];

/** What there is of functions and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "function",
    store: "functions",
    fields: [
      { path: "state", label: "State" },
      ...SETTINGS,
      { path: "tags", label: "Tags", format: "tags" },
      { path: "lastModified", label: "Last modified", format: "moment" },
      { path: "published", label: "Versions published", format: "number" },
    ],
  },
  {
    kind: "invocation",
    store: "invocations",
    parent: { kind: "function", parts: 1 },
    fields: [
      { path: "requestId", label: "Request" },
      { path: "outcome", label: "Outcome" },
      { path: "startedAt", label: "Started", format: "moment" },
      { path: "durationMs", label: "Duration (ms)", format: "number" },
      { path: "version", label: "Version" },
      { path: "attempt", label: "Attempt", format: "number" },
    ],
    content: { path: "log" },
  },
  {
    kind: "version",
    store: "versions",
    parent: { kind: "function", parts: 1 },
    fields: [
      { path: "version", label: "Version" },
      ...SETTINGS,
      { path: "codeSha256", label: "SHA-256 of the code" },
      { path: "createdAt", label: "Created", format: "moment" },
    ],
  },
  {
    kind: "alias",
    store: "aliases",
    parent: { kind: "function", parts: 1 },
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "functionVersion", label: "Version" },
      { path: "routing", label: "Routing", format: "json" },
      { path: "description", label: "Description" },
      { path: "createdAt", label: "Created", format: "moment" },
    ],
  },
  {
    kind: "eventConfig",
    store: "eventConfigs",
    parent: { kind: "function", parts: 1 },
    fields: [
      { path: "maximumRetryAttempts", label: "Retries", format: "number" },
      { path: "maximumEventAgeMs", label: "Greatest age (ms)", format: "number" },
      { path: "onSuccessArn", label: "After success to" },
      { path: "onFailureArn", label: "After failure to" },
    ],
  },
  {
    kind: "layer",
    store: "layers",
    namePart: 0,
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "version", label: "Version", format: "number" },
      { path: "description", label: "Description" },
      { path: "contentSize", label: "Size", format: "bytes" },
      { path: "contentSha256", label: "SHA-256" },
      { path: "compatibleRuntimes", label: "Runtimes", format: "json" },
      { path: "createdAt", label: "Created", format: "moment" },
    ],
    content: { path: "content" },
  },
  {
    kind: "mapping",
    store: "mappings",
    fields: [
      { path: "state", label: "State" },
      { path: "eventSourceArn", label: "Source" },
      { path: "functionName", label: "Function" },
      { path: "lastResult", label: "Last result" },
      { path: "batchSize", label: "Batch", format: "number" },
      { path: "batchingWindowMs", label: "Window (ms)", format: "number" },
      { path: "filters", label: "Filters", format: "json" },
      { path: "reportBatchItemFailures", label: "Reports single failures" },
      { path: "maximumConcurrency", label: "Batches at once", format: "number" },
      { path: "maximumRetryAttempts", label: "Retries", format: "number" },
      { path: "maximumRecordAgeMs", label: "Greatest age (ms)", format: "number" },
      { path: "bisectOnError", label: "Splits failed batches" },
      { path: "parallelizationFactor", label: "Lanes", format: "number" },
      { path: "onFailureArn", label: "Given up to" },
      { path: "createdAt", label: "Created", format: "moment" },
    ],
  },
];
