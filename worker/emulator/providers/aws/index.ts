import { offer, openProvider, type CloudDefinition } from "../../core/provider/provider";
import type { ProviderOptions } from "../../core/provider/options";
import { latencyConcern, type Latency } from "../../features/latency/latency";
import { openFlow } from "../../flow";
import type { EventBusDriver } from "../../services/eventbus/driver";
import { eventbus } from "../../services/eventbus";
import type { MessageQueueDriver } from "../../services/messagequeue/driver";
import { messageQueue } from "../../services/messagequeue";
import type { NotificationDriver } from "../../services/notification/driver";
import { notification } from "../../services/notification";
import type { ServerlessDriver } from "../../services/serverless/driver";
import { serverless } from "../../services/serverless";
import type { DatabaseDriver } from "../../services/database/driver";
import { database } from "../../services/database";
import type { StorageDriver } from "../../services/storage/driver";
import { storage } from "../../services/storage";
import type { Provider } from "../provider";
import { eventBridge } from "./event-bridge";
import { dynamoDB } from "./dynamodb";
import { lambda } from "./lambda";
import { sns } from "./sns";
import { s3 } from "./s3";
import { sqs } from "./sqs";

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
  services: [
    offer(database, dynamoDB),
    offer(storage, s3),
    offer(eventbus, eventBridge),
    offer(notification, sns),
    offer(serverless, lambda),
    offer(messageQueue, sqs),
  ],
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
