import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** @type {Record<string, string>} */
const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * The file that a URL path names below `folder`, or undefined when there is none.
 *
 * @param {string} folder
 * @param {string} path the URL's path after the base, still percent-encoded
 */
async function findFile(folder, path) {
  let name;
  try {
    name = normalize(join(folder, decodeURIComponent(path)));
  } catch {
    return undefined;
  }
  if (name !== folder && !name.startsWith(folder + sep)) return undefined;
  const file = path === "" || path.endsWith("/") ? join(name, "index.html") : name;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true ? { file, size: found.size } : undefined;
}

/**
 * Serves a folder as the plainest file host would: below a sub-path, and with no header beyond type and length.
 *
 * @param {{ folder: string, base?: string, port?: number }} options `port` 0 takes a free one; a taken one, too
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveStatic({ folder, base = "/tabcloud/", port = 0 }) {
  const top = normalize(folder).replace(/[\\/]+$/, "");

  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(/[?#].*$/, "");
    if (path === "/" || path === base.slice(0, -1)) {
      response.writeHead(302, { Location: base }).end();
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    const serve = async () => {
      const found = path.startsWith(base) ? await findFile(top, path.slice(base.length)) : undefined;
      if (found === undefined) {
        response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("Not found\n");
        return;
      }
      const type = contentTypes[extname(found.file)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, "Content-Length": found.size });
      if (request.method === "HEAD") response.end();
      else
        createReadStream(found.file)
          .on("error", () => response.destroy())
          .pipe(response);
    };
    serve().catch(() => response.destroy());
  });

  /** @param {number} wanted */
  const listen = (wanted) =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", () => resolve(server.off("error", reject)));
    });
  try {
    await listen(port);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    await listen(0);
  }

  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
