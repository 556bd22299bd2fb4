import type { DialectDocumentation } from "../../core/service/notes";

const guide = (title: string): string => `Amazon DynamoDB Developer Guide: ${title}`;
const api = (title: string): string => `Amazon DynamoDB API Reference: ${title}`;

/** Where Amazon's documentation tells of what the dialect says, and in words what no figure can tell. */
export const dynamoDBDocumentation: DialectDocumentation = {
  pages: {
    errors: guide("Error handling with DynamoDB"),
    names: guide("Supported data types and naming rules in Amazon DynamoDB"),
    limits: guide("Quotas in Amazon DynamoDB"),
    tags: guide("Adding tags and labels to resources in DynamoDB"),
    tables: guide("Working with tables and data in DynamoDB"),
    values: guide("Supported data types and naming rules in Amazon DynamoDB"),
    filters: guide("Condition and filter expressions, operators, and functions in DynamoDB"),
    updates: guide("Using update expressions in DynamoDB"),
    deletes: api("DeleteItem"),
    conditions: guide("DynamoDB condition expression CLI example"),
    queries: guide("Querying tables in DynamoDB"),
    indexes: guide("Improving data access with secondary indexes in DynamoDB"),
    batches: api("BatchWriteItem"),
    transactions: guide("Amazon DynamoDB Transactions: How it works"),
    ttl: guide("Using time to live (TTL) in DynamoDB"),
    streams: guide("Change data capture for DynamoDB Streams"),
    consumption: guide("DynamoDB read and write operations"),
  },
  words: {
    tableArn: "arn:aws:dynamodb:<region>:<account>:table/<table>",
    indexArn: "the table's ARN, then /index/<index>",
    streamArn: "the table's ARN, then /stream/<moment of enabling>",
    numbers: "decimals of up to 38 digits, reckoned with exactly",
    itemSize: "names and values of its attributes",
    sortKeyText: "anything",
    etag: "there is none",
    defaultTtlAttribute: "none: it must be named",
    ttlLifetimes: "no: seconds since 1970",
    ttlIdentity: "the service dynamodb.amazonaws.com",
    recordName: "By its SequenceNumber",
    streamEvent: "Records, each with its images in DynamoDB's JSON",
    readUnits: "a unit for each 4 KB begun, half of it when it need not be consistent, twice in a transaction",
    writeUnits: "a unit for each KB begun of the larger of the items before and after, twice in a transaction",
    indexUnits: "a unit for each KB begun of what the index holds",
    queryUnits: "a unit for each 4 KB begun of all that was looked at, half of it when it need not be consistent",
  },
};
