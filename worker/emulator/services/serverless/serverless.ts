import { pages } from "../../core/paging";
import type { ListOpts } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type {
  Alias,
  FunctionInfo,
  FunctionVersion,
  LayerVersion,
  ListMappingsOptions,
  MappingInfo,
  ServerlessDriver,
} from "./driver";
import { serverless } from "./index";

/**
 * Functions, the same on every cloud: each operation of {@link ServerlessDriver} with error injection, rate limit, latency, metrics and recording around it, and an
 * iterator for each list.
 *
 * ```ts
 * import { cloud, Serverless } from "tabcloud";
 *
 * const fn = new Serverless(cloud);
 * await fn.deploy({ name: "greet", code: (event) => ({ hello: event.name }) });
 * console.log((await fn.invoke("greet", { name: "Ann" })).value); // { hello: "Ann" }
 * ```
 */
export class Serverless extends portableClass<ServerlessDriver, PortableOptions>(serverless, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its functions (`aws.lambda`, `cloud.serverless`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no functions.
   */
  constructor(target: ServerlessDriver | { readonly serverless: ServerlessDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every function, page by page; each page is a call of {@link ServerlessDriver.listFunctions}. */
  functions(options: ListOpts = {}): AsyncGenerator<FunctionInfo, void, undefined> {
    return pages((pageToken) => this.listFunctions(withToken(options, pageToken)), options.pageToken);
  }

  /** Every version of a function, page by page; each page is a call of {@link ServerlessDriver.listVersions}. */
  versions(functionName: string, options: ListOpts = {}): AsyncGenerator<FunctionVersion, void, undefined> {
    return pages((pageToken) => this.listVersions(functionName, withToken(options, pageToken)), options.pageToken);
  }

  /** Every alias of a function, page by page; each page is a call of {@link ServerlessDriver.listAliases}. */
  aliases(functionName: string, options: ListOpts = {}): AsyncGenerator<Alias, void, undefined> {
    return pages((pageToken) => this.listAliases(functionName, withToken(options, pageToken)), options.pageToken);
  }

  /** The newest version of every layer, page by page; each page is a call of {@link ServerlessDriver.listLayers}. */
  layers(options: ListOpts = {}): AsyncGenerator<LayerVersion, void, undefined> {
    return pages((pageToken) => this.listLayers(withToken(options, pageToken)), options.pageToken);
  }

  /** Every version of a layer, page by page; each page is a call of {@link ServerlessDriver.listLayerVersions}. */
  layerVersions(name: string, options: ListOpts = {}): AsyncGenerator<LayerVersion, void, undefined> {
    return pages((pageToken) => this.listLayerVersions(name, withToken(options, pageToken)), options.pageToken);
  }

  /** Every event source mapping, page by page; each page is a call of {@link ServerlessDriver.listEventSourceMappings}. */
  eventSourceMappings(options: ListMappingsOptions = {}): AsyncGenerator<MappingInfo, void, undefined> {
    return pages((pageToken) => this.listEventSourceMappings(withToken(options, pageToken)), options.pageToken);
  }
}

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
