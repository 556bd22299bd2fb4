import { readPreference, writePreference } from "../preferences";

const RECENT = "recent-commands";
const MOST = 6;

/** Ids of the commands that were last chosen in the palette, latest first. */
export const recentCommands = (): string[] => (readPreference(RECENT) ?? "").split(" ").filter(Boolean);

export function rememberCommand(id: string): void {
  writePreference(RECENT, [id, ...recentCommands().filter((it) => it !== id)].slice(0, MOST).join(" "));
}
