/** Apple's keyboards have Command where others have Control. */
const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/**
 * The keys of the page's commands, by command, wherever the focus is: the one place for them. `Mod` is Control, or Command on Apple's keyboards. None is a
 * key that people need of their browser or, but for Monaco's own palette-like chords behind Mod+K, of the editor.
 */
export const KEYS = {
  run: "Mod+Enter",
  stop: "F9",
  save: "Mod+S",
  format: "Shift+Alt+F",
  palette: "Mod+K",
} as const satisfies Readonly<Record<string, string>>;

export type KeyCommand = keyof typeof KEYS;

/** What the editor itself does with a key, for the list of keys. */
export const EDITOR_KEYS = {
  "editor.complete": "Ctrl+Space",
  "editor.rename": "F2",
  "editor.definition": "F12",
  "editor.peek": "Alt+F12",
  "editor.references": "Shift+F12",
  "editor.fix": "Mod+.",
  "editor.nextProblem": "F8",
  "editor.find": "Mod+F",
  "editor.comment": "Mod+/",
  "editor.monaco": "F1",
} as const satisfies Readonly<Record<string, string>>;

const NAMES: Readonly<Record<string, string>> = apple
  ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Ctrl: "⌃", Enter: "↵" }
  : { Mod: "Ctrl", Enter: "↵" };

/** `Ctrl ↵`, as a person reads it. */
export const keyText = (key: string): string =>
  key
    .split("+")
    .map((part) => NAMES[part] ?? part)
    .join(" ");

/** `Control+Enter`, as `aria-keyshortcuts` wants it. */
export const ariaKey = (key: string): string => key.replace("Mod", apple ? "Meta" : "Control");

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** The command that was asked for with the keyboard. */
export function commandOf(event: KeyPress): KeyCommand | undefined {
  return (Object.keys(KEYS) as KeyCommand[]).find((id) => isPressed(KEYS[id], event));
}

function isPressed(combination: string, event: KeyPress): boolean {
  const parts = combination.split("+");
  const key = (parts.pop() ?? "").toLowerCase();
  const has = (name: string): boolean => parts.includes(name);
  const [mod, other] = apple ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== has("Mod") || other || event.shiftKey !== has("Shift") || event.altKey !== has("Alt")) return false;
  // With Alt, many keyboards type another letter.
  return event.key.toLowerCase() === key || (has("Alt") && event.code.toLowerCase() === `key${key}`);
}
