import { arn } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import { SHARED, TARGET_ID } from "../../services/eventbus/common";
import type { EventBusDialect } from "../../services/eventbus/dialect";
import { patternDocument } from "../../services/eventbus/event-record";

const DEFAULT_BUS = "default";

const nativeReasons: EventBusDialect["nativeReasons"] = {
  badArgument: "ValidationException",
  badPageToken: "ValidationException",
  noSuchBus: "ResourceNotFoundException",
  busTaken: "ResourceAlreadyExistsException",
  badBusName: "ValidationException",
  busNameMissing: "ValidationException",
  defaultBus: "ValidationException",
  busHasRules: "ValidationException",
  tooManyBuses: "LimitExceededException",
  noSuchRule: "ResourceNotFoundException",
  badRuleName: "ValidationException",
  ruleNeedsPattern: "ValidationException",
  badPattern: "InvalidEventPatternException",
  badSchedule: "ValidationException",
  noSchedules: "UnknownOperationException",
  ruleHasTargets: "ValidationException",
  tooManyRules: "LimitExceededException",
  badTarget: "ValidationException",
  tooManyTargets: "LimitExceededException",
  badEntryCount: "ValidationException",
  entriesTooLarge: "ValidationException",
  badDetail: "MalformedDetail",
  reservedSource: "NotAuthorizedForSourceException",
  payloadTooLarge: "ValidationException",
  nothingAtPath: "ValidationException",
};

/** Amazon EventBridge. */
export const eventBridge: EventBusDialect = {
  ...SHARED,
  native: "EventBridge",
  field: "eventBridge",
  nativeReasons,

  // The default bus's own name is well formed: it is taken.
  busName: { must: /^[A-Za-z0-9._/-]{1,256}$/, rule: "1 to 256 of letters, digits and . _ / -" },
  defaultBus: DEFAULT_BUS,
  busArn: (bus, account) => arn(account, { service: "events", resource: `event-bus/${bus}` }),
  busArnForm: /^arn:aws:events:[^:]*:\d*:event-bus\/(?<bus>.+)$/,
  maxBuses: 100,
  tag: { ...LETTER_TAG, name: { ...LETTER_TAG.name, mustNot: [/^aws:/i] } },
  deleteNonEmpty: "refuse",

  ruleName: { must: /^[A-Za-z0-9._-]{1,64}$/, rule: "1 to 64 of letters, digits and . _ -" },
  ruleArn: (bus, rule, account) =>
    arn(account, { service: "events", resource: bus === DEFAULT_BUS ? `rule/${rule}` : `rule/${bus}/${rule}` }),
  maxRules: 300,
  needsPattern: true,
  maxPatternChars: 2048,
  maxPatternValueChars: Infinity,
  nativeFilter: () => undefined,
  schedules: true,

  targetId: TARGET_ID,
  nativeTargets: 5,

  maxEntries: 10,
  reservedSource: "aws.",
  takesUnknownBus: true,
  accountOf: ({ accountId }) => accountId,
  envelope: (event) => patternDocument(event),
  endpointBody: (envelope) => ({ body: JSON.stringify(envelope), contentType: "application/json; charset=utf-8" }),

  // Doubling from a second to ten minutes.
  retry: { steps: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600].map((seconds) => seconds * 1000), then: 600_000 },
  maxRetries: 185,
  deadLetterKinds: ["queue"],
  deadLetterAfterMs: 0,
};
