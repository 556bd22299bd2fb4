import { offer, openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { openFlow } from "../../flow";
import type { EventBusDriver } from "../../services/eventbus/driver";
import { eventbus } from "../../services/eventbus";
import type { MessageQueueDriver } from "../../services/messagequeue/driver";
import { messageQueue } from "../../services/messagequeue";
import type { NotificationDriver } from "../../services/notification/driver";
import { notification } from "../../services/notification";
import type { ServerlessDriver } from "../../services/serverless/driver";
import { serverless } from "../../services/serverless";
import type { DatabaseDriver } from "../../services/database/driver";
import { database } from "../../services/database";
import type { StorageDriver } from "../../services/storage/driver";
import { storage } from "../../services/storage";
import type { Provider } from "../provider";
import { eventarc } from "./eventarc";
import { firestore } from "./firestore";
import { cloudFunctions } from "./cloud-functions";
import { fcm } from "./fcm";
import { gcs } from "./cloud-storage";
import { pubSub } from "./pub-sub";

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
  services: [
    offer(database, firestore),
    offer(storage, gcs),
    offer(eventbus, eventarc),
    offer(notification, fcm),
    offer(serverless, cloudFunctions),
    offer(messageQueue, pubSub),
  ],
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
