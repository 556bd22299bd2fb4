import { openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { EDITION } from "../../edition";
import { openFlow } from "../../flow";
import type { EventBusDriver } from "../../services/eventbus/driver";
import type { MessageQueueDriver } from "../../services/messagequeue/driver";
import type { NotificationDriver } from "../../services/notification/driver";
import type { ServerlessDriver } from "../../services/serverless/driver";
import type { DatabaseDriver } from "../../services/database/driver";
import type { StorageDriver } from "../../services/storage/driver";
import type { Provider } from "../provider";

/** An account on Amazon Web Services: every category of {@link Provider}, also under its native name. */
export interface AWS extends Provider {
  readonly name: "aws";
  /** Amazon EventBridge. */
  readonly eventBridge: EventBusDriver;
  /** Amazon DynamoDB. */
  readonly dynamoDB: DatabaseDriver;
  /** Amazon S3. */
  readonly s3: StorageDriver;
  /** Amazon SQS. */
  readonly sqs: MessageQueueDriver;
  /** Amazon SNS. */
  readonly sns: NotificationDriver;
  /** AWS Lambda. */
  readonly lambda: ServerlessDriver;
}

export const AWS_CLOUD: CloudDefinition = {
  name: "aws",
  defaultRegion: "us-east-1",
  accountField: "accountId",
  services: EDITION.services.aws,
};

/**
 * A separate, empty account on Amazon Web Services.
 *
 * ```ts
 * const aws = newAWS({ region: "us-east-1", latency: 20 });
 * await new Bucket(aws).createBucket("photos");
 * ```
 * @throws CloudError `InvalidArgument` when an option is unknown or malformed.
 */
export function newAWS(options?: ProviderOptions<Latency>): AWS {
  return openProvider(AWS_CLOUD, options, latencyConcern, openFlow) as AWS;
}
