// `npm start`: installs, builds and serves the site. Imports only what Node has until the packages are there.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";
import { serveStatic } from "./static-server.mjs";

ensureInstalled();

console.log("Building ...");
const vite = join(root, "node_modules/vite/bin/vite.js");
const build = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: root, stdio: "inherit" });
if (build.status !== 0) process.exit(build.status ?? 1);

const server = await serveStatic({ folder: join(root, "dist"), port: Number(process.env.PORT ?? 4173) });
console.log(`Tabcloud is at ${server.url}  (Ctrl+C ends it)`);
