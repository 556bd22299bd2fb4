import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { notification } from "../../services/notification";
import { notes as notificationNotes } from "../../services/notification/notes";
import { storage } from "../../services/storage";
import { notes as storageNotes } from "../../services/storage/notes";
import { gcs } from "./cloud-storage";
import { cloudStorageDocumentation } from "./cloud-storage-documentation";
import { fcm } from "./fcm";
import { fcmDocumentation } from "./fcm-documentation";

/** Every service of this cloud, as readers are told of it. */
export const GCP_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("gcp", offer(storage, gcs), storageNotes, cloudStorageDocumentation),
  explain("gcp", offer(notification, fcm), notificationNotes, fcmDocumentation),
];
