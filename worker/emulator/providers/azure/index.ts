import { openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { EDITION } from "../../edition";
import { openFlow } from "../../flow";
import type { EventBusDriver } from "../../services/eventbus/driver";
import type { MessageQueueDriver } from "../../services/messagequeue/driver";
import type { NotificationDriver } from "../../services/notification/driver";
import type { ServerlessDriver } from "../../services/serverless/driver";
import type { DatabaseDriver } from "../../services/database/driver";
import type { StorageDriver } from "../../services/storage/driver";
import type { Provider } from "../provider";

/** An account on Microsoft Azure: every category of {@link Provider}, also under its native name. */
export interface Azure extends Provider {
  readonly name: "azure";
  /** Azure Event Grid. */
  readonly eventGrid: EventBusDriver;
  /** Azure Cosmos DB, API for NoSQL. */
  readonly cosmosDB: DatabaseDriver;
  /** Azure Blob Storage. */
  readonly blobStorage: StorageDriver;
  /** Azure Service Bus. */
  readonly serviceBus: MessageQueueDriver;
  /** Azure Notification Hubs. */
  readonly notificationHubs: NotificationDriver;
  /** Azure Functions. */
  readonly functions: ServerlessDriver;
}

export const AZURE_CLOUD: CloudDefinition = {
  name: "azure",
  defaultRegion: "eastus",
  accountField: "subscriptionId",
  services: EDITION.services.azure,
};

/**
 * A separate, empty account on Microsoft Azure.
 *
 * ```ts
 * const azure = newAzure({ region: "eastus", latency: 20 });
 * await new Bucket(azure).createBucket("photos");
 * ```
 * @throws CloudError `InvalidArgument` when an option is unknown or malformed.
 */
export function newAzure(options?: ProviderOptions<Latency>): Azure {
  return openProvider(AZURE_CLOUD, options, latencyConcern, openFlow) as Azure;
}
