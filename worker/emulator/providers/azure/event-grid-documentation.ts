import type { DialectDocumentation } from "../../core/service/notes";

const page = (title: string): string => `Azure Event Grid documentation: ${title}`;

/** Where Microsoft's documentation tells of what the dialect says, and in words what no figure can tell. */
export const eventGridDocumentation: DialectDocumentation = {
  pages: {
    errors: page("Troubleshoot Azure Event Grid errors"),
    buses: page("Custom topics in Azure Event Grid"),
    limits: page("Azure Event Grid quotas and limits"),
    deletes: page("Concepts in Azure Event Grid"),
    rules: page("Create, view, and manage event subscriptions in Azure Event Grid"),
    filters: page("Understand event filtering for Event Grid subscriptions"),
    schedules: page("Concepts in Azure Event Grid"),
    targets: page("Event handlers in Azure Event Grid"),
    puts: page("Publish events to Azure Event Grid custom topics using access keys"),
    history: page("Concepts in Azure Event Grid"),
    envelope: page("Azure Event Grid event schema"),
    retries: page("Event Grid message delivery and retry"),
    deadLetters: page("Event Grid message delivery and retry"),
  },
  words: {
    defaultBus: "none: a topic is always named",
    reservedSource: "anything goes",
    busArn: "/subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.EventGrid/topics/<topic>",
    busArnForm: "a topic's resource id, in any case of letters",
    ruleArn: "<topic>/eventSubscriptions/<event subscription>",
    nativeFilter: "includedEventTypes, subjectBeginsWith, subjectEndsWith and up to 25 advancedFilters",
    accountOf: "the subscription's id",
    envelope: "an event in the Event Grid schema, with eventType, subject and data",
    endpointBody: "a list of one event",
  },
};
