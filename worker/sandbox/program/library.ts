import { HANDOVER, bridgeText, tabcloudText, type LoaderHooks } from "./module-text";

/** How a platform turns text into a module: `blob:` URLs in a browser, temporary files in Node. */
export interface ModuleHost {
  /** An address under which `import` finds this text. */
  mint(text: string): string;
  import(url: string): Promise<Readonly<Record<string, unknown>>>;
}

type Exports = Readonly<Record<string, unknown>>;
type Hooks = Pick<LoaderHooks, "started" | "importer">;

/** Before there is a program no generated module runs but the library's own. */
const NOBODY: Hooks = {
  started: () => undefined,
  importer: () => () => Promise.reject(new Error("no program has been loaded")),
};

/**
 * The module "tabcloud", and the bridge over which generated modules reach their loader. Both are loaded while a worker waits for its program, since each module takes
 * milliseconds to fetch; the run's values, and the loader, are given to them when there is a program.
 */
export class Library {
  private hooks = NOBODY;
  private fill: ((exports: Exports) => void) | undefined;

  private constructor(
    readonly host: ModuleHost,
    readonly bridge: string,
    readonly url: string,
  ) {}

  static async load(host: ModuleHost, names: readonly string[]): Promise<Library> {
    const bridge = host.mint(bridgeText());
    const library = new Library(host, bridge, host.mint(tabcloudText(bridge, names)));
    const hooks: LoaderHooks = {
      started: (id) => library.hooks.started(id),
      importer: (file) => (specifier) => library.hooks.importer(file)(specifier),
      library: (fill) => (library.fill = fill),
    };
    Object.defineProperty(globalThis, HANDOVER, { value: hooks, configurable: true });
    await host.import(library.url);
    return library;
  }

  /** From here on "tabcloud" is the run's. */
  give(exports: Exports, hooks: Hooks): void {
    this.hooks = hooks;
    this.fill?.(exports);
  }
}
