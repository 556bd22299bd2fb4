import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { decodeLink } from "./link";
import { decodeProgramFile } from "./program-file";
import type { SharedResult } from "./shared-run";

/** The program an address asks for, in its fragment or as `?src=`; undefined when it asks for none. */
export async function openShared(address: URL): Promise<SharedResult | undefined> {
  const source = address.searchParams.get("src");
  if (address.hash.length > 1) {
    const result = await decodeLink(address.hash);
    if (result !== undefined) return result;
  }
  return source === null ? undefined : fetchShared(source, address);
}

async function fetchShared(source: string, page: URL): Promise<SharedResult> {
  const url = URL.canParse(source, page) ? new URL(source, page) : undefined;
  if (url === undefined) return { problem: `"${source.slice(0, 100)}" is not an address.` };
  if (url.origin !== page.origin) {
    return {
      problem: `Tabcloud opens programs from its own site only, not from ${url.host || url.protocol}. Download the file and open it under Share.`,
    };
  }
  try {
    const response = await fetch(url, { credentials: "omit" });
    if (!response.ok) return { problem: `There is no program at ${url.pathname} (status ${response.status}).` };
    const text = await response.text();
    return url.pathname.endsWith(".ts") ? plainProgram(text) : await decodeProgramFile(text);
  } catch {
    return { problem: `${url.pathname} could not be loaded. Check the connection, then reload the page.` };
  }
}

const plainProgram = (text: string): SharedResult => ({
  run: { files: { "main.ts": text }, settings: DEFAULT_SETTINGS, engineVersion: "" },
});
