import type { CloudName } from "../core/error-codes";
import { explain, type DialectDocumentation, type ServiceExplanation, type ServiceNotes } from "../core/service/notes";
import { EDITION } from "../edition";
import { notes as storage } from "../services/storage/notes";
import { notes as database } from "../services/database/notes";
import { notes as messageQueue } from "../services/messagequeue/notes";
import { notes as serverless } from "../services/serverless/notes";
import { notes as notification } from "../services/notification/notes";
import { notes as eventbus } from "../services/eventbus/notes";
import { s3Documentation } from "./aws/s3-documentation";
import { dynamoDBDocumentation } from "./aws/dynamodb-documentation";
import { sqsDocumentation } from "./aws/sqs-documentation";
import { lambdaDocumentation } from "./aws/lambda-documentation";
import { snsDocumentation } from "./aws/sns-documentation";
import { eventBridgeDocumentation } from "./aws/event-bridge-documentation";
import { blobStorageDocumentation } from "./azure/blob-storage-documentation";
import { cosmosDBDocumentation } from "./azure/cosmos-db-documentation";
import { serviceBusDocumentation } from "./azure/service-bus-documentation";
import { functionsDocumentation } from "./azure/functions-documentation";
import { notificationHubsDocumentation } from "./azure/notification-hubs-documentation";
import { eventGridDocumentation } from "./azure/event-grid-documentation";
import { cloudStorageDocumentation } from "./gcp/cloud-storage-documentation";
import { firestoreDocumentation } from "./gcp/firestore-documentation";
import { pubSubDocumentation } from "./gcp/pub-sub-documentation";
import { cloudFunctionsDocumentation } from "./gcp/cloud-functions-documentation";
import { fcmDocumentation } from "./gcp/fcm-documentation";
import { eventarcDocumentation } from "./gcp/eventarc-documentation";

/** What is said of a category, and where each cloud's documentation tells of it. */
type Explained = Readonly<Record<CloudName, DialectDocumentation> & { notes: ServiceNotes }>;

const EXPLAINED: ReadonlyMap<string, Explained> = new Map(
  Object.entries({
    storage: { notes: storage, aws: s3Documentation, azure: blobStorageDocumentation, gcp: cloudStorageDocumentation },
    database: {
      notes: database,
      aws: dynamoDBDocumentation,
      azure: cosmosDBDocumentation,
      gcp: firestoreDocumentation,
    },
    messagequeue: {
      notes: messageQueue,
      aws: sqsDocumentation,
      azure: serviceBusDocumentation,
      gcp: pubSubDocumentation,
    },
    serverless: {
      notes: serverless,
      aws: lambdaDocumentation,
      azure: functionsDocumentation,
      gcp: cloudFunctionsDocumentation,
    },
    notification: {
      notes: notification,
      aws: snsDocumentation,
      azure: notificationHubsDocumentation,
      gcp: fcmDocumentation,
    },
    eventbus: {
      notes: eventbus,
      aws: eventBridgeDocumentation,
      azure: eventGridDocumentation,
      gcp: eventarcDocumentation,
    },
  }),
);

/** Why clouds differ, for whoever compares runs. No run needs it: what programs are given does not grow by it. */
export const explanations = (): readonly ServiceExplanation[] =>
  (["aws", "azure", "gcp"] as const).flatMap((cloud) =>
    EDITION.services[cloud].map((offered) => {
      const explained = EXPLAINED.get(offered.definition.service);
      if (explained === undefined) throw new TypeError(`Nothing is written about ${offered.definition.service}.`);
      return explain(cloud, offered, explained.notes, explained[cloud]);
    }),
  );
