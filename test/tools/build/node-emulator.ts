import { rolldown } from "rolldown";
import type { Plugin } from "vite";

/** The name is part of exported tests: they import it from beside them. */
export const NODE_EMULATOR = "tabcloud-node.mjs";

/** Bundles the emulator, the compiler and the runner into one module for Node. */
export async function bundleForNode(entry: string): Promise<string> {
  const bundle = await rolldown({ input: entry, platform: "node", external: [/^node:/], logLevel: "warn" });
  try {
    const { output } = await bundle.generate({
      format: "esm",
      codeSplitting: false,
      minify: true,
    });
    const [chunk, ...others] = output;
    if (others.length > 0) throw new Error(`${entry} does not fit in one module.`);
    return chunk.code;
  } finally {
    await bundle.close();
  }
}

/** A static file of the site that no page loads: people download it beside a test that they exported. */
export function nodeEmulator(options: { entry: string }): Plugin {
  return {
    name: "tabcloud:node-emulator",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: NODE_EMULATOR, source: await bundleForNode(options.entry) });
    },
    configureServer(server) {
      server.middlewares.use(`/${NODE_EMULATOR}`, (_request, response, next) => {
        bundleForNode(options.entry).then((code) => {
          response.setHeader("content-type", "text/javascript");
          response.end(code);
        }, next);
      });
    },
  };
}
