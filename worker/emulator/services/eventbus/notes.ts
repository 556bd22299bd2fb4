import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { EventBusDialect } from "./dialect";
import type { EventBusReason } from "./reasons";

const PATTERNED = ["putRule", "testEventPattern"];

const fields: FieldNotes<EventBusDialect> = {
  busName: { about: "Which names an event bus may have.", topic: "buses", operations: ["createEventBus"] },
  defaultBus: { about: "Which event bus is meant where none is named.", topic: "buses" },
  busArn: { about: "What an event bus is called in full.", topic: "buses" },
  busArnForm: { about: "Which texts are taken as an event bus's name in full.", topic: "buses" },
  maxBuses: {
    about: "How many event buses an account may have, where the provider option `quotas` counts them.",
    topic: "limits",
    operations: ["createEventBus"],
  },
  maxDescriptionChars: { about: "How long a description may be.", topic: "limits" },
  maxTags: { about: "How many tags an event bus may have.", topic: "buses" },
  tag: { about: "What the tags of an event bus may look like.", topic: "buses" },
  deleteNonEmpty: {
    about: "Whether deleting a bus with rules, or a rule with targets, is refused or deletes all of it.",
    topic: "deletes",
    operations: ["deleteEventBus", "deleteRule"],
  },

  ruleName: { about: "Which names a rule may have.", topic: "rules", operations: ["putRule"] },
  ruleArn: { about: "What a rule is called in full.", topic: "rules" },
  maxRules: {
    about: "How many rules an event bus may have, where the provider option `quotas` counts them.",
    topic: "limits",
    operations: ["putRule"],
  },
  needsPattern: {
    about: "Whether a rule must say which events it is about, or when it acts.",
    topic: "rules",
    operations: ["putRule"],
  },
  maxPatternChars: { about: "How long a pattern may be, in characters.", topic: "limits", operations: PATTERNED },
  maxPatternValueChars: {
    about: "How long one text in a pattern may be, in characters.",
    topic: "limits",
    operations: PATTERNED,
  },
  nativeFilter: {
    about: "Which filters of its own the cloud has, beside the patterns that all have.",
    topic: "filters",
    operations: [...PATTERNED, "matchRules", "putEvents"],
  },
  schedules: { about: "Whether rules can act by the clock.", topic: "schedules", operations: ["putRule"] },

  targetId: { about: "Which ids a target may have.", topic: "targets", operations: ["putTargets"] },
  maxTargets: {
    about: "How many targets the emulator lets a rule have.",
    topic: "limits",
    operations: ["putTargets"],
  },
  nativeTargets: {
    about: "How many targets the real cloud lets a rule have.",
    topic: "limits",
    operations: ["putTargets"],
  },
  strictTargets: {
    about: "Whether the emulator lets a rule have no more targets than the real cloud does.",
    topic: "limits",
    operations: ["putTargets"],
  },
  maxInputChars: {
    about: "How long a target's input or template may be, in characters.",
    topic: "limits",
    operations: ["putTargets"],
  },

  maxEntries: { about: "How many events one call may put.", topic: "limits", operations: ["putEvents"] },
  maxCallBytes: {
    about: "How large the events of one call may be together.",
    topic: "limits",
    unit: "bytes",
    operations: ["putEvents"],
  },
  reservedSource: {
    about: "What the source of a program's own event may not begin with.",
    topic: "puts",
    operations: ["putEvents"],
  },
  takesUnknownBus: {
    about: "Whether an event for a bus that does not exist counts as taken, and reaches nothing.",
    topic: "puts",
    operations: ["putEvents"],
  },
  maxHistory: {
    about: "How many events the emulator keeps of each bus.",
    topic: "history",
    operations: ["putEvents", "getEventHistory", "replayEvents"],
  },
  maxPageItems: { about: "How many items a page has, unless fewer are asked for, and at most.", topic: "limits" },
  accountOf: { about: "Which of the account's identifiers an event names.", topic: "envelope" },
  envelope: { about: "What a target gets that asks for nothing else.", topic: "envelope" },
  endpointBody: { about: "What an endpoint gets of an event.", topic: "envelope" },

  retry: { about: "How long the waits before retries of a delivery are.", topic: "retries" },
  maxRetries: { about: "How many retries of a delivery are made at most.", topic: "retries" },
  minEventAgeMs: {
    about: "The shortest age that a target can say at which an event is given up.",
    topic: "retries",
    unit: "ms",
    operations: ["putTargets"],
  },
  maxEventAgeMs: {
    about: "The age at which an event that was not delivered is given up.",
    topic: "retries",
    unit: "ms",
  },
  deadLetterKinds: { about: "What events can be put into that could not be delivered.", topic: "deadLetters" },
  deadLetterAfterMs: {
    about: "How long after the last attempt an event is put into its dead-letter place.",
    topic: "deadLetters",
    unit: "ms",
  },
};

const reasons: Readonly<Record<EventBusReason, readonly (keyof EventBusDialect)[]>> = {
  badArgument: ["maxDescriptionChars", "maxTags", "tag"],
  badPageToken: [],
  noSuchBus: ["takesUnknownBus", "defaultBus"],
  busTaken: ["defaultBus"],
  badBusName: ["busName"],
  busNameMissing: ["defaultBus"],
  defaultBus: ["defaultBus"],
  busHasRules: ["deleteNonEmpty"],
  tooManyBuses: ["maxBuses"],
  noSuchRule: [],
  badRuleName: ["ruleName"],
  ruleNeedsPattern: ["needsPattern", "schedules"],
  badPattern: ["maxPatternChars", "maxPatternValueChars", "nativeFilter"],
  badSchedule: ["schedules", "defaultBus"],
  noSchedules: ["schedules"],
  ruleHasTargets: ["deleteNonEmpty"],
  tooManyRules: ["maxRules"],
  badTarget: ["targetId", "maxInputChars", "maxRetries", "minEventAgeMs", "maxEventAgeMs"],
  tooManyTargets: ["maxTargets", "nativeTargets", "strictTargets"],
  badEntryCount: ["maxEntries"],
  entriesTooLarge: ["maxCallBytes"],
  badDetail: [],
  reservedSource: ["reservedSource"],
  payloadTooLarge: ["maxCallBytes"],
  nothingAtPath: [],
};

/** An identifier or a native name, made by the fields given. */
const form = (...made: (keyof EventBusDialect)[]): ValueNote => ({ fields: made, form: true });
const decided = (...by: (keyof EventBusDialect)[]): ValueNote => ({ fields: by });

const values: ServiceNotes["values"] = {
  arn: form("busArn", "ruleArn"),
  deadLetterArn: form(),
  resources: form("ruleArn"),
  account: form("accountOf"),
  region: form(),
  id: form(),
  eventId: form(),
  eventIds: form(),
  pageToken: form(),
  nextPageToken: form(),
  nativeCode: form("nativeReasons"),
  message: form(),
  // Names are a person's own, also where they are called like something here.
  tags: decided(),
  eventBus: decided("defaultBus"),
  eventPattern: decided("nativeFilter"),
  successCount: decided("takesUnknownBus", "reservedSource"),
  failCount: decided("takesUnknownBus", "reservedSource"),
};

/** Why the same call on an event bus comes out differently on another cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
