import { offer } from "./core/provider/provider";
import type { Edition } from "./edition";
import { s3 } from "./providers/aws/s3";
import { blobStorage } from "./providers/azure/blob-storage";
import { gcs } from "./providers/gcp/cloud-storage";
import { storage } from "./services/storage";
import { Bucket } from "./services/storage/bucket";

/** What the first example needs, in half the bytes: whoever opens the page for the first time can press Run that much earlier. */
export const EDITION: Edition = {
  services: { aws: [offer(storage, s3)], azure: [offer(storage, blobStorage)], gcp: [offer(storage, gcs)] },
  classes: { Bucket },
};
