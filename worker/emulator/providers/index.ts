import type { CloudDefinition } from "../core/provider/provider";
import { AWS_CLOUD } from "./aws";
import { AZURE_CLOUD } from "./azure";
import { GCP_CLOUD } from "./gcp";

/** Every cloud there is; a further one is a folder here and a line in this list. */
export const CLOUDS: readonly CloudDefinition[] = [AWS_CLOUD, AZURE_CLOUD, GCP_CLOUD];

export { newAWS, type AWS } from "./aws";
export { newAzure, type Azure } from "./azure";
export { newGCP, type GCP } from "./gcp";
export type { Provider } from "./provider";
