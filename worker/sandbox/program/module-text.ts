import type { CompiledModule } from "../../protocol";
import { TABCLOUD } from "../../specifiers";

/** What the generated modules take from the loader, once, through the one global that exists until the first of them runs. */
export interface LoaderHooks {
  /** Load number `id` has everything it needs and begins to run. */
  started(id: number): void;
  /** `import(x)` as written in `file`. */
  importer(file: string): (specifier: unknown) => Promise<unknown>;
  /** The module "tabcloud" stands ready; `fill` gives it its values. */
  library(fill: (exports: Readonly<Record<string, unknown>>) => void): void;
}

export const HANDOVER = "__tabcloud_handover__";
/** As long as the word it stands for, so that columns stay; a name that nobody gives anything. */
const DYNAMIC_IMPORT = "ímport";

/** Hands the loader's hooks to the generated modules, and to nobody else. */
export const bridgeText = (): string =>
  `export const{started,importer,library}=globalThis.${HANDOVER};delete globalThis.${HANDOVER};`;

/** The module "tabcloud", whose values come later than the module itself. */
export function tabcloudText(bridge: string, names: readonly string[]): string {
  const variables = names.map((_, index) => `v${index}`);
  const values = names.map((name, index) => `v${index}=exports[${JSON.stringify(name)}]`);
  const renames = names.map((name, index) => `v${index} as ${name}`);
  return (
    `import{library}from${JSON.stringify(bridge)};let ${variables.join()};` +
    `library(exports=>{${values.join(";")}});export{${renames.join()}};`
  );
}

/**
 * The first to run of all that a load brings. A module waits for those it imports, which may wait for a timer: whoever held time until the module itself
 * ran would wait for ever.
 */
export const startText = (bridge: string, id: number): string =>
  `import{started}from${JSON.stringify(bridge)};started(${id});`;

/** Loads a module behind its start. */
export const loadText = (start: string, module: string): string =>
  `import${JSON.stringify(start)};export*as module from${JSON.stringify(module)};`;

/** Whether a module imports nothing that runs before it: then it can say itself that its load has begun to run. */
export const standsAlone = ({ parts }: CompiledModule): boolean =>
  parts.every((part) => typeof part === "string" || !("module" in part) || part.module === TABCLOUD);

/** Code in front of a module's first line: its start, when it says that itself, and the helper that `import(x)` became. */
export function prefixOf({ name, parts }: CompiledModule, bridge: string, start: number | undefined): string {
  const dynamic = parts.some((part) => typeof part === "object" && "dynamic" in part);
  return (
    (start === undefined ? "" : startText(bridge, start)) +
    (dynamic
      ? `import{importer as ${DYNAMIC_IMPORT}er}from${JSON.stringify(bridge)};` +
        `const ${DYNAMIC_IMPORT}=${DYNAMIC_IMPORT}er(${JSON.stringify(name)});`
      : "")
  );
}

/** Engines name the module in stacks by this, instead of the address it was loaded from (WebKit does not). */
export const sourceUrlOf = (name: string): string => `program:///${encodeURI(name)}`;

/** A module's whole text behind its prefix, on the lines of its source. */
export function moduleText(module: CompiledModule, prefix: string, urlOf: (name: string) => string): string {
  const body = module.parts.map((part) => {
    if (typeof part === "string") return part;
    return "module" in part ? JSON.stringify(urlOf(part.module)) : DYNAMIC_IMPORT;
  });
  return `${prefix}${body.join("")}\n//# sourceURL=${sourceUrlOf(module.name)}`;
}
