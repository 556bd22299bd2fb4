import type { CompiledModule } from "../../protocol";

/** What the generated modules take from the loader, once, through the one global that exists until the first of them runs. */
export interface LoaderHooks {
  /** Load number `id` has everything it needs and begins to run. */
  started(id: number): void;
  /** `import(x)` as written in `file`. */
  importer(file: string): (specifier: unknown) => Promise<unknown>;
  readonly exports: Readonly<Record<string, unknown>>;
}

export const HANDOVER = "__tabcloud_handover__";
/** As long as the word it stands for, so that columns stay; a name that nobody gives anything. */
const DYNAMIC_IMPORT = "ímport";

/** Hands the loader's hooks to the generated modules, and to nobody else. */
export const bridgeText = (): string =>
  `export const{started,importer,exports}=globalThis.${HANDOVER};delete globalThis.${HANDOVER};`;

/** The module "tabcloud". */
export function tabcloudText(bridge: string, names: readonly string[]): string {
  const values = names.map((name, index) => `v${index}=exports[${JSON.stringify(name)}]`);
  const renames = names.map((name, index) => `v${index} as ${name}`);
  return `import{exports}from${JSON.stringify(bridge)};const ${values.join()};export{${renames.join()}};`;
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

/** Code in front of a module's first line; what `import(x)` became needs its helper. */
export const prefixOf = ({ name, parts }: CompiledModule, bridge: string): string =>
  parts.some((part) => typeof part === "object" && "dynamic" in part)
    ? `import{importer as ${DYNAMIC_IMPORT}er}from${JSON.stringify(bridge)};` +
      `const ${DYNAMIC_IMPORT}=${DYNAMIC_IMPORT}er(${JSON.stringify(name)});`
    : "";

/** Engines name the module in stacks by this, instead of the address it was loaded from (WebKit does not). */
export const sourceUrlOf = (name: string): string => `program:///${encodeURI(name)}`;

/** A module's whole text, on the lines of its source. */
export function moduleText(module: CompiledModule, bridge: string, urlOf: (name: string) => string): string {
  const body = module.parts.map((part) => {
    if (typeof part === "string") return part;
    return "module" in part ? JSON.stringify(urlOf(part.module)) : DYNAMIC_IMPORT;
  });
  return `${prefixOf(module, bridge)}${body.join("")}\n//# sourceURL=${sourceUrlOf(module.name)}`;
}
