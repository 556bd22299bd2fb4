import type { CloudName } from "./core/error-codes";
import { offer, type OfferedService } from "./core/provider/provider";
import { dynamoDB } from "./providers/aws/dynamodb";
import { eventBridge } from "./providers/aws/event-bridge";
import { lambda } from "./providers/aws/lambda";
import { s3 } from "./providers/aws/s3";
import { sns } from "./providers/aws/sns";
import { sqs } from "./providers/aws/sqs";
import { blobStorage } from "./providers/azure/blob-storage";
import { cosmosDB } from "./providers/azure/cosmos-db";
import { eventGrid } from "./providers/azure/event-grid";
import { functions } from "./providers/azure/functions";
import { notificationHubs } from "./providers/azure/notification-hubs";
import { serviceBus } from "./providers/azure/service-bus";
import { cloudFunctions } from "./providers/gcp/cloud-functions";
import { gcs } from "./providers/gcp/cloud-storage";
import { eventarc } from "./providers/gcp/eventarc";
import { fcm } from "./providers/gcp/fcm";
import { firestore } from "./providers/gcp/firestore";
import { pubSub } from "./providers/gcp/pub-sub";
import { database } from "./services/database";
import { Database } from "./services/database/database";
import { eventbus } from "./services/eventbus";
import { EventBus } from "./services/eventbus/event-bus";
import { messageQueue } from "./services/messagequeue";
import { MessageQueue } from "./services/messagequeue/message-queue";
import { notification } from "./services/notification";
import { Notification } from "./services/notification/notification";
import { serverless } from "./services/serverless";
import { Serverless } from "./services/serverless/serverless";
import { storage } from "./services/storage";
import { Bucket } from "./services/storage/bucket";

/** Which services there are on each cloud, and the portable classes that programs import. */
export interface Edition {
  readonly services: Readonly<Record<CloudName, readonly OfferedService[]>>;
  readonly classes: Readonly<Record<string, unknown>>;
}

/** All there is. A bundle may have a smaller one in its place: `edition-first.ts`. */
export const EDITION: Edition = {
  services: {
    aws: [
      offer(storage, s3),
      offer(database, dynamoDB),
      offer(messageQueue, sqs),
      offer(serverless, lambda),
      offer(notification, sns),
      offer(eventbus, eventBridge),
    ],
    azure: [
      offer(storage, blobStorage),
      offer(database, cosmosDB),
      offer(messageQueue, serviceBus),
      offer(serverless, functions),
      offer(notification, notificationHubs),
      offer(eventbus, eventGrid),
    ],
    gcp: [
      offer(storage, gcs),
      offer(database, firestore),
      offer(messageQueue, pubSub),
      offer(serverless, cloudFunctions),
      offer(notification, fcm),
      offer(eventbus, eventarc),
    ],
  },
  classes: { Bucket, Database, EventBus, MessageQueue, Notification, Serverless },
};
