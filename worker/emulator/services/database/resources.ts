import type { ResourceKind } from "../../core/service/resources";

/** What a database has and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "table",
    store: "tables",
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "status", label: "Status" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "partitionKey.name", label: "Partition key" },
      { path: "sortKey.name", label: "Sort key" },
      { path: "indexes", label: "Indexes", format: "json" },
      { path: "billing", label: "Billing", format: "json" },
      { path: "ttl", label: "Expiry", format: "json" },
      { path: "stream", label: "Stream", format: "json" },
      { path: "deletionProtection", label: "Deletion protection" },
      { path: "tags", label: "Tags", format: "tags" },
    ],
    address: { as: "table", paths: ["arn"], byName: true },
    viewer: { as: "items", of: "item", columns: ["item"], keys: ["partitionKey.name", "sortKey.name"] },
  },
  {
    kind: "item",
    store: "items",
    parent: { kind: "table", parts: 1 },
    fields: [
      { path: "item", label: "Attributes", format: "json" },
      { path: "size", label: "Size", format: "bytes" },
    ],
  },
  {
    kind: "stream",
    store: "streams",
    parent: { kind: "table", parts: 1 },
    fields: [
      { path: "arn", label: "Name in full" },
      { path: "status", label: "Status" },
      { path: "viewType", label: "View" },
      { path: "disabledAt", label: "Switched off", format: "moment" },
    ],
    address: { paths: ["arn"] },
  },
  {
    kind: "record",
    store: "records",
    parent: { kind: "stream", parts: 2 },
    title: "type",
    fields: [
      { path: "type", label: "Change" },
      { path: "at", label: "Made", format: "moment" },
      { path: "keys", label: "Key", format: "json" },
      { path: "newItem.item", label: "New image", format: "json" },
      { path: "oldItem.item", label: "Old image", format: "json" },
      { path: "size", label: "Size", format: "bytes" },
    ],
  },
];
