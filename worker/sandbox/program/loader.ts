import type { CompiledProgram } from "../../protocol";
import { TABCLOUD, findModule } from "../../specifiers";
import {
  HANDOVER,
  bridgeText,
  loadText,
  moduleText,
  prefixOf,
  sourceUrlOf,
  startText,
  tabcloudText,
  type LoaderHooks,
} from "./module-text";
import type { RealWork } from "./real-work";
import type { SourceFile } from "./stack";

/** How a platform turns text into a module: `blob:` URLs in a browser, temporary files in Node. */
export interface ModuleHost {
  /** An address under which `import` finds this text. */
  mint(text: string): string;
  import(url: string): Promise<Readonly<Record<string, unknown>>>;
}

/** Loads a program's modules, and "tabcloud", on demand. Virtual time stands still while a module is fetched, and goes on when it runs. */
export class Loader {
  private readonly urls = new Map<string, string>();
  private readonly files = new Map<string, SourceFile>();
  private readonly loads = new Map<string, Promise<unknown>>();
  private readonly starts: (() => void)[] = [];
  private readonly bridge: string;

  constructor(
    private readonly program: CompiledProgram,
    private readonly exports: Readonly<Record<string, unknown>>,
    private readonly host: ModuleHost,
    private readonly work: RealWork,
  ) {
    this.bridge = host.mint(bridgeText());
    this.urls.set(TABCLOUD, host.mint(tabcloudText(this.bridge, Object.keys(exports))));
    for (const module of program.modules) {
      const url = host.mint(moduleText(module, this.bridge, (name) => this.urlOf(name)));
      const file = { name: module.name, firstLineOffset: prefixOf(module, this.bridge).length };
      this.urls.set(module.name, url);
      this.files.set(url, file).set(sourceUrlOf(module.name), file);
    }
  }

  /** Runs the program's entry and everything it imports. */
  run(): Promise<unknown> {
    const hooks: LoaderHooks = {
      started: (id) => this.starts[id]?.(),
      importer: (file) => (specifier) => this.importFrom(file, specifier),
      exports: this.exports,
    };
    Object.defineProperty(globalThis, HANDOVER, { value: hooks, configurable: true });
    return this.load(this.program.entry);
  }

  /** The program's file behind an address in a stack. */
  fileAt(url: string): SourceFile | undefined {
    return this.files.get(url);
  }

  private urlOf(name: string): string {
    const url = this.urls.get(name);
    if (url === undefined) throw new Error(`${name} is imported before it is there`);
    return url;
  }

  private async importFrom(file: string, specifier: unknown): Promise<unknown> {
    const found = findModule(file, String(specifier), (name) => this.urls.has(name));
    if ("why" in found) throw new TypeError(found.why);
    return this.load(found.module);
  }

  private load(name: string): Promise<unknown> {
    const known = this.loads.get(name);
    if (known) return known;
    const load = this.work.do(async (letGo) => {
      const start = this.host.mint(startText(this.bridge, this.starts.push(letGo) - 1));
      const { module } = await this.host.import(this.host.mint(loadText(start, this.urlOf(name))));
      return module;
    });
    const named = load.catch((error: unknown) => {
      throw nameMissingExport(error);
    });
    this.loads.set(name, named);
    return named;
  }
}

/** Chromium and Node, Firefox, WebKit. */
const MISSING_EXPORT = [
  /does not provide an export named '?([^']+?)'?$/,
  /doesn't provide an export named: '([^']+)'/,
  /Importing binding name '([^']+)' is not found/,
];

/** Names of the program's own files are checked when it is compiled, so a name that is missing now is missing in "tabcloud". */
function nameMissingExport(error: unknown): unknown {
  if (!(error instanceof SyntaxError)) return error;
  for (const pattern of MISSING_EXPORT) {
    const name = pattern.exec(error.message)?.[1];
    if (name !== undefined) return new SyntaxError(`"${TABCLOUD}" has no export named ${name}.`);
  }
  return error;
}
