import type { DialectDocumentation } from "../../core/service/notes";

const guide = (title: string): string => `Amazon SQS Developer Guide: ${title}`;
const api = (title: string): string => `Amazon SQS API Reference: ${title}`;

/** Where Amazon's documentation tells of what the dialect says, and in words what no figure can tell. */
export const sqsDocumentation: DialectDocumentation = {
  pages: {
    errors: api("Common Error Types"),
    names: guide("Amazon SQS queue and message identifiers"),
    fifo: guide("Amazon SQS FIFO queues"),
    tags: guide("Amazon SQS cost allocation tags"),
    createQueue: api("CreateQueue"),
    deleteQueue: api("DeleteQueue"),
    purge: api("PurgeQueue"),
    lists: api("ListQueues"),
    limits: guide("Amazon SQS message quotas"),
    delay: guide("Amazon SQS delay queues"),
    hold: guide("Amazon SQS visibility timeout"),
    retention: api("SetQueueAttributes"),
    receive: guide("Amazon SQS short and long polling"),
    batches: guide("Amazon SQS batch actions"),
    inFlight: guide("Amazon SQS message quotas"),
    order: guide("Amazon SQS standard queues"),
    messages: api("SendMessage"),
    attributes: guide("Amazon SQS message metadata"),
    deduplication: guide("Exactly-once processing in Amazon SQS"),
    deadLetters: guide("Using dead-letter queues in Amazon SQS"),
    redrive: guide("Learn how to configure a dead-letter queue redrive in Amazon SQS"),
  },
  words: {
    queueUrl: "https://sqs.<region>.amazonaws.com/<account>/<name>",
    queueArn: "arn:aws:sqs:<region>:<account>:<name>",
    nameIn: "by its URL or its ARN",
    messageId: "a UUID",
    deduplicationAttribute: "none: it means something",
    sequenceNumber: "20 digits that rise",
    hold: "visibility timeout: whoever received a message last may delete it, on a standard queue also late",
    formatHandle: "AQEB and letters that mean nothing",
    parseHandle: "what a receive answered",
    deadLetterSuffix: "no: each queue names another one, or none",
    deadLetterAttributes: "none of the sender's: the source's ARN is told beside them",
  },
};
