import { offer, openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { openFlow } from "../../flow";
import type { NotificationDriver } from "../../services/notification/driver";
import { notification } from "../../services/notification";
import type { StorageDriver } from "../../services/storage/driver";
import { storage } from "../../services/storage";
import type { Provider } from "../provider";
import { fcm } from "./fcm";
import { gcs } from "./cloud-storage";

/** An account on Google Cloud: every category of {@link Provider}, also under its native name. */
export interface GCP extends Provider {
  readonly name: "gcp";
  /** Google Cloud Storage. */
  readonly gcs: StorageDriver;
  /** Firebase Cloud Messaging. */
  readonly fcm: NotificationDriver;
}

export const GCP_CLOUD: CloudDefinition = {
  name: "gcp",
  defaultRegion: "us-central1",
  accountField: "projectId",
  services: [offer(storage, gcs), offer(notification, fcm)],
};

/**
 * A separate, empty account on Google Cloud.
 *
 * ```ts
 * const gcp = newGCP({ region: "us-central1", latency: 20 });
 * await new Bucket(gcp).createBucket("photos");
 * ```
 * @throws CloudError `InvalidArgument` when an option is unknown or malformed.
 */
export function newGCP(options?: ProviderOptions<Latency>): GCP {
  return openProvider(GCP_CLOUD, options, latencyConcern, openFlow) as GCP;
}
