import type { DialectDocumentation } from "../../core/service/notes";

const functions = (title: string): string => `Azure Functions documentation: ${title}`;

/** Where Microsoft's documentation tells of what the dialect says, and in words what no figure can tell. */
export const functionsDocumentation: DialectDocumentation = {
  pages: {
    errors: functions("Azure Functions error handling and retry guidance"),
    functions: "Azure Resource Manager: Naming rules and restrictions for Azure resources",
    versions: functions("Azure Functions deployment slots"),
    aliases: functions("Azure Functions deployment slots"),
    layers: functions("Register Azure Functions binding extensions"),
    limits: functions("Azure Functions scale and hosting"),
    environment: functions("App settings reference for Azure Functions"),
    tags: "Azure Resource Manager: Use tags to organize your Azure resources",
    lists: "Azure App Service REST API: Web Apps - List",
    states: "Azure App Service REST API: Web Apps - Get",
    billing: functions("Estimating Consumption-based costs"),
    concurrency: functions("Event-driven scaling in Azure Functions"),
    asynchronous: functions("Azure Event Grid trigger for Azure Functions"),
    queues: functions("Azure Service Bus trigger for Azure Functions"),
    streams: functions("Azure Cosmos DB trigger for Azure Functions"),
  },
  words: {
    functionArn: "the site's Azure resource id",
    qualifiedArn: "<site's resource id>/slots/<version or slot>",
    readArn: "name, name:qualifier, or resource id",
    layerArn: "the extension's Azure resource id",
    readLayerArn: "the extension's Azure resource id",
    eventRetryMs: "1 min, then 2 min, where the function asks for retries",
    failedMessageMs: "at once: they are abandoned",
    queueEvent: "the message's body, or a list of bodies where the batch size is more than 1",
    recordRetryMs: "none: a failed batch is retried as a whole, or skipped",
  },
};
