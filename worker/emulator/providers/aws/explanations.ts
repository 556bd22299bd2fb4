import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { storage } from "../../services/storage";
import { notes as storageNotes } from "../../services/storage/notes";
import { s3 } from "./s3";
import { s3Documentation } from "./s3-documentation";

/** Every service of this cloud, as readers are told of it. */
export const AWS_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("aws", offer(storage, s3), storageNotes, s3Documentation),
];
