import type { DialectDocumentation } from "../../core/service/notes";

const hubs = (title: string): string => `Azure Notification Hubs documentation: ${title}`;
const rest = (title: string): string => `Notification Hubs REST API: ${title}`;

/** Where Microsoft's documentation tells of what the dialect says, and in words what no figure can tell. */
export const notificationHubsDocumentation: DialectDocumentation = {
  pages: {
    errors: rest("Notification Hubs REST API"),
    topics: rest("Create or update a notification hub"),
    createTopic: rest("Create or update a notification hub"),
    deleteTopic: rest("Delete a notification hub"),
    fifo: "Azure Service Bus documentation: Message sessions",
    quotas: "Azure subscription and service limits, quotas, and constraints: Notification Hubs limits",
    tags: "Azure Resource Manager documentation: Use tags to organize your Azure resources",
    subscriptions: hubs("Registration management"),
    filters: hubs("Routing and tag expressions"),
    confirmation: hubs("Registration management"),
    messages: rest("Send a template notification"),
    attributes: hubs("Routing and tag expressions"),
    raw: rest("Send a template notification"),
    batches: rest("Direct batch send"),
    retries: "Azure Event Grid documentation: Message delivery and retry",
  },
  words: {
    topicId: "/subscriptions/<guid>/resourceGroups/<group>/.../notificationHubs/<hub>",
    subscriptionId: "the hub's id, /subscriptions/ and a UUID",
    canonicalId: "without regard to case",
    attributePolicy: "5 names, 150 combinations, 256 KB, values in lists and not nested",
    bodyPolicy: "5 outermost names, 150 combinations, 256 KB",
    envelope:
      "none for queues, attributes become properties; functions and URLs get { message, properties, subject, messageId }",
    retries: "from 10 s to 12 h apart, at most 30 attempts within 24 h",
  },
};
