import type { DialectDocumentation } from "../../core/service/notes";

const run = (title: string): string => `Cloud Run functions documentation: ${title}`;
const eventarc = (title: string): string => `Eventarc documentation: ${title}`;

/** Where Google's documentation tells of what the dialect says, and in words what no figure can tell. */
export const cloudFunctionsDocumentation: DialectDocumentation = {
  pages: {
    errors: "Google Cloud APIs: Errors",
    functions: run("Deploy a Cloud Run function"),
    versions: "Cloud Run documentation: Manage revisions",
    aliases: "Cloud Run documentation: Rollbacks, gradual rollouts, and traffic migration",
    layers: run("Build process overview"),
    limits: run("Quotas"),
    environment: run("Configure environment variables"),
    tags: run("Using labels"),
    lists: "Cloud Functions API: projects.locations.functions.list",
    states: "Cloud Functions API: projects.locations.functions",
    billing: "Cloud Run functions pricing",
    concurrency: run("Concurrency"),
    asynchronous: run("Enable event-driven function retries"),
    queues: run("Pub/Sub triggers"),
    streams: eventarc("Route Firestore events"),
  },
  words: {
    functionArn: "projects/<project>/locations/<region>/functions/<name>",
    qualifiedArn: "<function's name>/revisions/<version> or <function's name>/aliases/<tag>",
    readArn: "name, name:qualifier, or name in full",
    layerArn: "projects/<project>/locations/<region>/layers/<name>/versions/<version>",
    readLayerArn: "the layer version's name in full",
    memorySizes: "any, to the megabyte",
    eventRetryMs: "10 s, doubling to 10 min",
    failedMessageMs: "after 10 s, doubling to 10 min for each message",
    queueEvent: "a CloudEvent of one message",
    recordRetryMs: "10 s, doubling to 10 min",
  },
};
