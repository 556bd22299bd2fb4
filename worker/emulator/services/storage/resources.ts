import type { ResourceKind } from "../../core/service/resources";

const DESCRIPTION: ResourceKind["fields"] = [
  { path: "size", label: "Size", format: "bytes" },
  { path: "contentType", label: "Content type" },
  { path: "etag", label: "ETag" },
  { path: "lastModified", label: "Last modified", format: "moment" },
  { path: "storageClass", label: "Storage class" },
  { path: "versionId", label: "Version" },
  { path: "metadata", label: "Metadata", format: "tags" },
  { path: "tags", label: "Tags", format: "tags" },
];

/** What storage has and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "bucket",
    store: "buckets",
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "region", label: "Region" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "versioning", label: "Versioning" },
      { path: "tags", label: "Tags", format: "tags" },
      { path: "encryption", label: "Encryption", format: "json" },
      { path: "lifecycle", label: "Lifecycle", format: "json" },
      { path: "policy", label: "Policy", format: "json" },
      { path: "cors", label: "CORS", format: "json" },
      { path: "notifications", label: "Notifications", format: "json" },
    ],
    address: { as: "container", paths: ["arn"], byName: true },
    wires: [
      {
        each: "notifications.rules",
        to: { path: "target", shapes: ["queue", "topic", "function", "bus"] },
        via: "id",
        carries: "events",
        filters: ["events", "prefix", "suffix"],
      },
      { to: { path: "notifications.eventBus", shapes: ["bus"], whenTrue: "default" }, carries: "events" },
    ],
  },
  {
    kind: "object",
    store: "objects",
    parent: { kind: "bucket", parts: 1 },
    separator: "/",
    fields: DESCRIPTION,
    content: { path: "data", typePath: "contentType" },
  },
  {
    kind: "version",
    store: "versions",
    parent: { kind: "bucket", parts: 1 },
    namePart: 1,
    separator: "/",
    fields: [
      ...DESCRIPTION,
      { path: "marker", label: "Delete marker" },
      { path: "noncurrentSince", label: "Noncurrent since", format: "moment" },
    ],
    content: { path: "data", typePath: "contentType" },
  },
  {
    kind: "upload",
    store: "uploads",
    parent: { kind: "bucket", parts: 1 },
    namePart: 1,
    fields: [
      { path: "uploadId", label: "Upload" },
      { path: "createdAt", label: "Began", format: "moment" },
      { path: "contentType", label: "Content type" },
      { path: "storageClass", label: "Storage class" },
    ],
  },
  {
    kind: "part",
    store: "parts",
    parent: { kind: "bucket", parts: 1 },
    fields: [
      { path: "partNumber", label: "Number", format: "number" },
      { path: "etag", label: "ETag" },
      { path: "size", label: "Size", format: "bytes" },
    ],
    content: { path: "data" },
  },
];
