import type { Command } from "./command";
import { editorCommands } from "./editor";
import { programCommands } from "./program";
import { runCommands } from "./run";
import { shareCommands } from "./share";
import { travelCommands } from "./travel";
import { viewCommands } from "./view";

/** Everything that can be done on the page. A new command is one entry in one of these lists; its key, if it has one, stands in `keys.ts`. */
export const COMMANDS: readonly Command[] = [
  ...runCommands,
  ...travelCommands,
  ...programCommands,
  ...editorCommands,
  ...viewCommands,
  ...shareCommands,
];

const byId = new Map(COMMANDS.map((command) => [command.id, command]));

export const commandNamed = (id: string): Command | undefined => byId.get(id);

export const isPossible = (command: Command): boolean => command.when?.() ?? true;

/** Does nothing when it cannot be done now. */
export async function runCommand(id: string): Promise<void> {
  const command = byId.get(id);
  if (command !== undefined && isPossible(command)) await command.run();
}
