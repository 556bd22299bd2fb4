import type { ServiceDefinition } from "../../core/service/service";
import type { EventBusDialect } from "./dialect";
import type { EventBusDriver } from "./driver";
import { openEventBus } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Events by content, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const eventbus: ServiceDefinition<EventBusDriver, EventBusDialect> = {
  service: "eventbus",
  field: "eventBus",
  operations,
  reasons,
  resources,
  quotas: { buses: "maxBuses", rules: "maxRules" },
  receives: ["bus"],
  open: openEventBus,
};
