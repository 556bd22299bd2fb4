import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { database } from "../../services/database";
import { notes as databaseNotes } from "../../services/database/notes";
import { firestore } from "./firestore";
import { firestoreDocumentation } from "./firestore-documentation";
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
import { gcs } from "./cloud-storage";
import { cloudStorageDocumentation } from "./cloud-storage-documentation";
import { fcm } from "./fcm";
import { fcmDocumentation } from "./fcm-documentation";
import { cloudFunctions } from "./cloud-functions";
import { cloudFunctionsDocumentation } from "./cloud-functions-documentation";
import { pubSub } from "./pub-sub";
import { pubSubDocumentation } from "./pub-sub-documentation";
import { eventarc } from "./eventarc";
import { eventarcDocumentation } from "./eventarc-documentation";

/** Every service of this cloud, as readers are told of it. */
export const GCP_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("gcp", offer(database, firestore), databaseNotes, firestoreDocumentation),
  explain("gcp", offer(storage, gcs), storageNotes, cloudStorageDocumentation),
  explain("gcp", offer(eventbus, eventarc), eventbusNotes, eventarcDocumentation),
  explain("gcp", offer(notification, fcm), notificationNotes, fcmDocumentation),
  explain("gcp", offer(serverless, cloudFunctions), serverlessNotes, cloudFunctionsDocumentation),
  explain("gcp", offer(messageQueue, pubSub), messageQueueNotes, pubSubDocumentation),
];
