import type { ResourceKind } from "../../core/service/resources";

/** What an event bus has and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "bus",
    store: "buses",
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "description", label: "Description" },
      { path: "tags", label: "Tags", format: "tags" },
    ],
    address: { as: "bus", paths: ["arn"], byName: true },
  },
  {
    kind: "rule",
    store: "rules",
    parent: { kind: "bus", parts: 1 },
    fields: [
      { path: "state", label: "State" },
      { path: "eventPattern", label: "Pattern", format: "json" },
      { path: "schedule.expression", label: "Schedule" },
      { path: "targets", label: "Targets", format: "json" },
      { path: "description", label: "Description" },
      { path: "arn", label: "Name in full" },
      { path: "createdAt", label: "Created", format: "moment" },
    ],
    address: { as: "rule", paths: ["arn"] },
    wires: [
      { from: "parent", carries: "events", filters: ["eventPattern"], on: { path: "state", is: "ENABLED" } },
      {
        each: "targets",
        to: { path: "arn", outside: "arn" },
        carries: "events",
        on: { path: "state", is: "ENABLED" },
      },
      { each: "targets", to: { path: "deadLetterArn" }, carries: "deadLetters" },
    ],
  },
  {
    kind: "event",
    store: "events",
    parent: { kind: "bus", parts: 1 },
    title: "detailType",
    fields: [
      { path: "source", label: "Source" },
      { path: "detailType", label: "Detail type" },
      { path: "time", label: "Time", format: "moment" },
      { path: "takenAt", label: "Taken", format: "moment" },
      { path: "resources", label: "Resources", format: "json" },
      { path: "detail", label: "Detail", format: "json" },
      { path: "replayName", label: "Replay" },
    ],
    content: { path: "detail" },
  },
];
