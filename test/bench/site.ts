import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".ttf": "font/ttf",
};

export interface Site {
  readonly url: string;
  /** Compressed bytes of what is at a path; 0 for nothing. */
  sizeOf(path: string): number;
  close(): void;
}

/** Builds the site into a folder of the bench's own. */
export function buildSite(): string {
  const folder = join("node_modules/.cache/tabcloud/bench-site");
  const vite = "node_modules/vite/bin/vite.js";
  const args = [vite, "build", "--logLevel=warn", "--emptyOutDir", `--outDir=${folder}`];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("the site does not build");
  return folder;
}

/** Serves it compressed and cacheable for an hour, as file hosts do. */
export async function serveSite(folder: string): Promise<Site> {
  const cache = new Map<string, Buffer>();
  const compressed = (file: string): Buffer => {
    const known = cache.get(file) ?? gzipSync(readFileSync(file));
    cache.set(file, known);
    return known;
  };
  const fileAt = (path: string): string | undefined => {
    const file = join(folder, path.replace(/^\/lab\//, "/").replace(/\/$/, "/index.html"));
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined;
  };
  const server = createServer((request, response) => {
    const file = fileAt(new URL(request.url ?? "/", "http://localhost").pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const body = compressed(file);
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
      "Content-Length": body.length,
      "Cache-Control": "max-age=3600",
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/lab/`,
    sizeOf: (path) => {
      const file = fileAt(path);
      return file === undefined ? 0 : compressed(file).length;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
