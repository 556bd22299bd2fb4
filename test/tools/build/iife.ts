import { createHash } from "node:crypto";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const query = "?iife";
/** Of a smaller emulator: see `worker/emulator/edition-first.ts`. */
const firstQuery = "?iife=first";
const prefix = "\0iife:";
const firstPrefix = "\0iife-first:";

export interface Script {
  code: string;
  /** As a CSP source: `sha256-<base64>`. */
  sha256: string;
  /** Every file that went into it. */
  files: string[];
}

/**
 * Inside an HTML script element these two would end it or open a comment. Both can only occur within literals, where a
 * backslash changes nothing.
 */
const safeInHtml = (code: string): string => code.replace(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");

/** Puts the first edition of the emulator in the place of the whole one. */
const firstEdition = {
  name: "tabcloud:first-edition",
  async resolveId(
    this: { resolve(source: string, importer?: string): Promise<{ id: string } | null> },
    source: string,
    importer: string | undefined,
  ) {
    return /\/edition$/.test(source) ? this.resolve(`${source}-first`, importer) : null;
  },
};

/** Bundles a module and all it imports into one minified classic script. */
export async function bundleScript(entry: string, { first = false } = {}): Promise<Script> {
  const nested = new Set<string>();
  const bundle = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [iifeLoader((files) => files.forEach((file) => nested.add(file))), ...(first ? [firstEdition] : [])],
    transform: { target: "es2023", define: { "process.env.NODE_ENV": '"production"' } },
    treeshake: true,
    // Says how busy this machine is, and nothing of the script.
    checks: { bundlerTimings: false },
    logLevel: "warn",
    onLog(level, log) {
      if (level === "warn") throw new Error(`${entry}: ${log.message}`);
    },
  });
  try {
    const { output } = await bundle.generate({ format: "iife", minify: true, codeSplitting: false });
    const [chunk, ...others] = output;
    if (others.length > 0)
      throw new Error(`${entry} does not fit in one script: ${others.map((it) => it.fileName).join()}`);
    const code = safeInHtml(chunk.code.trim());
    const files = [...chunk.moduleIds.filter((id) => !id.startsWith("\0")), ...nested];
    return { code, sha256: `sha256-${createHash("sha256").update(code).digest("base64")}`, files };
  } finally {
    await bundle.close();
  }
}

/** The part that Vite and Rolldown share, so that a script may carry another one as text. */
function iifeLoader(onBundled: (this: unknown, files: string[]) => void) {
  return {
    name: "tabcloud:iife",
    async resolveId(
      this: { resolve(source: string, importer?: string): Promise<{ id: string } | null> },
      source: string,
      importer: string | undefined,
    ) {
      const first = source.endsWith(firstQuery);
      if (!first && !source.endsWith(query)) return null;
      const target = await this.resolve(source.slice(0, source.lastIndexOf("?")), importer);
      // The ending keeps other plugins from taking the text for TypeScript.
      return target === null ? null : `${first ? firstPrefix : prefix}${target.id}.js`;
    },
    async load(this: unknown, id: string) {
      const first = id.startsWith(firstPrefix);
      if (!first && !id.startsWith(prefix)) return null;
      const entry = id.slice((first ? firstPrefix : prefix).length, -".js".length);
      const { code, sha256, files } = await bundleScript(entry, { first });
      onBundled.call(this, files);
      return `export default ${JSON.stringify(code)};\nexport const sha256 = ${JSON.stringify(sha256)};`;
    },
  };
}

/**
 * `import code, { sha256 } from "./boot?iife"`: a script as text, for a place that can load neither modules nor files.
 * The text and its hash are the same in dev and in the build, which a Content-Security-Policy counts on.
 */
export function iife(): Plugin {
  return {
    ...iifeLoader(function (files) {
      for (const file of files) (this as { addWatchFile(id: string): void }).addWatchFile(file);
    }),
    enforce: "pre",
  };
}
