import { offer, openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { openFlow } from "../../flow";
import type { NotificationDriver } from "../../services/notification/driver";
import { notification } from "../../services/notification";
import type { StorageDriver } from "../../services/storage/driver";
import { storage } from "../../services/storage";
import type { Provider } from "../provider";
import { notificationHubs } from "./notification-hubs";
import { blobStorage } from "./blob-storage";

/** An account on Microsoft Azure: every category of {@link Provider}, also under its native name. */
export interface Azure extends Provider {
  readonly name: "azure";
  /** Azure Blob Storage. */
  readonly blobStorage: StorageDriver;
  /** Azure Notification Hubs. */
  readonly notificationHubs: NotificationDriver;
}

export const AZURE_CLOUD: CloudDefinition = {
  name: "azure",
  defaultRegion: "eastus",
  accountField: "subscriptionId",
  services: [offer(storage, blobStorage), offer(notification, notificationHubs)],
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
