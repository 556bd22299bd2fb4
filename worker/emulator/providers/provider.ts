import type { ProviderBase } from "../core/provider/provider";
import type { EventBusDriver } from "../services/eventbus/driver";
import type { MessageQueueDriver } from "../services/messagequeue/driver";
import type { NotificationDriver } from "../services/notification/driver";
import type { ServerlessDriver } from "../services/serverless/driver";
import type { DatabaseDriver } from "../services/database/driver";
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
  /** Tables of items: DynamoDB on AWS, Cosmos DB on Azure, Firestore on GCP. */
  readonly database: DatabaseDriver;
  /** Message queues: SQS on AWS, Service Bus on Azure, Pub/Sub on GCP. */
  readonly messageQueue: MessageQueueDriver;
  /** Publish and subscribe: SNS on AWS, Notification Hubs on Azure, Firebase Cloud Messaging on GCP. */
  readonly notification: NotificationDriver;
  /** Events by content: EventBridge on AWS, Event Grid on Azure, Eventarc on GCP. */
  readonly eventBus: EventBusDriver;
  /** Functions: Lambda on AWS, Functions on Azure, Cloud Functions on GCP. */
  readonly serverless: ServerlessDriver;
}
