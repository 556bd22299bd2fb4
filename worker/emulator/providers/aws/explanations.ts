import { offer } from "../../core/provider/provider";
import { explain, type ServiceExplanation } from "../../core/service/notes";
import { database } from "../../services/database";
import { notes as databaseNotes } from "../../services/database/notes";
import { dynamoDB } from "./dynamodb";
import { dynamoDBDocumentation } from "./dynamodb-documentation";
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
import { s3 } from "./s3";
import { s3Documentation } from "./s3-documentation";
import { sns } from "./sns";
import { snsDocumentation } from "./sns-documentation";
import { lambda } from "./lambda";
import { lambdaDocumentation } from "./lambda-documentation";
import { sqs } from "./sqs";
import { sqsDocumentation } from "./sqs-documentation";
import { eventBridge } from "./event-bridge";
import { eventBridgeDocumentation } from "./event-bridge-documentation";

/** Every service of this cloud, as readers are told of it. */
export const AWS_EXPLANATIONS: readonly ServiceExplanation[] = [
  explain("aws", offer(database, dynamoDB), databaseNotes, dynamoDBDocumentation),
  explain("aws", offer(storage, s3), storageNotes, s3Documentation),
  explain("aws", offer(eventbus, eventBridge), eventbusNotes, eventBridgeDocumentation),
  explain("aws", offer(notification, sns), notificationNotes, snsDocumentation),
  explain("aws", offer(serverless, lambda), serverlessNotes, lambdaDocumentation),
  explain("aws", offer(messageQueue, sqs), messageQueueNotes, sqsDocumentation),
];
