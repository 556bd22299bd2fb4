import { local, read, write, type OperationTable } from "../../core/service/operations";
import type { MessageQueueDriver } from "./driver";

/** Every operation of the driver: its positional arguments, and whether it may change something. */
export const operations: OperationTable<MessageQueueDriver> = {
  createQueue: write(),
  deleteQueue: write("queueUrl"),
  getQueueInfo: read("queueUrl"),
  listQueues: read(),
  getQueueAttributes: read("queueUrl"),
  setQueueAttributes: write("queueUrl"),
  purgeQueue: write("queueUrl"),
  sendMessage: write("queueUrl"),
  receiveMessages: write("queueUrl"),
  receiveMessagesWithOptions: write("queueUrl"),
  deleteMessage: write("queueUrl", "receiptHandle"),
  changeVisibility: write("queueUrl", "receiptHandle", "timeoutMs"),
  sendMessageBatch: write("queueUrl", "entries"),
  deleteMessageBatch: write("queueUrl", "entries"),
  peekMessages: read("queueUrl"),
  redriveMessages: write("dlqUrl"),
  listDeadLetterSources: read("dlqUrl"),
  deadLetterMessage: write("queueUrl", "receiptHandle"),
  setTrigger: local("queueUrl", "fn"),
  removeTrigger: local("queueUrl"),
};
