import type { DialectDocumentation } from "../../core/service/notes";

const page = (title: string): string => `Eventarc documentation: ${title}`;

/** Where Google's documentation tells of what the dialect says, and in words what no figure can tell. */
export const eventarcDocumentation: DialectDocumentation = {
  pages: {
    errors: "Google Cloud API design guide: Errors",
    buses: page("Create a channel for third-party events"),
    limits: page("Quotas and limits"),
    deletes: page("Manage triggers"),
    rules: page("Event providers and destinations"),
    filters: page("Understand path patterns"),
    schedules: page("Event providers and destinations"),
    targets: page("Event providers and destinations"),
    puts: page("Publish events to a channel"),
    history: page("Eventarc overview"),
    envelope: page("Event format"),
    retries: page("Retry events"),
    deadLetters: page("Retry events"),
  },
  words: {
    defaultBus: "none: a channel is always named",
    reservedSource: "anything goes",
    busArn: "projects/<project>/locations/<location>/channels/<channel>",
    busArnForm: "projects/<project>/locations/<location>/channels/<channel>",
    ruleArn: "projects/<project>/locations/<location>/triggers/<trigger>",
    nativeFilter: "eventFilters on attributes of the CloudEvent, with path patterns",
    accountOf: "the project's id",
    envelope: "a CloudEvent 1.0, with type, source and data",
    endpointBody: "the CloudEvent",
  },
};
