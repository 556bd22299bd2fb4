import type { ServiceDefinition } from "../../core/service/service";
import type { MessageQueueDialect } from "./dialect";
import type { MessageQueueDriver } from "./driver";
import { openMessageQueue } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Message queues, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const messageQueue: ServiceDefinition<MessageQueueDriver, MessageQueueDialect> = {
  service: "messagequeue",
  field: "messageQueue",
  operations,
  reasons,
  resources,
  receives: ["queue"],
  open: openMessageQueue,
};
