import type { DialectDocumentation } from "../../core/service/notes";

const guide = (title: string): string => `Amazon EventBridge User Guide: ${title}`;
const api = (title: string): string => `Amazon EventBridge API Reference: ${title}`;

/** Where Amazon's documentation tells of what the dialect says, and in words what no figure can tell. */
export const eventBridgeDocumentation: DialectDocumentation = {
  pages: {
    errors: api("Common Errors"),
    buses: guide("Event buses in Amazon EventBridge"),
    limits: guide("Amazon EventBridge quotas"),
    deletes: api("DeleteRule"),
    rules: guide("Rules in Amazon EventBridge"),
    filters: guide("Creating Amazon EventBridge event patterns"),
    schedules: guide("Creating a scheduled rule (legacy) in Amazon EventBridge"),
    targets: guide("Event bus targets in Amazon EventBridge"),
    puts: api("PutEvents"),
    history: guide("Archiving and replaying events in Amazon EventBridge"),
    envelope: guide("Events in Amazon EventBridge"),
    retries: guide("How EventBridge retries delivering events"),
    deadLetters: guide("Using dead-letter queues to process undelivered events in EventBridge"),
  },
  words: {
    busArn: "arn:aws:events:<region>:<account>:event-bus/<bus>",
    busArnForm: "arn:aws:events:<region>:<account>:event-bus/<bus>",
    ruleArn: "arn:aws:events:<region>:<account>:rule/<bus>/<rule>, on the default bus without <bus>",
    nativeFilter: "none: the patterns are its own",
    accountOf: "the account's 12 digits",
    envelope: "the event as EventBridge writes it, with detail-type, source and detail",
    endpointBody: "the event",
  },
};
