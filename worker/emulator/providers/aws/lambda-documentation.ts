import type { DialectDocumentation } from "../../core/service/notes";

const guide = (title: string): string => `AWS Lambda Developer Guide: ${title}`;
const api = (title: string): string => `AWS Lambda API Reference: ${title}`;

/** Where AWS's documentation tells of what the dialect says, and in words what no figure can tell. */
export const lambdaDocumentation: DialectDocumentation = {
  pages: {
    errors: api("Invoke"),
    functions: api("CreateFunction"),
    versions: guide("Manage Lambda function versions"),
    aliases: guide("Create an alias for a Lambda function"),
    layers: guide("Managing Lambda dependencies with layers"),
    limits: guide("Lambda quotas"),
    environment: guide("Working with Lambda environment variables"),
    tags: guide("Using tags on Lambda functions"),
    lists: api("ListFunctions"),
    states: guide("Lambda function states"),
    billing: guide("Understanding Lambda function scaling"),
    concurrency: guide("Understanding Lambda function scaling"),
    asynchronous: guide("Invoking a Lambda function asynchronously"),
    queues: guide("Using Lambda with Amazon SQS"),
    streams: guide("Using AWS Lambda with Amazon DynamoDB"),
  },
  words: {
    functionArn: "the function's ARN",
    qualifiedArn: "<function's ARN>:<version or alias>",
    readArn: "name, name:qualifier, or ARN",
    layerArn: "the layer version's ARN",
    readLayerArn: "the layer version's ARN",
    memorySizes: "any, to the megabyte",
    eventRetryMs: "1 min, then 2 min",
    failedMessageMs: "when the queue's visibility timeout ends",
    queueEvent: "{ Records: [...] }, a record a message",
    recordRetryMs: "none: a failed batch holds up its shard",
  },
};
