import type { DialectDocumentation } from "../../core/service/notes";

const page = (title: string): string => `Firestore documentation: ${title}`;

/** Where Google's documentation tells of what the dialect says, and in words what no figure can tell. */
export const firestoreDocumentation: DialectDocumentation = {
  pages: {
    errors: page("Error codes"),
    names: page("Quotas and limits"),
    limits: page("Quotas and limits"),
    tags: "Resource Manager: Creating and managing labels",
    tables: page("Data model"),
    values: page("Supported data types"),
    filters: page("Query and filter data"),
    updates: page("Add and update data"),
    deletes: page("Delete documents and fields"),
    conditions: "Firestore RPC reference: Precondition",
    queries: page("Paginate data with query cursors"),
    indexes: page("Manage indexes"),
    batches: page("Transactions and batched writes"),
    transactions: page("Transactions and batched writes"),
    ttl: page("Manage data retention with TTL policies"),
    streams: "Eventarc documentation: Route Firestore events",
    consumption: page("Understand Cloud Firestore billing"),
  },
  words: {
    tableArn: "projects/<project>/databases/(default)/documents/<collection>",
    indexArn: "the collection's path, then /indexes/<index>",
    streamArn: "the collection's path, then /listeners/<moment of enabling>",
    numbers: "doubles, and integers of 64 bits",
    itemSize: "its text as JSON, in UTF-8",
    sortKeyText: "anything",
    etag: "the moment of the write, to the microsecond",
    defaultTtlAttribute: "none: it must be named",
    ttlLifetimes: "no: a moment",
    ttlIdentity: "the service dynamodb.amazonaws.com",
    recordName: "By the id of its event",
    streamEvent: "a CloudEvent of its own, with the document before and after",
    readUnits: "one document read",
    writeUnits: "one document write, or delete",
    indexUnits: "nothing: writes have it in them",
    queryUnits: "a document read for each document answered, at least one",
  },
};
