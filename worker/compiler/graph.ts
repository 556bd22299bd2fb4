import { TABCLOUD } from "../specifiers";
import { positionAt, refuse } from "./problem";
import { resolve } from "./resolve";
import { checkName, SizeCheck, type ProgramSource } from "./source";
import { readSyntax, type StaticImport, type Syntax } from "./syntax";

/** A file that takes part in a program. */
export interface ModuleNode {
  readonly name: string;
  readonly syntax: Syntax;
  /** The module behind each of `syntax.imports`. */
  readonly targets: readonly string[];
}

/** Everything that a program consists of, each module after those it imports. */
export class ModuleGraph {
  /** In the order in which they can be linked. */
  readonly ordered: ModuleNode[] = [];
  private readonly known = new Map<string, ModuleNode>();
  private readonly size = new SizeCheck();
  private readonly path: string[] = [];
  private readonly exportNames = new Map<string, ReadonlySet<string> | undefined>();

  constructor(private readonly source: ProgramSource) {}

  /** Adds a file and all that it leads to. */
  add(entry: string): void {
    const roots = [entry];
    for (const root of roots) {
      if (this.known.has(root)) continue;
      const from = this.ordered.length;
      this.visit(root);
      for (const node of this.ordered.slice(from)) roots.push(...this.dynamicTargets(node));
    }
    for (const node of this.ordered) this.checkNames(node);
  }

  private readonly exists = (name: string): boolean => this.known.has(name) || this.source.read(name) !== undefined;

  private visit(name: string): void {
    this.path.push(name);
    const syntax = this.read(name);
    const targets = syntax.imports.map((it) => {
      const target = resolve(name, it.specifier, this.exists, positionAt(syntax.code, it.start));
      if (target !== TABCLOUD) this.follow(name, syntax, it, target);
      return target;
    });
    this.path.pop();
    const node = { name, syntax, targets };
    this.known.set(name, node);
    this.ordered.push(node);
  }

  private follow(from: string, syntax: Syntax, { start }: StaticImport, target: string): void {
    if (this.known.has(target)) return;
    const begin = this.path.indexOf(target);
    if (begin < 0) return this.visit(target);
    const circle = [...this.path.slice(begin), target].join(" -> ");
    const message = `These files import each other in a circle: ${circle}. Move what they share into a file of its own.`;
    refuse(from, message, positionAt(syntax.code, start));
  }

  private read(name: string): Syntax {
    checkName(name);
    const text = this.source.read(name);
    if (text === undefined) return refuse(name, `The program has no file ${name}.`);
    this.size.add(name, text);
    return readSyntax(name, text);
  }

  private dynamicTargets({ name, syntax }: ModuleNode): string[] {
    return syntax.dynamicImports.flatMap(({ specifier, start }) => {
      if (specifier === undefined) return this.source.names().filter((it) => /\.(ts|js|json)$/.test(it));
      const target = resolve(name, specifier, this.exists, positionAt(syntax.code, start));
      return target === TABCLOUD ? [] : [target];
    });
  }

  /** An import of a name that is not there would fail to load, and no engine says where. */
  private checkNames({ name, syntax, targets }: ModuleNode): void {
    syntax.imports.forEach((it, index) => {
      const target = targets[index] as string;
      const exports = this.exportsOf(target);
      for (const wanted of exports ? it.names : []) {
        if (exports?.has(wanted.name)) continue;
        const what = wanted.name === "default" ? "no default export" : `no export named ${wanted.name}`;
        const advice = "If it is a type, import or export it with the word type.";
        refuse(name, `${target} has ${what} when the program runs. ${advice}`, positionAt(syntax.code, wanted.at));
      }
    });
  }

  /** Every name that a module exports; undefined when "tabcloud" is behind one of its stars, whose names only the run knows. */
  private exportsOf(name: string): ReadonlySet<string> | undefined {
    if (!this.exportNames.has(name)) this.exportNames.set(name, this.collectExports(name));
    return this.exportNames.get(name);
  }

  private collectExports(name: string): ReadonlySet<string> | undefined {
    const node = this.known.get(name);
    if (!node) return undefined;
    const names = new Set(node.syntax.exports);
    for (const [index, { isStar }] of node.syntax.imports.entries()) {
      if (!isStar) continue;
      const behind = this.exportsOf(node.targets[index] as string);
      if (!behind) return undefined;
      for (const it of behind) if (it !== "default") names.add(it);
    }
    return names;
  }
}
