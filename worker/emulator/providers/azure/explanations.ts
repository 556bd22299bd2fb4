import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { database } from "../../services/database";
import { notes as databaseNotes } from "../../services/database/notes";
import { cosmosDB } from "./cosmos-db";
import { cosmosDBDocumentation } from "./cosmos-db-documentation";
import { notification } from "../../services/notification";
import { notes as notificationNotes } from "../../services/notification/notes";
import { serverless } from "../../services/serverless";
import { notes as serverlessNotes } from "../../services/serverless/notes";
import { messageQueue } from "../../services/messagequeue";
import { notes as messageQueueNotes } from "../../services/messagequeue/notes";
import { eventbus } from "../../services/eventbus";
import { notes as eventbusNotes } from "../../services/eventbus/notes";
import { storage } from "../../services/storage";
import { notes as storageNotes } from "../../services/storage/notes";
import { blobStorage } from "./blob-storage";
import { blobStorageDocumentation } from "./blob-storage-documentation";
import { notificationHubs } from "./notification-hubs";
import { notificationHubsDocumentation } from "./notification-hubs-documentation";
import { functions } from "./functions";
import { functionsDocumentation } from "./functions-documentation";
import { serviceBus } from "./service-bus";
import { serviceBusDocumentation } from "./service-bus-documentation";
import { eventGrid } from "./event-grid";
import { eventGridDocumentation } from "./event-grid-documentation";

/** Every service of this cloud, as readers are told of it. */
export const AZURE_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("azure", offer(database, cosmosDB), databaseNotes, cosmosDBDocumentation),
  explain("azure", offer(storage, blobStorage), storageNotes, blobStorageDocumentation),
  explain("azure", offer(eventbus, eventGrid), eventbusNotes, eventGridDocumentation),
  explain("azure", offer(notification, notificationHubs), notificationNotes, notificationHubsDocumentation),
  explain("azure", offer(serverless, functions), serverlessNotes, functionsDocumentation),
  explain("azure", offer(messageQueue, serviceBus), messageQueueNotes, serviceBusDocumentation),
];
