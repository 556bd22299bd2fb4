import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { notification } from "../../services/notification";
import { notes as notificationNotes } from "../../services/notification/notes";
import { storage } from "../../services/storage";
import { notes as storageNotes } from "../../services/storage/notes";
import { blobStorage } from "./blob-storage";
import { blobStorageDocumentation } from "./blob-storage-documentation";
import { notificationHubs } from "./notification-hubs";
import { notificationHubsDocumentation } from "./notification-hubs-documentation";

/** Every service of this cloud, as readers are told of it. */
export const AZURE_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("azure", offer(storage, blobStorage), storageNotes, blobStorageDocumentation),
  explain("azure", offer(notification, notificationHubs), notificationNotes, notificationHubsDocumentation),
];
