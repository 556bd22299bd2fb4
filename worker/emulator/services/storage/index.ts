import type { ServiceDefinition } from "../../core/service/service";
import type { StorageDialect } from "./dialect";
import type { StorageDriver } from "./driver";
import { openStorage } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Object storage, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const storage: ServiceDefinition<StorageDriver, StorageDialect> = {
  service: "storage",
  field: "storage",
  operations,
  reasons,
  resources,
  quotas: { buckets: "maxBuckets" },
  receives: ["container"],
  open: openStorage,
};
