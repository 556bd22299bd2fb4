import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function lockedPackages(file) {
  const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (JSON.parse(readFileSync(file, "utf8")));
  return lock.packages;
}

/** Whether node_modules holds what package-lock.json names; packages for other platforms may be missing. */
export function isInstalled() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    const same = found.version === wanted.version && found.integrity === wanted.integrity;
    return same && existsSync(join(root, path));
  });
}

/**
 * Runs `npm ci` when node_modules is missing or stale. Needs nothing but Node and npm, and writes only to standard
 * error, so that a command's own output stays clean.
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write("Installing packages (npm ci) ...\n");
  const { status, error } = spawnSync("npm", ["ci", "--include=dev", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ci failed${error === undefined ? "" : `: ${error.message}`}`);
}
