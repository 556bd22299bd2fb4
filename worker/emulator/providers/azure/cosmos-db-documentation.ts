import type { DialectDocumentation } from "../../core/service/notes";

const page = (title: string): string => `Azure Cosmos DB for NoSQL: ${title}`;

/** Where Microsoft's documentation tells of what the dialect says, and in words what no figure can tell. */
export const cosmosDBDocumentation: DialectDocumentation = {
  pages: {
    errors: page("HTTP status codes for Azure Cosmos DB"),
    names: page("Azure Cosmos DB service quotas"),
    limits: page("Azure Cosmos DB service quotas"),
    tags: "Azure Resource Manager: Use tags to organize your Azure resources",
    tables: page("Databases, containers, and items in Azure Cosmos DB"),
    values: page("Databases, containers, and items in Azure Cosmos DB"),
    filters: page("Equality and comparison operators"),
    updates: page("Partial document update in Azure Cosmos DB"),
    deletes: "Azure Cosmos DB REST API: Delete a document",
    conditions: page("Transactions and optimistic concurrency control in Azure Cosmos DB"),
    queries: page("Pagination in Azure Cosmos DB"),
    indexes: page("Indexing policies in Azure Cosmos DB"),
    batches: page("Bulk execution in Azure Cosmos DB"),
    transactions: page("Transactional batch operations in Azure Cosmos DB"),
    ttl: page("Time to live (TTL) in Azure Cosmos DB"),
    streams: page("Change feed in Azure Cosmos DB"),
    consumption: page("Request units in Azure Cosmos DB"),
  },
  words: {
    tableArn: "the container's resource id, below databaseAccounts/mock-cosmos/sqlDatabases/mockdb",
    indexArn: "the container's id, then /compositeIndexes/<index>",
    streamArn: "the container's id, then /changeFeeds/<moment of enabling>",
    numbers: "doubles",
    itemSize: "its text as JSON, in UTF-8",
    etag: "the moment of the write, in hex digits",
    defaultTtlAttribute: "ttl",
    ttlLifetimes: "yes, for attribute ttl: seconds since the last write, -1 for never",
    ttlIdentity: "the service dynamodb.amazonaws.com",
    recordName: "By its lsn",
    streamEvent: "an array of items with _ts, _etag and _lsn, or of changes with current and previous",
    readUnits: "request units by the item's size: 1 for 1 KB, 145.9 for 1 MB; twice when consistent",
    writeUnits: "request units by the item's size: 4.95 for 1 KB, 625 for 1 MB",
    indexUnits: "nothing: writes have it in them",
    queryUnits: "2.5 request units, and 1 for each KB looked at",
  },
};
