/**
 * The emulator as a library: everything a program can import that does not belong to one run.
 * @packageDocumentation
 */
export * from "./library";

export type * from "./services/database/driver";
export type * from "./services/eventbus/driver";
export type * from "./services/messagequeue/driver";
export type * from "./services/notification/driver";
export type * from "./services/serverless/driver";
export type * from "./services/storage/driver";

export { Bucket } from "./services/storage/bucket";
export { Database } from "./services/database/database";
export { EventBus } from "./services/eventbus/event-bus";
export { MessageQueue } from "./services/messagequeue/message-queue";
export { Notification } from "./services/notification/notification";
export { Serverless } from "./services/serverless/serverless";
