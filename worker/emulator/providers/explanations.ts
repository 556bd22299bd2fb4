import type { ServiceExplanation } from "../core/service/notes";
import { AWS_EXPLANATIONS } from "./aws/explanations";
import { AZURE_EXPLANATIONS } from "./azure/explanations";
import { GCP_EXPLANATIONS } from "./gcp/explanations";

/** Why clouds differ, for whoever compares runs. No run needs it: what programs are given does not grow by it. */
export const explanations = (): readonly ServiceExplanation[] => [
  ...AWS_EXPLANATIONS,
  ...AZURE_EXPLANATIONS,
  ...GCP_EXPLANATIONS,
];
