import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { notification } from "../../services/notification";
import { notes as notificationNotes } from "../../services/notification/notes";
import { storage } from "../../services/storage";
import { notes as storageNotes } from "../../services/storage/notes";
import { s3 } from "./s3";
import { s3Documentation } from "./s3-documentation";
import { sns } from "./sns";
import { snsDocumentation } from "./sns-documentation";

/** Every service of this cloud, as readers are told of it. */
export const AWS_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("aws", offer(storage, s3), storageNotes, s3Documentation),
  explain("aws", offer(notification, sns), notificationNotes, snsDocumentation),
];
