import { local, read, write, type OperationTable } from "../../core/service/operations";
import type { NotificationDriver } from "./driver";

/** Every operation of the driver: its positional arguments, and whether it may change something. */
export const operations: OperationTable<NotificationDriver> = {
  createTopic: write(),
  deleteTopic: write("topicId"),
  getTopic: read("topicId"),
  listTopics: read(),
  updateTopic: write("topicId"),
  subscribe: write(),
  unsubscribe: write("subscriptionId"),
  getSubscription: read("subscriptionId"),
  listSubscriptions: read("topicId"),
  setSubscriptionAttributes: write("subscriptionId"),
  confirmSubscription: write("topicId", "token"),
  publish: write(),
  publishBatch: write("topicId", "entries"),
  listPublished: read("topicId"),
  outbox: read(),
  clearOutbox: write(),
  registerEndpoint: local("url"),
  removeEndpoint: local("url"),
};
