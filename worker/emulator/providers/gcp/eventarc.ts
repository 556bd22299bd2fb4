import { gcpName } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import type { JsonValue } from "../../core/json";
import { SHARED, TARGET_ID } from "../../services/eventbus/common";
import type { EventBusDialect } from "../../services/eventbus/dialect";
import { REPLAY_NAME, type EventRecord } from "../../services/eventbus/event-record";
import { eventarcFilter } from "./eventarc-filters";

const nativeReasons: EventBusDialect["nativeReasons"] = {
  badArgument: "INVALID_ARGUMENT",
  badPageToken: "INVALID_ARGUMENT",
  noSuchBus: "NOT_FOUND",
  busTaken: "ALREADY_EXISTS",
  badBusName: "INVALID_ARGUMENT",
  busNameMissing: "INVALID_ARGUMENT",
  defaultBus: "INVALID_ARGUMENT",
  busHasRules: "FAILED_PRECONDITION",
  tooManyBuses: "RESOURCE_EXHAUSTED",
  noSuchRule: "NOT_FOUND",
  badRuleName: "INVALID_ARGUMENT",
  ruleNeedsPattern: "INVALID_ARGUMENT",
  badPattern: "INVALID_ARGUMENT",
  badSchedule: "INVALID_ARGUMENT",
  noSchedules: "UNIMPLEMENTED",
  ruleHasTargets: "FAILED_PRECONDITION",
  tooManyRules: "RESOURCE_EXHAUSTED",
  badTarget: "INVALID_ARGUMENT",
  tooManyTargets: "RESOURCE_EXHAUSTED",
  badEntryCount: "INVALID_ARGUMENT",
  entriesTooLarge: "INVALID_ARGUMENT",
  badDetail: "INVALID_ARGUMENT",
  reservedSource: "PERMISSION_DENIED",
  payloadTooLarge: "INVALID_ARGUMENT",
  nothingAtPath: "INVALID_ARGUMENT",
};

const NAME = { must: /^[a-z][a-z0-9-]{0,62}$/, rule: "1 to 63 of a-z, 0-9 and -, beginning with a letter" };

/** An event as a CloudEvent. */
function envelope({ id, source, detailType, detail, time, resources, replayName }: EventRecord): JsonValue {
  return {
    specversion: "1.0",
    id,
    source,
    type: detailType,
    ...(resources[0] !== undefined && { subject: resources[0] }),
    time: new Date(time).toISOString(),
    datacontenttype: "application/json",
    ...(replayName !== undefined && { [REPLAY_NAME]: replayName }),
    data: detail,
  };
}

/** Google Cloud's Eventarc: channels and their triggers. */
export const eventarc: EventBusDialect = {
  ...SHARED,
  native: "Eventarc",
  field: "eventarc",
  nouns: { bus: "channel", rule: "trigger" },
  nativeReasons,

  busName: NAME,
  defaultBus: "",
  busArn: (bus, account) => gcpName(account, "locations", account.region, "channels", bus),
  busArnForm: /^projects\/[^/]+\/locations\/[^/]+\/channels\/(?<bus>[^/]+)$/,
  maxBuses: 100,
  tag: LETTER_TAG,
  deleteNonEmpty: "cascade",

  ruleName: NAME,
  ruleArn: (_bus, rule, account) => gcpName(account, "locations", account.region, "triggers", rule),
  maxRules: 100,
  needsPattern: true,
  maxPatternChars: 1024,
  maxPatternValueChars: Infinity,
  nativeFilter: eventarcFilter,
  schedules: false,

  targetId: TARGET_ID,
  nativeTargets: 1,

  maxEntries: 100,
  reservedSource: "",
  takesUnknownBus: false,
  accountOf: ({ projectId }) => projectId,
  envelope,
  endpointBody: (event) => ({
    body: JSON.stringify(event),
    contentType: "application/cloudevents+json; charset=utf-8",
  }),

  // Doubling from ten seconds to ten minutes, for a day.
  retry: { steps: [10, 20, 40, 80, 160, 320, 600].map((seconds) => seconds * 1000), then: 600_000 },
  maxRetries: Infinity,
  deadLetterKinds: ["topic", "queue"],
  deadLetterAfterMs: 0,
};
