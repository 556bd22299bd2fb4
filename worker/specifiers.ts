/*
 * What the specifier of an import means: to the compiler, and to the running program's `import(x)`.
 */

/** The one module that is not a file of the program. */
export const TABCLOUD = "tabcloud";

const ENDING = /\.(ts|js|json)$/;

/** The names that a specifier may stand for, likeliest first. */
function candidates(path: string): string[] {
  const asFolder = path === "" ? [] : [`${path}/`];
  const folders = asFolder.flatMap((folder) => [`${folder}index.ts`, `${folder}index.js`]);
  const files = path === "" ? ["index.ts", "index.js"] : [`${path}.ts`, `${path}.js`];
  if (!ENDING.test(path)) return [...files, ...folders];
  // TypeScript programs commonly name the file that will be there after compiling.
  const source = path.endsWith(".js") ? [path.replace(/\.js$/, ".ts")] : [];
  return [path, ...source, ...files, ...folders];
}

/** `./util` seen from `lib/a.ts` is `lib/util`; undefined when it leads out of the program's folder. */
function join(from: string, specifier: string): string | undefined {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "." || part === "") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

const isRelative = (specifier: string): boolean => /^\.\.?(\/|$)/.test(specifier);

/** The module that a specifier means, or why it means none. */
export function findModule(
  from: string,
  specifier: string,
  exists: (name: string) => boolean,
): { readonly module: string } | { readonly why: string } {
  if (specifier === TABCLOUD) return { module: TABCLOUD };
  const quoted = JSON.stringify(specifier);
  if (!isRelative(specifier)) {
    return { why: `Only "${TABCLOUD}" and the program's own files ("./util") can be imported, not ${quoted}.` };
  }
  const path = join(from, specifier);
  if (path === undefined) return { why: `${quoted} leads out of the program's folder.` };
  const module = candidates(path).find(exists);
  return module === undefined ? { why: `There is no file for ${quoted} beside ${from}.` } : { module };
}
