import type { CompiledProgram } from "../../protocol";
import { TABCLOUD, findModule } from "../../specifiers";
import type { Library } from "./library";
import { loadText, moduleText, prefixOf, sourceUrlOf, standsAlone, startText } from "./module-text";
import type { RealWork } from "./real-work";
import type { SourceFile } from "./stack";

/** Loads a program's modules, and "tabcloud", on demand. Virtual time stands still while a module is fetched, and goes on when it runs. */
export class Loader {
  private readonly urls = new Map<string, string>();
  private readonly files = new Map<string, SourceFile>();
  private readonly loads = new Map<string, Promise<unknown>>();
  private readonly starts: (() => void)[] = [];
  /** The entry's own, when it needs no module in front of it that says so. */
  private readonly ownStart: number | undefined;

  constructor(
    private readonly program: CompiledProgram,
    private readonly library: Library,
    private readonly work: RealWork,
  ) {
    const { bridge, host } = library;
    this.urls.set(TABCLOUD, library.url);
    const entry = program.modules.find((it) => it.name === program.entry);
    if (entry && standsAlone(entry)) this.ownStart = this.starts.push(() => undefined) - 1;
    for (const module of program.modules) {
      const prefix = prefixOf(module, bridge, module === entry ? this.ownStart : undefined);
      const url = host.mint(moduleText(module, prefix, (name) => this.urlOf(name)));
      const file = { name: module.name, firstLineOffset: prefix.length };
      this.urls.set(module.name, url);
      this.files.set(url, file).set(sourceUrlOf(module.name), file);
    }
  }

  /** Runs the program's entry and everything it imports. */
  run(exports: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.library.give(exports, {
      started: (id) => this.starts[id]?.(),
      importer: (file) => (specifier) => this.importFrom(file, specifier),
    });
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
    const load = this.work.do((letGo) => this.fetch(name, letGo));
    const named = load.catch((error: unknown) => {
      throw nameMissingExport(error);
    });
    this.loads.set(name, named);
    return named;
  }

  private async fetch(name: string, letGo: () => void): Promise<unknown> {
    const { bridge, host } = this.library;
    if (name === this.program.entry && this.ownStart !== undefined) {
      this.starts[this.ownStart] = letGo;
      return host.import(this.urlOf(name));
    }
    const start = host.mint(startText(bridge, this.starts.push(letGo) - 1));
    const { module } = await host.import(host.mint(loadText(start, this.urlOf(name))));
    return module;
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
