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

/** An account on Google Cloud: every category of {@link Provider}, also under its native name. */
export interface GCP extends Provider {
  readonly name: "gcp";
  /** Eventarc. */
  readonly eventarc: EventBusDriver;
  /** Firestore in native mode. */
  readonly firestore: DatabaseDriver;
  /** Google Cloud Storage. */
  readonly gcs: StorageDriver;
  /** Google Cloud Pub/Sub. */
  readonly pubSub: MessageQueueDriver;
  /** Firebase Cloud Messaging. */
  readonly fcm: NotificationDriver;
  /** Google Cloud Functions. */
  readonly cloudFunctions: ServerlessDriver;
}

export const GCP_CLOUD: CloudDefinition = {
  name: "gcp",
  defaultRegion: "us-central1",
  accountField: "projectId",
  services: EDITION.services.gcp,
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
