import type { ServiceDefinition } from "../../core/service/service";
import type { DatabaseDialect } from "./dialect";
import type { DatabaseDriver } from "./driver";
import { openDatabase } from "./engine";
import { operations } from "./operations";
import { reasons } from "./reasons";
import { resources } from "./resources";

/** Tables of items, cloud-neutral; `providers/<cloud>/` holds what differs. */
export const database: ServiceDefinition<DatabaseDriver, DatabaseDialect> = {
  service: "database",
  field: "database",
  operations,
  reasons,
  resources,
  quotas: { tables: "maxTables" },
  open: openDatabase,
};
