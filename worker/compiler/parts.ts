import type { CompiledModule, ModulePart } from "../protocol";
import type { ModuleNode } from "./graph";

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly part: ModulePart;
}

const IMPORT = "import".length;

/** Import attributes are dropped with the specifier: what they say of a JSON file is true of no module that is loaded in its place. */
function cutsOf({ syntax, targets }: ModuleNode): Cut[] {
  const statics = syntax.imports.flatMap((it, index): Cut[] => {
    const attributes = {
      start: it.end,
      end: it.end + attributesLength(syntax.code.slice(it.end, it.statementEnd)),
      part: "",
    };
    return [{ start: it.start, end: it.end, part: { module: targets[index] as string } }, attributes];
  });
  const dynamics = syntax.dynamicImports.map(({ start }): Cut => ({
    start,
    end: start + IMPORT,
    part: { dynamic: true },
  }));
  return [...statics, ...dynamics].sort((a, b) => a.start - b.start);
}

const attributesLength = (tail: string): number => (tail.includes("{") ? tail.lastIndexOf("}") + 1 : 0);

/** A module's text, cut wherever the sandbox puts a URL or its own loader in. */
export function cutModule(node: ModuleNode): CompiledModule {
  const { code } = node.syntax;
  const parts: ModulePart[] = [];
  let copied = 0;
  for (const { start, end, part } of cutsOf(node)) {
    if (start > copied) parts.push(code.slice(copied, start));
    if (part !== "") parts.push(part);
    else parts.push(code.slice(start, end).replace(/[^\n]+/g, ""));
    copied = end;
  }
  parts.push(code.slice(copied));
  return { name: node.name, parts: parts.filter((part) => part !== "") };
}
