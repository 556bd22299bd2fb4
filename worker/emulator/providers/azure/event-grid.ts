import { azureId } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { JsonValue } from "../../core/json";
import { SHARED, TARGET_ID } from "../../services/eventbus/common";
import type { EventBusDialect } from "../../services/eventbus/dialect";
import { REPLAY_NAME, type EventRecord } from "../../services/eventbus/event-record";
import { eventGridFilter } from "./event-grid-filters";

const NAMESPACE = "Microsoft.EventGrid";

const nativeReasons: EventBusDialect["nativeReasons"] = {
  badArgument: "InvalidRequest",
  badPageToken: "InvalidRequest",
  noSuchBus: "ResourceNotFound",
  busTaken: "ResourceConflict",
  badBusName: "InvalidRequest",
  busNameMissing: "InvalidRequest",
  defaultBus: "InvalidRequest",
  busHasRules: "ResourceConflict",
  tooManyBuses: "QuotaExceeded",
  noSuchRule: "ResourceNotFound",
  badRuleName: "InvalidRequest",
  ruleNeedsPattern: "InvalidRequest",
  badPattern: "InvalidRequest",
  badSchedule: "InvalidRequest",
  noSchedules: "NotImplemented",
  ruleHasTargets: "ResourceConflict",
  tooManyRules: "QuotaExceeded",
  badTarget: "InvalidRequest",
  tooManyTargets: "QuotaExceeded",
  badEntryCount: "InvalidRequest",
  entriesTooLarge: { native: "PayloadTooLarge", httpStatus: 413 },
  badDetail: "InvalidRequest",
  reservedSource: "InvalidRequest",
  payloadTooLarge: { native: "PayloadTooLarge", httpStatus: 413 },
  nothingAtPath: "InvalidRequest",
};

/** An event in Event Grid's own schema. */
function envelope(
  { id, source, detailType, detail, time, resources, replayName }: EventRecord,
  topic: string,
): JsonValue {
  return {
    id,
    topic,
    subject: resources[0] ?? source,
    eventType: detailType,
    eventTime: new Date(time).toISOString(),
    data: detail,
    dataVersion: "1.0",
    metadataVersion: "1",
    ...(replayName !== undefined && { [REPLAY_NAME]: replayName }),
  };
}

/** Azure Event Grid: custom topics and their event subscriptions. */
export const eventGrid: EventBusDialect = {
  ...SHARED,
  native: "Event Grid",
  field: "eventGrid",
  nouns: { bus: "topic", rule: "event subscription" },
  nativeReasons,

  busName: { must: /^[A-Za-z0-9-]{3,50}$/, rule: "3 to 50 of letters, digits and -" },
  defaultBus: "",
  busArn: (bus, account) => azureId(account, NAMESPACE, "topics", bus),
  busArnForm:
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.EventGrid\/topics\/(?<bus>[^/]+)$/i,
  maxBuses: 100,
  tag: LETTER_TAG,
  deleteNonEmpty: "cascade",

  ruleName: { must: /^[A-Za-z0-9-]{3,64}$/, rule: "3 to 64 of letters, digits and -" },
  ruleArn: (bus, rule, account) => azureId(account, NAMESPACE, "topics", bus, "eventSubscriptions", rule),
  maxRules: 500,
  needsPattern: false,
  maxPatternChars: Infinity,
  maxPatternValueChars: 512,
  nativeFilter: eventGridFilter,
  schedules: false,

  targetId: TARGET_ID,
  nativeTargets: 1,

  maxEntries: 5000,
  reservedSource: "",
  takesUnknownBus: false,
  accountOf: ({ subscriptionId }) => subscriptionId,
  envelope,
  // An endpoint gets a list, be it of one.
  endpointBody: (event) => ({ body: JSON.stringify([event]), contentType: "application/json; charset=utf-8" }),

  retry: {
    steps: [
      ...[10 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS],
      ...[HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS],
    ],
    then: DAY_MS / 2,
  },
  maxRetries: 29,
  deadLetterKinds: ["container", "queue", "topic"],
  deadLetterAfterMs: 5 * MINUTE_MS,
};
