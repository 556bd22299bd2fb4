import type { ServiceDefinition } from "../../core/service/service";
import type { NotificationDialect } from "./dialect";
import type { NotificationDriver } from "./driver";
import { openNotification } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Publish and subscribe, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const notification: ServiceDefinition<NotificationDriver, NotificationDialect> = {
  service: "notification",
  field: "notification",
  operations,
  reasons,
  resources,
  quotas: {
    topics: "maxTopics",
    subscriptions: "maxSubscriptions",
    fifoSubscriptions: "maxFifoSubscriptions",
    filterPolicies: "maxFilterPolicies",
  },
  receives: ["topic", "endpoint", "outbox"],
  open: openNotification,
};
