import type { ProviderBase } from "../core/provider/provider";
import type { NotificationDriver } from "../services/notification/driver";
import type { StorageDriver } from "../services/storage/driver";

/**
 * An account on one of the three clouds, by category: the same program runs on all of them.
 *
 * ```ts
 * import { cloud, Bucket } from "tabcloud";
 * const photos = new Bucket(cloud); // S3, Blob Storage or Cloud Storage
 * ```
 */
export interface Provider extends ProviderBase {
  /** Object storage: S3 on AWS, Blob Storage on Azure, Cloud Storage on GCP. */
  readonly storage: StorageDriver;
  /** Publish and subscribe: SNS on AWS, Notification Hubs on Azure, Firebase Cloud Messaging on GCP. */
  readonly notification: NotificationDriver;
}
