import type { ServiceDefinition } from "../../core/service/service";
import type { ServerlessDialect } from "./dialect";
import type { ServerlessDriver } from "./driver";
import { openServerless } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Functions that run on demand and by events, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const serverless: ServiceDefinition<ServerlessDriver, ServerlessDialect> = {
  service: "serverless",
  field: "serverless",
  operations,
  reasons,
  resources,
  receives: ["function"],
  open: openServerless,
};
